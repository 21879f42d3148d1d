import type { JupyterFrontEnd } from '@jupyterlab/application';
import type { IDocumentManager } from '@jupyterlab/docmanager';
import type { IFileBrowserFactory } from '@jupyterlab/filebrowser';
import type { ReadonlyPartialJSONObject } from '@lumino/coreutils';

/** Where a command looks for the file that it is about. */
export interface IPlaces {
  app: JupyterFrontEnd;
  docManager: IDocumentManager;
  browsers: IFileBrowserFactory | null;
}

/** The contents paths of the files that are selected in the file browser; folders are left out. */
export function selectedFiles({ browsers }: IPlaces): string[] {
  const browser = browsers?.tracker.currentWidget;
  return browser
    ? Array.from(browser.selectedItems())
        .filter(item => item.type !== 'directory')
        .map(item => item.path)
    : [];
}

/** The contents path that the arguments name, of the document that is open, or of the file selected in the browser. */
export function chosenFile(
  places: IPlaces,
  args: ReadonlyPartialJSONObject
): string | null {
  if (typeof args.path === 'string') {
    return args.path;
  }
  const [selected = null] = selectedFiles(places);
  if (args.isMenu === true) {
    return selected;
  }
  const { app, docManager } = places;
  const widget = app.shell.currentWidget;
  const open = widget ? docManager.contextForWidget(widget)?.path : undefined;
  return open ?? selected;
}
