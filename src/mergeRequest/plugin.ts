import {
  ILayoutRestorer,
  type JupyterFrontEnd,
  type JupyterFrontEndPlugin
} from '@jupyterlab/application';
import { type MainAreaWidget, WidgetTracker } from '@jupyterlab/apputils';
import { IEditorServices } from '@jupyterlab/codeeditor';
import { IEditorLanguageRegistry } from '@jupyterlab/codemirror';
import { IDocumentManager } from '@jupyterlab/docmanager';
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
  documentId,
  type IOpenMergeRequestArgs,
  readArgs
} from './args';

/** Opens merge requests in the main area. */
export const mergeRequestPlugin: JupyterFrontEndPlugin<void> = {
  id: `${EXTENSION_ID}:merge-request`,
  description: 'Merge requests as documents of the main area.',
  autoStart: true,
  requires: [IGitLab, IRenderMimeRegistry],
  optional: [
    IEditorLanguageRegistry,
    ISettingRegistry,
    ITranslator,
    ILayoutRestorer,
    IEditorServices,
    IDocumentManager
  ],
  activate: (
    app: JupyterFrontEnd,
    gitlab: IGitLab,
    rendermime: IRenderMimeRegistry,
    languages: IEditorLanguageRegistry | null,
    settingRegistry: ISettingRegistry | null,
    translator: ITranslator | null,
    restorer: ILayoutRestorer | null,
    editors: IEditorServices | null,
    documents: IDocumentManager | null
  ): void => {
    const trans = (translator ?? nullTranslator).load(TRANSLATION_DOMAIN);
    const tracker = new WidgetTracker<MainAreaWidget>({
      namespace: 'gitlab-merge-request'
    });
    const opening = new Map<string, Promise<MainAreaWidget>>();
    const argsOf = new WeakMap<MainAreaWidget, IOpenMergeRequestArgs>();

    const create = async (
      args: IOpenMergeRequestArgs
    ): Promise<MainAreaWidget> => {
      // The code and what it will show come at the same time.
      void import('./prefetch')
        .then(({ prefetchMergeRequest }) =>
          prefetchMergeRequest(gitlab.client, args.folder, args.iid)
        )
        .catch(() => undefined);
      const { createMergeRequestWidget } = await loaded(
        () => import('./widget'),
        trans
      );
      const widget = createMergeRequestWidget({
        args,
        app,
        gitlab,
        rendermime,
        languages,
        editors,
        documents,
        settings: settingRegistry?.load(`${EXTENSION_ID}:diff`) ?? null,
        trans
      });
      argsOf.set(widget, args);
      await tracker.add(widget);
      return widget;
    };

    app.commands.addCommand(CommandIDs.openMergeRequest, {
      label: args =>
        readArgs(args)
          ? trans.__('Open Merge Request !%1', Number(args.iid))
          : trans.__('Open Merge Request'),
      caption: trans.__('Read, review and merge a merge request'),
      describedBy: { args: ARGS_SCHEMA },
      execute: async args => {
        const wanted = readArgs(args);
        if (wanted === null) {
          throw new Error(trans.__('The command needs the number (iid).'));
        }
        const id = documentId(wanted);
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
          app.shell.add(widget, 'main', { type: 'GitLab Merge Request' });
        }
        app.shell.activateById(widget.id);
        return widget;
      }
    });

    if (restorer) {
      void restorer.restore(tracker, {
        command: CommandIDs.openMergeRequest,
        args: widget => ({ ...argsOf.get(widget) }),
        name: widget => widget.id
      });
    }
  }
};
