import * as React from 'react';

import type { Schemas } from '../../api/client';
import { useTrans } from '../../api/context';
import { Badge, Button, ErrorBox } from '../../components';
import { MarkdownField } from '../../components/markdownField';
import { asApiError } from '../../api/errors';
import type { IThreadServices } from '../../threads/context';
import type { PendingNote, Verdict } from '../../threads/types';

export type Outcome = Schemas['SubmittedReview'];

export interface ISubmitFormProps {
  services: IThreadServices;
  pending: readonly PendingNote[];
  verdicts: readonly Verdict[];
  /** The author of a merge request says nothing of it but comments. */
  mayApprove: boolean;
  /** What was typed when the form appeared. */
  summary: string;
  verdict: Verdict;
  /** What became of the last try. */
  outcome: Outcome | null;
  /** The request itself failed. */
  error: unknown;
  onSummary: (summary: string) => void;
  onVerdict: (verdict: Verdict) => void;
  onDelete: (note: PendingNote) => void;
}

/** The summary, the verdict, and what could not be published, one by one. */
export function SubmitForm(props: ISubmitFormProps): React.JSX.Element {
  const trans = useTrans();
  const { pending, services, outcome } = props;
  const field = React.useRef<HTMLTextAreaElement>(null);
  const [summary, setSummary] = React.useState(props.summary);
  return (
    // Enter begins a new line here.
    <div className="jp-gitlab-SubmitForm">
      {props.error !== null && (
        <ErrorBox
          title={trans.__(
            'The review was not submitted. Submitting again sends only what is still missing.'
          )}
          error={props.error}
        />
      )}
      {outcome && <Left {...props} outcome={outcome} />}
      <p>
        {pending.length === 0
          ? trans.__('You have no pending comments.')
          : trans._n(
              'Publishes %1 pending comment.',
              'Publishes %1 pending comments.',
              pending.length
            )}
      </p>
      <div data-gitlab-keys="">
        <MarkdownField
          value={summary}
          onChange={text => {
            setSummary(text);
            props.onSummary(text);
          }}
          folder={services.of.folder}
          rendermime={services.rendermime}
          label={trans.__('Summary of the review')}
          placeholder={trans.__('Summary (optional)')}
          fieldRef={field}
        />
      </div>
      <fieldset>
        <legend>{trans.__('Verdict')}</legend>
        {verdictChoices(props, trans).map(([verdict, label, what]) => (
          <label key={verdict}>
            <input
              type="radio"
              name="jp-gitlab-verdict"
              checked={props.verdict === verdict}
              onChange={() => props.onVerdict(verdict)}
            />
            <span>
              {label}
              <span className="jp-gitlab-muted">{what}</span>
            </span>
          </label>
        ))}
      </fieldset>
    </div>
  );
}

function verdictChoices(
  props: ISubmitFormProps,
  trans: ReturnType<typeof useTrans>
): [Verdict, string, string][] {
  const all: [Verdict, string, string][] = [
    ['comment', trans.__('Comment'), trans.__('Say it, without a verdict.')],
    [
      'approve',
      trans.__('Approve'),
      trans.__('Approves exactly the version that you see.')
    ],
    [
      'request_changes',
      trans.__('Request changes'),
      trans.__('Something must change before it is merged.')
    ]
  ];
  return all.filter(
    ([verdict]) =>
      props.verdicts.includes(verdict) &&
      (verdict !== 'approve' || props.mayApprove)
  );
}

/** What the last try left undone. */
function Left(
  props: ISubmitFormProps & { outcome: Outcome }
): React.JSX.Element {
  const trans = useTrans();
  const { outcome, pending } = props;
  const failed = outcome.failed.filter(({ draft_note }) =>
    pending.some(each => each.id === draft_note.id)
  );
  return (
    <section
      className="jp-gitlab-SubmitForm-left"
      aria-label={trans.__('What was not done')}
      role="alert"
    >
      <p>
        {trans._n(
          '%1 comment was published.',
          '%1 comments were published.',
          outcome.published
        )}{' '}
        {failed.length > 0 &&
          trans._n(
            'This one was not; it is still pending:',
            'These were not; they are still pending:',
            failed.length
          )}
      </p>
      <ul>
        {failed.map(({ draft_note: note, error }) => (
          <li key={note.id}>
            <div className="jp-gitlab-SubmitForm-note">
              <Badge tone="warning">{trans.__('Pending')}</Badge>
              <span className="jp-gitlab-SubmitForm-place">
                {note.position?.new_path.display}
              </span>
            </div>
            <blockquote>{note.body}</blockquote>
            <div>{error.message}</div>
            {error.hint && <div className="jp-gitlab-muted">{error.hint}</div>}
            <Button
              kind="link"
              onClick={() => void navigator.clipboard.writeText(note.body)}
            >
              {trans.__('Copy its text')}
            </Button>
            <Button kind="link" onClick={() => props.onDelete(note)}>
              {trans.__('Delete this comment')}
            </Button>
          </li>
        ))}
      </ul>
      {outcome.error && (
        <ErrorBox
          title={
            !outcome.summary_sent
              ? trans.__('The summary was not sent.')
              : trans.__('The verdict was not given.')
          }
          error={asApiError(outcome.error)}
        />
      )}
    </section>
  );
}
