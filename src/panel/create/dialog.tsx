import { ReactWidget } from '@jupyterlab/apputils';
import type { IRenderMimeRegistry } from '@jupyterlab/rendermime';
import * as React from 'react';

import { LONG_TIMEOUT, type Schemas } from '../../api/client';
import { ApiProvider } from '../../api/context';
import { ApiError, hasCode } from '../../api/errors';
import { findOpenMergeRequest, getMergeRequest } from '../../api/mergeRequests';
import { keys } from '../../api/keys';
import { queryClient } from '../../api/queryClient';
import { safeRendermime } from '../../components/safeRendermime';
import { SubmitDialog } from '../../components/submitDialog';
import { run } from '../actions/run';
import { toPush } from '../actions/sync';
import { readDraft, writeDraft } from '../drafts';
import { type ICurrent, type IServices, setting } from '../services';
import { CreateForm } from './form';
import {
  type IFormValues,
  parseDraft,
  suggestDescription,
  suggestTitle,
  toBody
} from './values';

interface IStart {
  values: IFormValues;
  templates: Schemas['Templates'] | undefined;
  projectUrl: string;
}

/** What the form starts with. Throws `ApiError` if GitLab cannot say which project this is. */
async function prepare(
  services: IServices,
  now: ICurrent,
  signal: AbortSignal
): Promise<IStart> {
  const { client } = services.gitlab;
  const { folder } = now;
  const query = { folder };
  const [project, account, templates] = await Promise.all([
    client.get('/projects', { query, signal }),
    client.get('/accounts', { query, signal }),
    // A project without templates, or one whose templates may not be read, has a form all the same.
    client
      .get('/merge-request-templates', { query, signal })
      .catch(() => undefined)
  ]);
  const branch = now.repository.branch ?? '';
  const target = project.default_branch ?? 'main';
  const commits = await client
    .get('/commits', {
      query: {
        folder,
        revision: 'HEAD',
        since: `${now.repository.remote?.name ?? 'origin'}/${target}`,
        per_page: 2
      },
      signal
    })
    .then(page => page.items)
    .catch(() => []);
  return {
    templates,
    projectUrl: project.web_url,
    values: {
      title: suggestTitle(branch, commits),
      description: suggestDescription(templates, commits),
      target,
      draft: setting(services, 'draftByDefault', false),
      assignees:
        account.user_id === null
          ? []
          : [
              {
                key: account.user_id,
                label: account.name ?? account.username ?? '',
                detail: `@${account.username}`
              }
            ],
      squash: project.squash_default,
      removeSource: project.remove_source_branch_default,
      reviewers: [],
      labels: [],
      milestone: 0,
      ...parseDraft(readDraft(draftKey(now)))
    }
  };
}

const draftKey = (now: ICurrent): string =>
  `merge-request:${now.repository.id}:${now.repository.branch ?? ''}`;

class CreateBody extends ReactWidget {
  constructor(
    private readonly _services: IServices,
    private readonly _now: ICurrent,
    private readonly _start: IStart
  ) {
    super();
    this.values = _start.values;
    const { rendermime } = _services;
    this._rendermime = rendermime
      ? safeRendermime(rendermime, {
          projectUrl: _start.projectUrl,
          folder: _now.folder
        })
      : null;
  }

  values: IFormValues;

  setError(error: unknown): void {
    this._error = error;
    this.update();
    this.node.scrollTop = 0;
  }

  protected render(): React.JSX.Element {
    return (
      <ApiProvider
        client={this._services.gitlab.client}
        trans={this._services.trans}
      >
        <CreateForm
          current={this._now}
          values={this.values}
          templates={this._start.templates?.templates ?? []}
          rendermime={this._rendermime}
          error={this._error}
          onChange={change => {
            this.values = { ...this.values, ...change };
            writeDraft(draftKey(this._now), JSON.stringify(this.values));
            this.update();
          }}
        />
      </ApiProvider>
    );
  }

  private _error: unknown = null;
  private _rendermime: IRenderMimeRegistry | null;
}

async function submit(
  services: IServices,
  now: ICurrent,
  values: IFormValues,
  signal: AbortSignal
): Promise<Schemas['MergeRequest']> {
  const { client } = services.gitlab;
  const { folder } = now;
  if (toPush(now) > 0) {
    await client.post('/pushes', {
      query: { folder },
      body: {},
      signal,
      timeout: LONG_TIMEOUT
    });
  }
  try {
    return await client.post('/merge-requests', {
      query: { folder },
      body: toBody(values, now.repository.branch ?? ''),
      signal
    });
  } catch (error) {
    // Somebody, or another tab, was quicker: that one is the branch's merge request.
    const existing = hasCode(error, 'merge_request_exists')
      ? await findOpenMergeRequest(client, folder, now.repository.branch)
      : null;
    if (!existing) {
      throw error;
    }
    return getMergeRequest(client, folder, existing.iid, signal);
  }
}

/** Asks for what a merge request needs and opens it; null if the user thought better of it. */
export async function showCreateDialog(
  services: IServices,
  now: ICurrent
): Promise<Schemas['MergeRequest'] | null> {
  const { trans } = services;
  const start = await run(services, signal => prepare(services, now, signal), {
    failure: trans.__('No merge request could be opened.')
  });
  if (!start) {
    return null;
  }
  const body = new CreateBody(services, now, start);
  let made: Schemas['MergeRequest'] | null = null;
  const dialog = new SubmitDialog<unknown>({
    title: trans.__('New merge request'),
    body,
    focusNodeSelector: 'input[required]',
    cancelLabel: trans.__('Cancel'),
    okLabel: trans.__('Create merge request'),
    submit: async signal => {
      if (!body.values.title.trim()) {
        body.setError(
          new ApiError(0, {
            code: 'bad_request',
            message: trans.__('A merge request needs a title.'),
            hint: ''
          })
        );
        return false;
      }
      try {
        made = await submit(services, now, body.values, signal);
      } catch (error) {
        if (!signal.aborted) {
          body.setError(error);
        }
        return false;
      }
      writeDraft(draftKey(now), '');
      queryClient.setQueryData(
        keys.ofBranch(now.folder, now.repository.branch ?? ''),
        made
      );
      return true;
    }
  });
  await dialog.launch();
  return made;
}
