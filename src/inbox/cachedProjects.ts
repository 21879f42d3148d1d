import { Dialog, Notification, showDialog } from '@jupyterlab/apputils';
import type { TranslationBundle } from '@jupyterlab/translation';

import type { ApiClient } from '../api/client';
import { describeError } from '../api/describe';

/** Says how much is kept of projects without a clone, and removes it if that is wanted. */
export async function clearCachedProjects(
  client: ApiClient,
  trans: TranslationBundle
): Promise<void> {
  try {
    const kept = await client.get('/cached-projects', { query: {} });
    if (kept.projects.length === 0) {
      Notification.info(
        trans.__('Nothing is kept of projects without a clone.')
      );
      return;
    }
    const { button } = await showDialog({
      title: trans.__('Remove what is kept of these projects?'),
      body: trans.__(
        '%1 MB on the disk, for: %2. Their merge requests can still be opened: what they need is fetched again.',
        (kept.size / 1e6).toFixed(1),
        kept.projects.map(project => project.project_path).join(', ')
      ),
      buttons: [
        Dialog.cancelButton(),
        Dialog.warnButton({ label: trans.__('Remove') })
      ]
    });
    if (button.accept) {
      await client.delete('/cached-projects', { query: {} });
    }
  } catch (error) {
    Notification.error(describeError(error, trans).message);
  }
}
