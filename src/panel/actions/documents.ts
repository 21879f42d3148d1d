import type { JupyterFrontEnd } from '@jupyterlab/application';
import { Dialog, Notification, showDialog } from '@jupyterlab/apputils';
import { PathExt } from '@jupyterlab/coreutils';
import type { DocumentRegistry } from '@jupyterlab/docregistry';
import { Widget } from '@lumino/widgets';

import { localPath } from '../folder';
import type { ICurrent, IServices } from '../services';

type Context = DocumentRegistry.Context;

/** The documents open in JupyterLab whose files lie in this repository, with their paths on the server's disk. */
export function openDocuments(
  services: IServices,
  current: ICurrent
): Map<string, Context> {
  const { app, docManager } = services;
  const top = current.repository.folder;
  const found = new Map<string, Context>();
  for (const area of ['main', 'left', 'right', 'down']) {
    for (const widget of widgetsOf(app.shell, area)) {
      const context = docManager.contextForWidget(widget);
      const path =
        context && localPath(app.serviceManager.contents, context.path);
      if (
        context &&
        path !== null &&
        path !== undefined &&
        (!top || path === top || path.startsWith(`${top}/`))
      ) {
        found.set(path, context);
      }
    }
  }
  return found;
}

/** The widgets of an area; none if this version of JupyterLab does not list that area ("down" before 4.3). */
function widgetsOf(
  shell: JupyterFrontEnd.IShell,
  area: string
): readonly Widget[] {
  try {
    return [...shell.widgets(area)];
  } catch {
    return [];
  }
}

/** Those with changes that are not saved; all of the repository's, or those of these contents paths only. */
export function unsavedDocuments(
  services: IServices,
  current: ICurrent,
  among?: ReadonlySet<string>
): Map<string, Context> {
  return new Map(
    [...openDocuments(services, current)].filter(
      ([path, context]) =>
        context.model.dirty && (among === undefined || among.has(path))
    )
  );
}

/** Saves them; throws what the first failing save throws. */
export async function saveDocuments(
  documents: Map<string, Context>
): Promise<void> {
  for (const context of documents.values()) {
    await context.save();
  }
}

/** A sentence and a list of names, for a dialog. */
export function listBody(text: string, paths: Iterable<string>): Widget {
  const body = new Widget();
  body.addClass('jp-gitlab-ListDialog');
  const paragraph = document.createElement('p');
  paragraph.textContent = text;
  const list = document.createElement('ul');
  for (const path of paths) {
    const item = document.createElement('li');
    item.textContent = path;
    list.append(item);
  }
  body.node.append(paragraph, list);
  return body;
}

/**
 * Stops a command that would change files under unsaved documents, before it starts.
 *
 * True when it may go on: nothing was unsaved, or the user had it saved.
 */
export async function guardUnsaved(
  services: IServices,
  current: ICurrent,
  title: string,
  among?: ReadonlySet<string>
): Promise<boolean> {
  const { trans } = services;
  const unsaved = unsavedDocuments(services, current, among);
  if (unsaved.size === 0) {
    return true;
  }
  const result = await showDialog({
    title,
    body: listBody(
      trans.__(
        'These documents have changes that are not saved and could be lost. Save them first, or cancel.'
      ),
      unsaved.keys()
    ),
    buttons: [
      Dialog.cancelButton({ label: trans.__('Cancel') }),
      Dialog.okButton({ label: trans.__('Save all and continue') })
    ]
  });
  if (!result.button.accept) {
    return false;
  }
  await saveDocuments(unsaved);
  return true;
}

/**
 * Before a commit: offers to save what is unsaved.
 *
 * Returns the contents paths that were saved, or null if the user cancelled.
 */
export async function offerSave(
  services: IServices,
  current: ICurrent,
  among?: ReadonlySet<string>
): Promise<string[] | null> {
  const { trans } = services;
  const unsaved = unsavedDocuments(services, current, among);
  if (unsaved.size === 0) {
    return [];
  }
  const result = await showDialog({
    title: trans.__('Save before committing?'),
    body: listBody(
      trans.__('A commit takes files as they were saved. Not saved yet:'),
      unsaved.keys()
    ),
    buttons: [
      Dialog.cancelButton({ label: trans.__('Cancel') }),
      Dialog.createButton({
        label: trans.__('Commit without saving'),
        accept: true,
        actions: ['without']
      }),
      Dialog.okButton({ label: trans.__('Save and commit') })
    ]
  });
  if (!result.button.accept) {
    return null;
  }
  if (result.button.actions.includes('without')) {
    return [];
  }
  await saveDocuments(unsaved);
  return [...unsaved.keys()];
}

/** Reads the clean open documents again whose files a command has changed. */
export async function reloadDocuments(
  services: IServices,
  current: ICurrent,
  changedPaths: readonly string[]
): Promise<void> {
  const { app, trans } = services;
  const changed = new Set(changedPaths);
  for (const [path, context] of openDocuments(services, current)) {
    if (!changed.has(path) || context.model.dirty) {
      continue;
    }
    try {
      await app.serviceManager.contents.get(context.path, { content: false });
    } catch {
      Notification.warning(
        trans.__(
          '%1 is not there any more; its tab shows what it held.',
          PathExt.basename(path)
        )
      );
      continue;
    }
    await context.revert();
  }
}
