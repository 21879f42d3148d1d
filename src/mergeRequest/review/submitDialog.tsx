import { Notification, ReactWidget } from '@jupyterlab/apputils';
import type { TranslationBundle } from '@jupyterlab/translation';
import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import * as React from 'react';

import { type ApiClient, LONG_TIMEOUT, type Schemas } from '../../api/client';
import { ApiProvider, useClient, useTrans } from '../../api/context';
import { keys } from '../../api/keys';
import { SubmitDialog } from '../../components/submitDialog';
import { type IThreadServices, useThreads } from '../../threads/context';
import { newestKnown } from '../../threads/delivery';
import type { PendingNote, Verdict } from '../../threads/types';
import { type Outcome, SubmitForm } from './submitForm';

interface IReview {
  client: ApiClient;
  cache: QueryClient;
  trans: TranslationBundle;
  services: IThreadServices;
  mergeRequest: Schemas['MergeRequest'];
  /** The head that was looked at. */
  sha: string;
}

const SUMMARY = { kind: 'summary' as const };

/** The body of the dialog, and the review as it is filled in. */
class ReviewBody extends ReactWidget {
  constructor(private _review: IReview) {
    super();
    this._summary = _review.services.drafts.get(SUMMARY);
    this._known =
      _review.services.drafts.tried(SUMMARY)?.known ??
      newestKnown(_review.cache, _review.services.of, 'now');
  }

  /** True once nothing is left to do. */
  async submit(signal: AbortSignal): Promise<boolean> {
    const { client, cache, services } = this._review;
    const { folder, iid } = services.of;
    this._error = null;
    if (
      this._verdict === 'comment' &&
      this._summary.trim() === '' &&
      this._pending().length === 0
    ) {
      this._error = new Error(
        this._review.trans.__(
          'There is nothing to submit: write a summary, or choose a verdict.'
        )
      );
      this._show();
      return false;
    }
    if (this._known !== null) {
      // A page that comes after this one, without an answer, must not have it said twice.
      const tried = { mode: 'now' as const, known: this._known, bodies: [] };
      services.drafts.setTried(SUMMARY, tried);
    }
    let outcome: Outcome;
    try {
      outcome = await client.post('/merge-requests/{iid}/reviews', {
        path: { iid },
        query: { folder },
        body: {
          sha: this._review.sha,
          known_note: this._known,
          summary: this._summary,
          verdict: this._verdict
        },
        signal,
        timeout: LONG_TIMEOUT
      });
    } catch (error) {
      if (!signal.aborted) {
        this._error = error;
        this._show();
      }
      return false;
    } finally {
      // Whatever became of it: the page shows what GitLab has.
      await Promise.allSettled([
        cache.invalidateQueries({ queryKey: keys.mergeRequest(folder, iid) }),
        cache.invalidateQueries({ queryKey: keys.overviews(folder) })
      ]);
      this._show();
    }
    const done =
      outcome.failed.length === 0 &&
      outcome.summary_sent &&
      outcome.verdict_given &&
      outcome.error === null;
    if (outcome.summary_sent && outcome.failed.length === 0) {
      this._setSummary('');
    }
    this._outcome = done ? null : outcome;
    this._show();
    return done;
  }

  protected render(): React.JSX.Element {
    const { client, trans, services, cache } = this._review;
    const { approvals } = this._review.mergeRequest;
    return (
      <ApiProvider client={client} trans={trans} queryClient={cache}>
        <SubmitForm
          services={services}
          pending={this._pending()}
          verdicts={this._drafts()?.verdicts ?? ['comment']}
          mayApprove={approvals?.user_can_approve ?? false}
          summary={this._summary}
          verdict={this._verdict}
          outcome={this._outcome}
          error={this._error}
          onSummary={summary => this._setSummary(summary)}
          onVerdict={verdict => {
            this._verdict = verdict;
            this.update();
          }}
          onDelete={note => void this._delete(note)}
        />
      </ApiProvider>
    );
  }

  private _drafts(): Schemas['DraftNotes'] | undefined {
    const { cache, services } = this._review;
    const { folder, iid } = services.of;
    return cache.getQueryData(keys.draftNotes(folder, iid));
  }

  private _pending(): readonly PendingNote[] {
    return this._drafts()?.draft_notes ?? [];
  }

  private _setSummary(summary: string): void {
    this._summary = summary;
    this._review.services.drafts.set(SUMMARY, summary);
  }

  private async _delete(note: PendingNote): Promise<void> {
    const { client, cache, services } = this._review;
    const { folder, iid } = services.of;
    try {
      const left = await client.delete(
        '/merge-requests/{iid}/draft-notes/{draft_note_id}',
        { path: { iid, draft_note_id: note.id }, query: { folder } }
      );
      cache.setQueryData(keys.draftNotes(folder, iid), left);
    } catch (error) {
      this._error = error;
    }
    this._show();
  }

  private _show(): void {
    if (!this.isDisposed) {
      this.update();
      this.node.scrollTop = 0;
    }
  }

  private _summary: string;
  private _verdict: Verdict = 'comment';
  private _outcome: Outcome | null = null;
  private _error: unknown = null;
  /** The newest note when this review was first submitted: a summary that comes later is this one's. */
  private readonly _known: number | null;
}

/** Opens the dialog that submits the review of the version that is shown. */
export function useSubmitReview(
  mergeRequest: Schemas['MergeRequest'],
  sha: string
): () => void {
  const client = useClient();
  const cache = useQueryClient();
  const trans = useTrans();
  const services = useThreads();
  return () => {
    const body = new ReviewBody({
      client,
      cache,
      trans,
      services,
      mergeRequest,
      sha
    });
    const dialog = new SubmitDialog<unknown>({
      title: trans.__('Submit review of !%1', mergeRequest.iid),
      body,
      focusNodeSelector: 'textarea',
      cancelLabel: trans.__('Cancel'),
      okLabel: trans.__('Submit review'),
      submit: async signal => {
        const done = await body.submit(signal);
        if (done) {
          Notification.success(trans.__('The review was submitted.'), {
            autoClose: 3000
          });
        }
        return done;
      }
    });
    void dialog.launch();
  };
}
