import { InputDialog } from '@jupyterlab/apputils';

import { LONG_TIMEOUT } from '../../api/client';
import { current, type IServices } from '../services';
import { guardUnsaved, reloadDocuments } from './documents';
import { refreshLocal } from './refresh';
import { run } from './run';

/** Switches to a branch once nothing unsaved stands in the way; `pull`: then fast-forwards it. */
export async function switchBranch(
  services: IServices,
  name: string,
  options: { pull?: boolean } = {}
): Promise<boolean> {
  const { gitlab, trans } = services;
  const now = current(gitlab);
  if (
    !now ||
    !(await guardUnsaved(
      services,
      now,
      trans.__('Save before switching to %1?', name)
    ))
  ) {
    return false;
  }
  const result = await run(
    services,
    signal =>
      gitlab.client.post('/branches/switch', {
        query: { folder: now.folder },
        body: { name, pull: options.pull ?? false },
        signal,
        timeout: LONG_TIMEOUT
      }),
    {
      pending: options.pull
        ? trans.__('Switching to %1 and updating it…', name)
        : trans.__('Switching to %1…', name),
      success: reply => trans.__('On branch %1.', reply.branch),
      failure: trans.__('The branch was not switched.')
    }
  );
  await refreshLocal(services, now.folder);
  if (result) {
    await reloadDocuments(services, now, result.changed_paths);
  }
  return result !== undefined;
}

/** Creates a branch at HEAD (or `startPoint`) and switches to it; asks for the name if there is none. */
export async function createBranch(
  services: IServices,
  name?: string,
  startPoint?: string
): Promise<boolean> {
  const { gitlab, trans } = services;
  const now = current(gitlab);
  if (!now) {
    return false;
  }
  const wanted = name ?? (await askName(services, now.repository.branch));
  if (!wanted) {
    return false;
  }
  // At HEAD no file changes, so unsaved documents are safe.
  if (
    startPoint !== undefined &&
    !(await guardUnsaved(
      services,
      now,
      trans.__('Save before switching to %1?', wanted)
    ))
  ) {
    return false;
  }
  const result = await run(
    services,
    signal =>
      gitlab.client.post('/branches', {
        query: { folder: now.folder },
        body: { name: wanted, start_point: startPoint ?? null, switch: true },
        signal
      }),
    {
      success: reply => trans.__('Created branch %1.', reply.branch),
      failure: trans.__('The branch was not created.')
    }
  );
  await refreshLocal(services, now.folder);
  if (result) {
    await reloadDocuments(services, now, result.changed_paths);
  }
  return result !== undefined;
}

async function askName(
  services: IServices,
  branch: string | null
): Promise<string | null> {
  const { trans } = services;
  const { button, value } = await InputDialog.getText({
    title: trans.__('Create a branch'),
    label:
      branch === null
        ? trans.__('Name of the new branch')
        : trans.__('Name of the new branch, from %1', branch),
    okLabel: trans.__('Create')
  });
  return button.accept ? (value ?? '').trim() : null;
}
