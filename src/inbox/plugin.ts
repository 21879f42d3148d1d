import type {
  JupyterFrontEnd,
  JupyterFrontEndPlugin
} from '@jupyterlab/application';
import { ICommandPalette } from '@jupyterlab/apputils';
import { ISettingRegistry } from '@jupyterlab/settingregistry';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';

import { loaded } from '../loading';
import {
  CommandIDs,
  EXTENSION_ID,
  IGitLab,
  TRANSLATION_DOMAIN
} from '../tokens';

/** The number on the sidebar's icon, notifications of replies, and what is kept of projects without a clone. */
export const inboxPlugin: JupyterFrontEndPlugin<void> = {
  id: `${EXTENSION_ID}:inbox`,
  description: 'Tells what waits for the user on GitLab.',
  autoStart: true,
  requires: [IGitLab],
  optional: [ITranslator, ISettingRegistry, ICommandPalette],
  activate: (
    app: JupyterFrontEnd,
    gitlab: IGitLab,
    translator: ITranslator | null,
    settingRegistry: ISettingRegistry | null,
    palette: ICommandPalette | null
  ): void => {
    const trans = (translator ?? nullTranslator).load(TRANSLATION_DOMAIN);
    const noArgs = { args: { type: 'object', properties: {} } };
    app.commands.addCommand(CommandIDs.showInbox, {
      label: trans.__('Show GitLab Inbox'),
      caption: trans.__('What waits for you in all projects'),
      describedBy: noArgs,
      execute: async () => {
        await app.commands.execute(CommandIDs.showPanel);
        gitlab.requestPanel('show-inbox');
      }
    });
    app.commands.addCommand(CommandIDs.clearCachedProjects, {
      label: trans.__('Remove Kept GitLab Projects…'),
      caption: trans.__(
        'What is kept of projects whose merge requests were opened without a clone'
      ),
      describedBy: noArgs,
      execute: async () => {
        const { clearCachedProjects } = await loaded(
          () => import('./cachedProjects'),
          trans
        );
        await clearCachedProjects(gitlab.client, trans);
      }
    });
    for (const command of [
      CommandIDs.showInbox,
      CommandIDs.clearCachedProjects
    ]) {
      palette?.addItem({ command, category: 'GitLab' });
    }
    void app.restored.then(async () => {
      const settings =
        (await settingRegistry
          ?.load(`${EXTENSION_ID}:plugin`)
          .catch(() => null)) ?? null;
      const { InboxWatch } = await import('./watch');
      new InboxWatch({ app, gitlab, trans, settings }).start();
    });
  }
};
