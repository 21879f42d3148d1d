import type { JupyterFrontEndPlugin } from '@jupyterlab/application';

import panel from './panel/plugin';

const plugins: JupyterFrontEndPlugin<unknown>[] = [panel];

export default plugins;
