import { Notification } from '@jupyterlab/apputils';

import { findOpenMergeRequest } from '../../api/mergeRequests';
import { keys } from '../../api/keys';
import { queryClient } from '../../api/queryClient';
import { CommandIDs } from '../../tokens';
import { current, type IServices } from '../services';
import { switchBranch } from './branches';
import { refreshLocal, refreshRemote } from './refresh';
import { run } from './run';

/** Opens the merge request of the current branch, or the dialog that makes one. */
export async function createMergeRequest(services: IServices): Promise<void> {
  const { app, gitlab, trans } = services;
  const now = current(gitlab);
  if (!now) {
    return;
  }
  const existing = await run(
    services,
    signal =>
      findOpenMergeRequest(
        gitlab.client,
        now.folder,
        now.repository.branch,
        signal
      ),
    { failure: trans.__('No merge request could be opened.') }
  );
  if (existing === undefined) {
    return;
  }
  if (existing) {
    await app.commands.execute(CommandIDs.openMergeRequest, {
      folder: now.folder,
      iid: existing.iid
    });
    return;
  }
  const { showCreateDialog } = await import('../create/dialog');
  const made = await showCreateDialog(services, now);
  if (made) {
    gitlab.setBranchMergeRequest(made);
    Notification.success(trans.__('Opened merge request !%1.', made.iid), {
      autoClose: 6000,
      actions: [
        {
          label: trans.__('Review'),
          callback: () =>
            void app.commands.execute(CommandIDs.openMergeRequest, {
              folder: now.folder,
              iid: made.iid
            })
        }
      ]
    });
    await Promise.all([
      refreshLocal(services, now.folder),
      refreshRemote(now.folder)
    ]);
  }
}

/** Marks a merge request as draft or as ready; default: that of the current branch. */
export async function setDraft(
  services: IServices,
  draft: boolean,
  iid = services.gitlab.branchMergeRequest?.iid
): Promise<void> {
  const { gitlab, trans } = services;
  const now = current(gitlab);
  if (!now || iid === undefined) {
    return;
  }
  const result = await run(
    services,
    signal =>
      gitlab.client.put('/merge-requests/{iid}', {
        path: { iid },
        query: { folder: now.folder },
        body: { draft },
        signal
      }),
    {
      success: () =>
        draft
          ? trans.__('!%1 is a draft now.', iid)
          : trans.__('!%1 is ready for review.', iid),
      failure: trans.__('The merge request was not changed.')
    }
  );
  if (result) {
    queryClient.setQueryData(keys.detail(now.folder, iid), result);
    await refreshRemote(now.folder);
  }
}

/**
 * After a merge: switches to the target branch and brings it up to date.
 *
 * Nothing is lost: the source branch stays, and unsaved or conflicting changes stop the switch.
 */
export async function returnToTarget(
  services: IServices,
  target?: string
): Promise<boolean> {
  const { gitlab, trans } = services;
  const now = current(gitlab);
  if (!now) {
    return false;
  }
  const branch =
    target ??
    (await run(
      services,
      async signal =>
        (
          await gitlab.client.get('/branches', {
            query: { folder: now.folder },
            signal
          })
        ).default,
      { failure: trans.__('The branch was not switched.') }
    ));
  if (!branch) {
    return false;
  }
  const done = await switchBranch(services, branch, { pull: true });
  if (done) {
    await refreshRemote(now.folder);
  }
  return done;
}
