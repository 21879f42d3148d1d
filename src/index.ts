import type { JupyterFrontEndPlugin } from '@jupyterlab/application';

import { modelPlugin } from './panel/modelPlugin';
import { panelPlugin } from './panel/plugin';

const plugins: JupyterFrontEndPlugin<unknown>[] = [modelPlugin, panelPlugin];

export default plugins;
