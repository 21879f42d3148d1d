import {
  ILabShell,
  type JupyterFrontEnd,
  type JupyterFrontEndPlugin
} from '@jupyterlab/application';
import { IDocumentManager } from '@jupyterlab/docmanager';
import { IDefaultFileBrowser } from '@jupyterlab/filebrowser';
import { Debouncer } from '@lumino/polling';

import { ApiClient } from '../api/client';
import { EXTENSION_ID, IGitLab } from '../tokens';
import { currentFolder, followFolder } from './folder';
import { RepositoryModel } from './model';

/** Milliseconds: moving through folders asks once, at the end. */
const FOLDER_PAUSE = 200;

/** Follows the current folder and provides the repository found there. */
export const modelPlugin: JupyterFrontEndPlugin<IGitLab> = {
  id: `${EXTENSION_ID}:model`,
  description: 'The GitLab repository of the current folder.',
  autoStart: true,
  requires: [IDocumentManager],
  optional: [ILabShell, IDefaultFileBrowser],
  provides: IGitLab,
  activate: (
    app: JupyterFrontEnd,
    docManager: IDocumentManager,
    labShell: ILabShell | null,
    fileBrowser: IDefaultFileBrowser | null
  ): IGitLab => {
    const contents = app.serviceManager.contents;
    const source = {
      shell: app.shell,
      labShell,
      docManager,
      fileBrowser,
      contents
    };
    const model = new RepositoryModel({
      client: new ApiClient(app.serviceManager.serverSettings),
      currentFolder: () => currentFolder(source)
    });
    const follow = new Debouncer(() => model.follow(), FOLDER_PAUSE);
    void app.restored.then(() => {
      followFolder(source, () => void follow.invoke());
      void follow.invoke();
    });
    contents.fileChanged.connect((_, change) => model.onFileChanged(change));
    return model;
  }
};
