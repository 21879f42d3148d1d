import { Clipboard, Notification } from '@jupyterlab/apputils';
import type { TranslationBundle } from '@jupyterlab/translation';

/** Puts a link into the clipboard and says so. */
export function copyLink(url: string, trans: TranslationBundle): void {
  Clipboard.copyToSystem(url);
  Notification.success(trans.__('Link copied.'), { autoClose: 2000 });
}
