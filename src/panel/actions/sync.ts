import { Notification } from '@jupyterlab/apputils';

import { LONG_TIMEOUT, type Schemas } from '../../api/client';
import { hasCode } from '../../api/errors';
import { CommandIDs } from '../../tokens';
import { current, type ICurrent, type IServices } from '../services';
import { guardUnsaved, reloadDocuments } from './documents';
import { refreshLocal, refreshRemote } from './refresh';
import { run } from './run';

/** Fetches; true if it went well. */
export async function fetch(services: IServices): Promise<boolean> {
  const { gitlab, trans } = services;
  const now = current(gitlab);
  return (
    now !== null &&
    fetchAndSay(services, now, reply =>
      reply.behind > 0
        ? trans._n('%1 commit to pull.', '%1 commits to pull.', reply.behind)
        : trans.__('Fetched: nothing to pull.')
    )
  );
}

async function fetchAndSay(
  services: IServices,
  now: ICurrent,
  success: (reply: Schemas['SyncResult']) => string | null
): Promise<boolean> {
  const { gitlab, trans } = services;
  const result = await run(
    services,
    signal =>
      gitlab.client.post('/fetches', {
        query: { folder: now.folder },
        body: {},
        signal,
        timeout: LONG_TIMEOUT
      }),
    {
      pending: trans.__('Fetching from GitLab…'),
      success,
      failure: trans.__('Nothing was fetched.')
    }
  );
  await refreshLocal(services, now.folder);
  return result !== undefined;
}

/** Pulls a branch into the repository of a folder, which the panel need not show; not if another one is checked out. */
export async function pullBranch(
  services: IServices,
  folder: string,
  branch: string
): Promise<boolean> {
  const { gitlab, trans } = services;
  const repository = await run(
    services,
    signal => gitlab.client.get('/repositories', { query: { folder }, signal }),
    { failure: trans.__('Nothing was pulled.') }
  );
  if (!repository) {
    return false;
  }
  if (repository.branch !== branch) {
    Notification.warning(
      trans.__(
        'Nothing was pulled: the clone is on %1 now. Switch to %2 first.',
        repository.branch ?? trans.__('no branch'),
        branch
      ),
      { autoClose: 6000 }
    );
    return false;
  }
  return pull(services, { folder: repository.folder ?? '', repository });
}

/** Fetches and fast-forwards, once nothing unsaved stands in the way; true if it went well. */
export async function pull(
  services: IServices,
  now: ICurrent | null = current(services.gitlab)
): Promise<boolean> {
  const { gitlab, trans } = services;
  if (
    !now ||
    !(await guardUnsaved(services, now, trans.__('Save before pulling?')))
  ) {
    return false;
  }
  const result = await run(
    services,
    signal =>
      gitlab.client.post('/pulls', {
        query: { folder: now.folder },
        body: {},
        signal,
        timeout: LONG_TIMEOUT
      }),
    {
      pending: trans.__('Pulling…'),
      success: () => trans.__('The branch is up to date with GitLab.'),
      failure: trans.__('Nothing was pulled.')
    }
  );
  await refreshLocal(services, now.folder);
  if (result) {
    await reloadDocuments(services, now, result.changed_paths);
  }
  return result !== undefined;
}

/** Pushes the current branch and sets its upstream; true if it went well. */
export async function push(services: IServices): Promise<boolean> {
  const { app, gitlab, trans } = services;
  const now = current(gitlab);
  if (!now) {
    return false;
  }
  const branch = now.repository.branch ?? '';
  const result = await run(
    services,
    signal =>
      gitlab.client.post('/pushes', {
        query: { folder: now.folder },
        body: {},
        signal,
        timeout: LONG_TIMEOUT
      }),
    {
      pending: trans.__('Pushing %1…', branch),
      success: () => trans.__('Pushed %1.', branch),
      failure: trans.__('The branch was not pushed.'),
      wayOut: error =>
        hasCode(error, 'push_rejected')
          ? {
              label: trans.__('Pull'),
              execute: () => void app.commands.execute(CommandIDs.pull)
            }
          : hasCode(error, 'push_protected')
            ? {
                label: trans.__('Create branch…'),
                execute: () =>
                  void app.commands.execute(CommandIDs.createBranch)
              }
            : undefined
    }
  );
  await refreshLocal(services, now.folder);
  if (result) {
    await refreshRemote(now.folder);
  }
  return result !== undefined;
}

/** Brings both sides together: fetch, fast-forward if there is something to pull, push if there is something to push. */
export async function sync(services: IServices): Promise<boolean> {
  const { gitlab, trans } = services;
  const before = current(gitlab);
  if (!before) {
    return false;
  }
  if (hasUpstream(before)) {
    const fetched = await fetchAndSay(services, before, reply =>
      reply.ahead === 0 && reply.behind === 0
        ? trans.__('Everything is up to date.')
        : null
    );
    if (!fetched) {
      return false;
    }
    if ((current(gitlab)?.repository.upstream?.behind ?? 0) > 0) {
      if (!(await pull(services))) {
        return false;
      }
    }
  }
  const after = current(gitlab);
  if (after && toPush(after) > 0) {
    return push(services);
  }
  await refreshRemote(before.folder);
  return true;
}

function hasUpstream(now: ICurrent): boolean {
  const { upstream } = now.repository;
  return upstream !== null && !upstream.gone;
}

/** Commits that a push would send. */
export function toPush(now: Pick<ICurrent, 'repository'>): number {
  const { upstream, unpushed, branch, head } = now.repository;
  if (branch === null || head === null) {
    return 0;
  }
  // A branch that GitLab does not have yet is worth a push even without commits of its own.
  return upstream !== null && !upstream.gone
    ? upstream.ahead
    : Math.max(unpushed, 1);
}
