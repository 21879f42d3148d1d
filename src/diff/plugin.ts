import {
  ILayoutRestorer,
  type JupyterFrontEnd,
  type JupyterFrontEndPlugin
} from '@jupyterlab/application';
import { WidgetTracker } from '@jupyterlab/apputils';
import { IEditorLanguageRegistry } from '@jupyterlab/codemirror';
import { IRenderMimeRegistry } from '@jupyterlab/rendermime';
import { ISettingRegistry } from '@jupyterlab/settingregistry';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';

import { loaded } from '../loading';
import {
  CommandIDs,
  EXTENSION_ID,
  IGitLab,
  TRANSLATION_DOMAIN
} from '../tokens';
import {
  ARGS_SCHEMA,
  diffId,
  type IOpenDiffArgs,
  readArgs,
  readCell,
  requestOptions,
  writeArgs
} from './args';
import { jumpTo } from './jump';
import type { DiffWidget } from './widget';

const PLUGIN_ID = `${EXTENSION_ID}:diff`;

/** Opens the diff of a file in the main area. */
export const diffPlugin: JupyterFrontEndPlugin<void> = {
  id: PLUGIN_ID,
  description: 'The diff view for notebooks and other files.',
  autoStart: true,
  requires: [IGitLab, IRenderMimeRegistry],
  optional: [
    IEditorLanguageRegistry,
    ISettingRegistry,
    ITranslator,
    ILayoutRestorer
  ],
  activate: (
    app: JupyterFrontEnd,
    gitlab: IGitLab,
    rendermime: IRenderMimeRegistry,
    languages: IEditorLanguageRegistry | null,
    settingRegistry: ISettingRegistry | null,
    translator: ITranslator | null,
    restorer: ILayoutRestorer | null
  ): void => {
    const trans = (translator ?? nullTranslator).load(TRANSLATION_DOMAIN);
    const tracker = new WidgetTracker<DiffWidget>({
      namespace: 'gitlab-diff'
    });
    const opening = new Map<string, Promise<DiffWidget>>();
    const argsOf = new WeakMap<DiffWidget, IOpenDiffArgs>();

    const create = async (args: IOpenDiffArgs): Promise<DiffWidget> => {
      // While the code of the view is being loaded.
      const answer = gitlab.client.get('/diffs', requestOptions(args));
      answer.catch(() => undefined);
      const { createDiffWidget } = await loaded(
        () => import('./widget'),
        trans
      );
      const widget = createDiffWidget({
        args,
        app,
        gitlab,
        rendermime,
        languages,
        settings: settingRegistry?.load(PLUGIN_ID) ?? null,
        trans,
        answer
      });
      argsOf.set(widget, args);
      tracker.add(widget).catch((reason: unknown) => {
        console.warn('The tab will not be restored.', reason);
      });
      return widget;
    };

    app.commands.addCommand(CommandIDs.openDiff, {
      label: trans.__('Open Diff'),
      caption: trans.__('Compare two versions of a file'),
      describedBy: { args: ARGS_SCHEMA },
      execute: async args => {
        const wanted = readArgs(args);
        if (wanted === null) {
          throw new Error(trans.__('The command needs the path of a file.'));
        }
        const id = diffId(wanted);
        let widget = tracker.find(each => each.id === id);
        if (!widget) {
          const made = opening.get(id) ?? create(wanted);
          opening.set(id, made);
          try {
            widget = await made;
          } finally {
            opening.delete(id);
          }
        }
        if (!widget.isAttached) {
          app.shell.add(widget, 'main', { type: 'GitLab Diff' });
        }
        app.shell.activateById(widget.id);
        const cell = readCell(args);
        if (cell !== null) {
          widget.reveal(jumpTo(cell));
        }
        return widget;
      }
    });

    if (restorer) {
      void restorer.restore(tracker, {
        command: CommandIDs.openDiff,
        args: widget => {
          const args = argsOf.get(widget);
          return args ? writeArgs(args) : {};
        },
        name: widget => widget.id
      });
    }
  }
};
