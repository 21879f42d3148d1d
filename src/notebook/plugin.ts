import type {
  JupyterFrontEnd,
  JupyterFrontEndPlugin
} from '@jupyterlab/application';
import { ICommandPalette, IToolbarWidgetRegistry } from '@jupyterlab/apputils';
import { IDocumentManager } from '@jupyterlab/docmanager';
import { INotebookTracker, type NotebookPanel } from '@jupyterlab/notebook';
import {
  ITranslator,
  nullTranslator,
  type TranslationBundle
} from '@jupyterlab/translation';
import { MenuSvg, ToolbarButton } from '@jupyterlab/ui-components';

import { mergeRequestIcon } from '../icons';
import { loaded } from '../loading';
import {
  CommandIDs,
  EXTENSION_ID,
  IGitLab,
  TRANSLATION_DOMAIN
} from '../tokens';

/** What the button offers about the notebook it stands in. */
const COMMANDS = [
  CommandIDs.diffWithHead,
  CommandIDs.diffWithTarget,
  CommandIDs.fileHistory,
  CommandIDs.commitNotebook,
  CommandIDs.openOnGitLab
];

function createButton(
  app: JupyterFrontEnd,
  panel: NotebookPanel,
  trans: TranslationBundle
): ToolbarButton {
  const button = new ToolbarButton({
    icon: mergeRequestIcon,
    label: 'GitLab',
    tooltip: trans.__('Compare, commit and open this notebook on GitLab'),
    onClick: () => {
      const menu = new MenuSvg({ commands: app.commands });
      for (const command of COMMANDS) {
        menu.addItem({ command, args: { path: panel.context.path } });
      }
      // What can be done may become known while the menu is open.
      const update = () => menu.update();
      app.commands.commandChanged.connect(update);
      menu.aboutToClose.connect(() => {
        app.commands.commandChanged.disconnect(update);
        // The chosen command runs after the menu has closed.
        window.setTimeout(() => menu.dispose(), 0);
      });
      const { left, bottom } = button.node.getBoundingClientRect();
      menu.open(left, bottom);
    }
  });
  button.addClass('jp-gitlab-NotebookButton');
  return button;
}

/** The "GitLab" button in a notebook's toolbar. */
export const notebookPlugin: JupyterFrontEndPlugin<void> = {
  id: `${EXTENSION_ID}:notebook`,
  description: 'The GitLab button in the toolbar of notebooks.',
  autoStart: true,
  requires: [IGitLab, IToolbarWidgetRegistry, IDocumentManager],
  optional: [INotebookTracker, ITranslator, ICommandPalette],
  activate: (
    app: JupyterFrontEnd,
    gitlab: IGitLab,
    toolbars: IToolbarWidgetRegistry,
    docManager: IDocumentManager,
    notebooks: INotebookTracker | null,
    translator: ITranslator | null,
    palette: ICommandPalette | null
  ): void => {
    const trans = (translator ?? nullTranslator).load(TRANSLATION_DOMAIN);
    toolbars.addFactory<NotebookPanel>('Notebook', 'gitlab', panel =>
      createButton(app, panel, trans)
    );
    app.commands.addCommand(CommandIDs.openCell, {
      label: trans.__('Open Cell in Notebook'),
      describedBy: {
        args: {
          type: 'object',
          required: ['path'],
          properties: {
            path: { type: 'string', description: 'Contents path' },
            id: {
              type: ['string', 'null'],
              description: 'Of the cell; null where its notebook has no ids'
            },
            index: { type: 'number', description: 'Where it stands, from 0' }
          }
        }
      },
      execute: async ({ path, id, index }) => {
        const { openCell } = await loaded(() => import('./liveCell'), trans);
        await openCell(
          docManager,
          String(path),
          {
            id: typeof id === 'string' ? id : null,
            index: typeof index === 'number' ? index : 0
          },
          trans
        );
      }
    });
    app.commands.addCommand(CommandIDs.showCellInDiff, {
      label: trans.__('Show Cell in Diff'),
      caption: trans.__('What changed in the cell since the last commit'),
      describedBy: {
        args: {
          type: 'object',
          properties: {
            isMenu: {
              type: 'boolean',
              description:
                'About the cell whose context menu is open, rather than the active one'
            }
          }
        }
      },
      isEnabled: () => (notebooks?.currentWidget ?? null) !== null,
      execute: async ({ isMenu }) => {
        const panel = notebooks?.currentWidget;
        // Before anything is awaited: the menu is gone by then.
        const node = isMenu
          ? app.contextMenuHitTest(each => each.classList.contains('jp-Cell'))
          : undefined;
        if (panel) {
          const { showInDiff } = await loaded(
            () => import('./showInDiff'),
            trans
          );
          const { commands } = app;
          await showInDiff(panel, node, { commands, gitlab, trans });
        }
      }
    });
    palette?.addItem({
      command: CommandIDs.showCellInDiff,
      category: 'GitLab'
    });
  }
};
