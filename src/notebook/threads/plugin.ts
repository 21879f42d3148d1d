import type {
  JupyterFrontEnd,
  JupyterFrontEndPlugin
} from '@jupyterlab/application';
import { IEditorServices } from '@jupyterlab/codeeditor';
import { IEditorLanguageRegistry } from '@jupyterlab/codemirror';
import { IDocumentManager } from '@jupyterlab/docmanager';
import { INotebookTracker, type NotebookPanel } from '@jupyterlab/notebook';
import { IRenderMimeRegistry } from '@jupyterlab/rendermime';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';

import { loaded } from '../../loading';
import { EXTENSION_ID, IGitLab, TRANSLATION_DOMAIN } from '../../tokens';

/** Shows the threads of the branch's merge request below the cells of open notebooks. */
export const notebookThreadsPlugin: JupyterFrontEndPlugin<void> = {
  id: `${EXTENSION_ID}:notebook-threads`,
  description: 'Threads of the merge request at the cells of open notebooks.',
  autoStart: true,
  requires: [IGitLab, INotebookTracker, IRenderMimeRegistry],
  optional: [
    IEditorLanguageRegistry,
    IEditorServices,
    IDocumentManager,
    ITranslator
  ],
  activate: (
    app: JupyterFrontEnd,
    gitlab: IGitLab,
    notebooks: INotebookTracker,
    rendermime: IRenderMimeRegistry,
    languages: IEditorLanguageRegistry | null,
    editors: IEditorServices | null,
    documents: IDocumentManager | null,
    translator: ITranslator | null
  ): void => {
    const trans = (translator ?? nullTranslator).load(TRANSLATION_DOMAIN);
    const attach = async (panel: NotebookPanel): Promise<void> => {
      const { attachThreads } = await loaded(() => import('./attach'), trans);
      if (!panel.isDisposed) {
        attachThreads(panel, {
          commands: app.commands,
          gitlab,
          rendermime,
          languages,
          editors,
          documents,
          trans
        });
      }
    };
    // Nothing of it is loaded before a branch with a merge request is seen.
    let begun = false;
    const begin = () => {
      if (begun || gitlab.branchMergeRequest === null) {
        return;
      }
      begun = true;
      gitlab.branchMergeRequestChanged.disconnect(begin);
      notebooks.forEach(panel => void attach(panel));
      notebooks.widgetAdded.connect((_, panel) => void attach(panel));
    };
    gitlab.branchMergeRequestChanged.connect(begin);
    begin();
  }
};
