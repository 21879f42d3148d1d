import {
  ILayoutRestorer,
  type JupyterFrontEnd,
  type JupyterFrontEndPlugin
} from '@jupyterlab/application';
import { Panel } from '@lumino/widgets';

import { mergeRequestIcon } from '../icons';
import { EXTENSION_ID } from '../tokens';

/** The sidebar. */
export const panelPlugin: JupyterFrontEndPlugin<void> = {
  id: `${EXTENSION_ID}:plugin`,
  description: 'The GitLab sidebar.',
  autoStart: true,
  optional: [ILayoutRestorer],
  activate: (app: JupyterFrontEnd, restorer: ILayoutRestorer | null): void => {
    const panel = new Panel();
    panel.id = 'jp-gitlab-panel';
    panel.title.icon = mergeRequestIcon;
    panel.title.caption = 'GitLab';
    restorer?.add(panel, panel.id);
    app.shell.add(panel, 'left', { rank: 550 });
  }
};
