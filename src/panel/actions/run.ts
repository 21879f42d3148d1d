import { Notification } from '@jupyterlab/apputils';

import { describeError } from '../../api/describe';
import { ApiError } from '../../api/errors';
import { CommandIDs } from '../../tokens';
import { notices } from '../notices';
import { PANEL_ID, type IServices } from '../services';

export interface IRunOptions<T> {
  /** What is being done, e.g. "Pushing feature/auc…"; shown with a way to cancel. Leave out for what is quick. */
  pending?: string;
  /** What was done; null: nothing to say. */
  success?: (result: T) => string | null;
  /** What could not be done, e.g. "The branch was not pushed." */
  failure: string;
  /** A way out of this failure, if there is one. */
  wayOut?: (
    error: unknown
  ) => { label: string; execute: () => void } | undefined;
}

function isAbort(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'AbortError';
}

/**
 * Runs one piece of work for the user: progress and success as notifications, a failure in the panel (and as a
 * notification while the panel is hidden).
 *
 * Returns the result, or undefined if it failed or was cancelled.
 */
export async function run<T>(
  services: IServices,
  work: (signal: AbortSignal) => Promise<T>,
  options: IRunOptions<T>
): Promise<T | undefined> {
  const { trans } = services;
  const abort = new AbortController();
  const id = options.pending
    ? Notification.emit(options.pending, 'in-progress', {
        autoClose: false,
        actions: [
          {
            label: trans.__('Cancel'),
            callback: () => abort.abort()
          }
        ]
      })
    : null;
  try {
    const result = await work(abort.signal);
    const message = options.success?.(result) ?? null;
    if (message !== null) {
      if (id) {
        Notification.update({
          id,
          message,
          type: 'success',
          autoClose: 4000,
          actions: []
        });
      } else {
        Notification.success(message, { autoClose: 4000 });
      }
    } else if (id) {
      Notification.dismiss(id);
    }
    notices.clear(options.failure);
    return result;
  } catch (error) {
    if (id) {
      Notification.dismiss(id);
    }
    if (isAbort(error)) {
      Notification.info(trans.__('Cancelled.'), { autoClose: 3000 });
      return undefined;
    }
    reportFailure(services, options.failure, error, options.wayOut?.(error));
    return undefined;
  }
}

/** Tells a failure in the panel; while the panel is hidden, a notification leads to it. */
export function reportFailure(
  services: IServices,
  title: string,
  error: unknown,
  action?: { label: string; execute: () => void }
): void {
  const { app, trans } = services;
  if (!(error instanceof ApiError)) {
    console.error(error);
  }
  notices.add({ title, error, action });
  if (!isPanelVisible(services)) {
    const { message } = describeError(error, trans);
    Notification.error(`${title} ${message}`, {
      autoClose: false,
      actions: [
        {
          label: trans.__('Show'),
          callback: () => void app.commands.execute(CommandIDs.showPanel)
        }
      ]
    });
  }
}

function isPanelVisible(services: IServices): boolean {
  for (const area of ['left', 'right']) {
    for (const widget of services.app.shell.widgets(area)) {
      if (widget.id === PANEL_ID) {
        return widget.isVisible;
      }
    }
  }
  return false;
}
