import type { ILabShell, JupyterFrontEnd } from '@jupyterlab/application';
import { PathExt } from '@jupyterlab/coreutils';
import type { IDocumentManager } from '@jupyterlab/docmanager';
import type { IDefaultFileBrowser } from '@jupyterlab/filebrowser';
import type { Contents } from '@jupyterlab/services';
import type { Widget } from '@lumino/widgets';

import { isProjectAddress } from '../api/address';
import type { IRepositoryWidget } from '../tokens';

/** Drives whose files lie on the Jupyter server's own disk, as a clone does. */
const DISK_DRIVES = ['', 'RTC'];

/** The path on the server's disk, without the name of a drive; null when the drive is another one. */
export function localPath(
  contents: Contents.IManager,
  path: string
): string | null {
  return DISK_DRIVES.includes(contents.driveName(path))
    ? contents.localPath(path)
    : null;
}

export interface ICurrentFolderOptions {
  shell: JupyterFrontEnd.IShell;
  labShell: ILabShell | null;
  docManager: IDocumentManager;
  fileBrowser: IDefaultFileBrowser | null;
  contents: Contents.IManager;
}

function isRepositoryWidget(
  widget: Widget
): widget is Widget & IRepositoryWidget {
  return (
    typeof (widget as Partial<IRepositoryWidget>).gitlabFolder === 'string'
  );
}

/**
 * The folder that the panel is about: the active document's, else the file browser's.
 *
 * Null when that is on no disk of the server (another drive).
 */
export function currentFolder(options: ICurrentFolderOptions): string | null {
  const widget = options.shell.currentWidget;
  if (widget) {
    if (
      isRepositoryWidget(widget) &&
      !isProjectAddress(widget.gitlabFolder) // no clone that the panel could be about
    ) {
      return widget.gitlabFolder;
    }
    const context = options.docManager.contextForWidget(widget);
    if (context) {
      const path = localPath(options.contents, context.path);
      return path === null ? null : PathExt.dirname(path);
    }
  }
  const path = options.fileBrowser?.model.path ?? '';
  return localPath(options.contents, path);
}

/** Calls back whenever {@link currentFolder} may have changed. */
export function followFolder(
  options: ICurrentFolderOptions,
  onChange: () => void
): void {
  if (options.labShell) {
    options.labShell.currentPathChanged.connect(onChange);
    options.labShell.currentChanged.connect(onChange);
  } else {
    options.shell.currentChanged?.connect(onChange);
  }
  options.fileBrowser?.model.pathChanged.connect(onChange);
}
