import type { JupyterFrontEndPlugin } from '@jupyterlab/application';

import { notebookPlugin } from './notebook/plugin';
import { modelPlugin } from './panel/modelPlugin';
import { panelPlugin } from './panel/plugin';
import { statusBarPlugin } from './panel/statusBarPlugin';

const plugins: JupyterFrontEndPlugin<unknown>[] = [
  modelPlugin,
  panelPlugin,
  statusBarPlugin,
  notebookPlugin
];

export default plugins;
