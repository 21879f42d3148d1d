import {
  ILayoutRestorer,
  type JupyterFrontEnd,
  type JupyterFrontEndPlugin
} from '@jupyterlab/application';
import { ICommandPalette } from '@jupyterlab/apputils';
import { IDocumentManager } from '@jupyterlab/docmanager';
import { IRenderMimeRegistry } from '@jupyterlab/rendermime';
import { ISettingRegistry } from '@jupyterlab/settingregistry';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';

import { loaded, missingWords } from '../loading';
import {
  CommandIDs,
  EXTENSION_ID,
  IGitLab,
  TRANSLATION_DOMAIN
} from '../tokens';
import { addPanelCommands } from './commands';
import { GitLabPanel } from './panel';
import type { IServices } from './services';

const PLUGIN_ID = `${EXTENSION_ID}:plugin`;

/** Left of the extension manager, right of JupyterLab's own. */
const RANK = 550;

/** The sidebar and the commands of its actions. */
export const panelPlugin: JupyterFrontEndPlugin<void> = {
  id: PLUGIN_ID,
  description: 'The GitLab sidebar and its commands.',
  autoStart: true,
  requires: [IGitLab, IDocumentManager],
  optional: [
    ITranslator,
    ISettingRegistry,
    ICommandPalette,
    ILayoutRestorer,
    IRenderMimeRegistry
  ],
  activate: async (
    app: JupyterFrontEnd,
    gitlab: IGitLab,
    docManager: IDocumentManager,
    translator: ITranslator | null,
    settingRegistry: ISettingRegistry | null,
    palette: ICommandPalette | null,
    restorer: ILayoutRestorer | null,
    rendermime: IRenderMimeRegistry | null
  ): Promise<void> => {
    const trans = (translator ?? nullTranslator).load(TRANSLATION_DOMAIN);
    const services: IServices = {
      app,
      docManager,
      gitlab,
      trans,
      settings: null,
      rendermime
    };
    const panel = new GitLabPanel(async self => {
      const { fillPanel } = await import('./contents');
      fillPanel(self, services);
    }, missingWords(trans));
    const commands = addPanelCommands(app.commands, services);
    commands.push(...addPanelOwnCommands(app, services, panel));
    for (const command of commands) {
      if (!NEEDS_ARGUMENTS.includes(command)) {
        palette?.addItem({ command, category: 'GitLab' });
      }
    }
    restorer?.add(panel, panel.id);
    app.shell.add(panel, 'left', { rank: RANK, type: 'GitLab' });
    services.settings =
      (await settingRegistry?.load(PLUGIN_ID).catch((reason: unknown) => {
        console.error(`The settings of ${PLUGIN_ID} were not loaded.`, reason);
        return null;
      })) ?? null;
  }
};

/** Commands that mean nothing without arguments stay out of the palette. */
const NEEDS_ARGUMENTS: readonly string[] = [
  CommandIDs.stage,
  CommandIDs.unstage,
  CommandIDs.discard,
  CommandIDs.checkOutMergeRequest
];

/** Commands that need the panel itself. */
function addPanelOwnCommands(
  app: JupyterFrontEnd,
  services: IServices,
  panel: GitLabPanel
): string[] {
  const { gitlab, trans } = services;
  const noArgs = { args: { type: 'object', properties: {} } };
  const show = async (): Promise<void> => {
    app.shell.activateById(panel.id);
    await panel.filled();
  };
  app.commands.addCommand(CommandIDs.showPanel, {
    label: trans.__('Show GitLab Panel'),
    describedBy: noArgs,
    execute: show
  });
  app.commands.addCommand(CommandIDs.signIn, {
    label: trans.__('Sign In to GitLab'),
    caption: trans.__('Shows the form in the panel'),
    describedBy: noArgs,
    execute: async () => {
      await show();
      gitlab.requestPanel('focus-sign-in');
    }
  });
  app.commands.addCommand(CommandIDs.switchBranch, {
    label: trans.__('Switch Branch…'),
    describedBy: {
      args: {
        type: 'object',
        properties: {
          name: {
            type: 'string',
            description: 'The branch; default: opens the list in the panel.'
          },
          pull: {
            type: 'boolean',
            description: 'Fast-forward it afterwards.'
          }
        }
      }
    },
    isEnabled: () => gitlab.state.kind === 'ready',
    execute: async args => {
      if (typeof args.name === 'string') {
        const { switchBranch } = await loaded(() => import('./actions'), trans);
        return switchBranch(services, args.name, { pull: args.pull === true });
      }
      await show();
      gitlab.requestPanel('focus-branches');
    }
  });
  app.commands.addCommand(CommandIDs.commitNotebook, {
    label: trans.__('Commit This File…'),
    caption: trans.__('Ticks the file and leads to the message box'),
    describedBy: {
      args: {
        type: 'object',
        properties: {
          path: {
            type: 'string',
            description: 'Contents path; default: the active document.'
          }
        }
      }
    },
    isEnabled: () => gitlab.state.kind === 'ready',
    execute: async args => {
      await show();
      const { prepareCommit } = await loaded(() => import('./actions'), trans);
      await prepareCommit(
        services,
        typeof args.path === 'string' ? args.path : undefined
      );
    }
  });
  return [
    CommandIDs.showPanel,
    CommandIDs.signIn,
    CommandIDs.switchBranch,
    CommandIDs.commitNotebook
  ];
}
