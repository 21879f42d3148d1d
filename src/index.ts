import type { JupyterFrontEndPlugin } from '@jupyterlab/application';

import { filesPlugin } from './compare/plugin';
import { diffPlugin } from './diff/plugin';
import { inboxPlugin } from './inbox/plugin';
import { jupyterlabGitPlugin } from './jupyterlabGit/plugin';
import { mergeRequestPlugin } from './mergeRequest/plugin';
import { notebookPlugin } from './notebook/plugin';
import { notebookThreadsPlugin } from './notebook/threads/plugin';
import { modelPlugin } from './panel/modelPlugin';
import { panelPlugin } from './panel/plugin';
import { statusBarPlugin } from './panel/statusBarPlugin';

const plugins: JupyterFrontEndPlugin<unknown>[] = [
  modelPlugin,
  panelPlugin,
  statusBarPlugin,
  notebookPlugin,
  notebookThreadsPlugin,
  diffPlugin,
  filesPlugin,
  jupyterlabGitPlugin,
  mergeRequestPlugin,
  inboxPlugin
];

export default plugins;
