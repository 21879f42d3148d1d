import { Notification } from '@jupyterlab/apputils';
import type { TranslationBundle } from '@jupyterlab/translation';

/** Why a part can't be had, and what to do: the Jupyter server is away, or the extension was updated under the page. */
export function missingWords(trans: TranslationBundle): string {
  return trans.__(
    'A part of the GitLab extension could not be loaded. Check that the Jupyter server is running and try again; if it is, reload the page.'
  );
}

/** A part of the extension that is loaded on its first use. If that fails, the user is told and the error goes on. */
export async function loaded<T>(
  part: () => Promise<T>,
  trans: TranslationBundle
): Promise<T> {
  try {
    return await part();
  } catch (error) {
    Notification.error(missingWords(trans), { autoClose: false });
    throw error;
  }
}
