import type {
  JupyterFrontEnd,
  JupyterFrontEndPlugin
} from '@jupyterlab/application';
import { IEditorLanguageRegistry } from '@jupyterlab/codemirror';
import { IRenderMimeRegistry } from '@jupyterlab/rendermime';
import { ISettingRegistry } from '@jupyterlab/settingregistry';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';

import { loaded } from '../loading';
import { EXTENSION_ID, IGitLab, TRANSLATION_DOMAIN } from '../tokens';
import { findGit } from './git';

/** The settings are those of the diff view. */
const SETTINGS_ID = `${EXTENSION_ID}:diff`;

/** Shows notebooks that jupyterlab-git compares in this extension's diff view; without jupyterlab-git it does nothing. */
export const jupyterlabGitPlugin: JupyterFrontEndPlugin<void> = {
  id: `${EXTENSION_ID}:jupyterlab-git`,
  description: 'The diff view in jupyterlab-git, where that is installed.',
  autoStart: true,
  requires: [IGitLab, IRenderMimeRegistry, ISettingRegistry],
  optional: [IEditorLanguageRegistry, ITranslator],
  activate: (
    app: JupyterFrontEnd,
    gitlab: IGitLab,
    rendermime: IRenderMimeRegistry,
    settingRegistry: ISettingRegistry,
    languages: IEditorLanguageRegistry | null,
    translator: ITranslator | null
  ): void => {
    const trans = (translator ?? nullTranslator).load(TRANSLATION_DOMAIN);
    const register = async () => {
      // After jupyterlab-git's own provider, which it replaces.
      await app.started;
      const git = await findGit(app);
      const settings = git && (await settingRegistry.load(SETTINGS_ID));
      if (!git || settings?.composite.jupyterlabGit === false) {
        return;
      }
      git.registerDiffProvider('GitLab', ['.ipynb'], async ({ model }) => {
        const { createGitDiff } = await loaded(
          () => import('./provider'),
          trans
        );
        return createGitDiff(model, {
          app,
          gitlab,
          rendermime,
          languages,
          settings: settingRegistry.load(SETTINGS_ID),
          trans
        });
      });
    };
    register().catch((reason: unknown) => {
      console.warn('jupyterlab-git keeps its own view of notebooks.', reason);
    });
  }
};
