import type {
  JupyterFrontEnd,
  JupyterFrontEndPlugin
} from '@jupyterlab/application';
import { IToolbarWidgetRegistry } from '@jupyterlab/apputils';
import type { NotebookPanel } from '@jupyterlab/notebook';
import {
  ITranslator,
  nullTranslator,
  type TranslationBundle
} from '@jupyterlab/translation';
import { MenuSvg, ToolbarButton } from '@jupyterlab/ui-components';

import { mergeRequestIcon } from '../icons';
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
      menu.aboutToClose.connect(() => {
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
  requires: [IGitLab, IToolbarWidgetRegistry],
  optional: [ITranslator],
  activate: (
    app: JupyterFrontEnd,
    _gitlab: IGitLab,
    toolbars: IToolbarWidgetRegistry,
    translator: ITranslator | null
  ): void => {
    const trans = (translator ?? nullTranslator).load(TRANSLATION_DOMAIN);
    toolbars.addFactory<NotebookPanel>('Notebook', 'gitlab', panel =>
      createButton(app, panel, trans)
    );
  }
};
