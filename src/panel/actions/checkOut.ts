import { Dialog, Notification, showDialog } from '@jupyterlab/apputils';

import { LONG_TIMEOUT } from '../../api/client';
import { ApiError } from '../../api/errors';
import { keys } from '../../api/keys';
import { queryClient } from '../../api/queryClient';
import { current, type ICurrent, type IServices } from '../services';
import { switchBranch } from './branches';
import { guardUnsaved, listBody, reloadDocuments } from './documents';
import { refreshLocal } from './refresh';
import { run } from './run';

/**
 * Switches the clone to the branch of a merge request, of a fork too, and brings it up to date.
 *
 * Nothing is lost: unsaved documents are saved first, and what is not committed comes along or stops the switch.
 */
export async function checkOutMergeRequest(
  services: IServices,
  iid: number
): Promise<boolean> {
  const { gitlab, trans } = services;
  const now = current(gitlab);
  if (
    !now ||
    !(await guardUnsaved(
      services,
      now,
      trans.__('Save before checking out !%1?', iid)
    )) ||
    !(await guardUncommitted(services, now, iid))
  ) {
    return false;
  }
  const { folder } = now;
  const former = now.repository.branch;
  // A switch that could not be brought up to date afterwards has changed files all the same.
  let changed: readonly string[] = [];
  const result = await run(
    services,
    async signal => {
      try {
        return await gitlab.client.post('/merge-requests/{iid}/check-outs', {
          path: { iid },
          query: { folder },
          signal,
          timeout: LONG_TIMEOUT
        });
      } catch (error) {
        changed = changedPaths(error);
        throw error;
      }
    },
    {
      pending: trans.__('Checking out !%1…', iid),
      failure: trans.__('!%1 was not checked out.', iid)
    }
  );
  await refreshLocal(services, folder);
  void queryClient.invalidateQueries({
    queryKey: keys.checkOuts(folder, iid)
  });
  await reloadDocuments(services, now, result?.changed_paths ?? changed);
  if (!result) {
    return false;
  }
  const back =
    former !== null && former !== result.branch
      ? [
          {
            label: trans.__('Back to %1', former),
            callback: () => void switchBranch(services, former)
          }
        ]
      : [];
  Notification.success(trans.__('On branch %1.', result.branch), {
    autoClose: 8000,
    actions: back
  });
  return true;
}

/** True when nothing is uncommitted, or it may come along. */
async function guardUncommitted(
  services: IServices,
  now: ICurrent,
  iid: number
): Promise<boolean> {
  const { gitlab, trans } = services;
  const changes = await run(
    services,
    signal =>
      gitlab.client.get('/changes', {
        query: { folder: now.folder },
        signal
      }),
    { failure: trans.__('!%1 was not checked out.', iid) }
  );
  if (!changes) {
    return false;
  }
  if (changes.files.length === 0) {
    return true;
  }
  const { button } = await showDialog({
    title: trans.__('Take your changes along?'),
    body: listBody(
      trans.__(
        'These files have changes that are not committed. They stay as they are and come along to the branch of !%1; if it changes the same files, nothing is switched. To keep them apart, cancel and commit them first.',
        iid
      ),
      changes.files.map(file => file.path.display)
    ),
    buttons: [
      Dialog.cancelButton({ label: trans.__('Cancel') }),
      Dialog.okButton({ label: trans.__('Check out with changes') })
    ]
  });
  return button.accept;
}

function changedPaths(error: unknown): readonly string[] {
  const paths =
    error instanceof ApiError ? error.details.changed_paths : undefined;
  return Array.isArray(paths)
    ? paths.filter((path): path is string => typeof path === 'string')
    : [];
}
