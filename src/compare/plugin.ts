import {
  ILayoutRestorer,
  type JupyterFrontEnd,
  type JupyterFrontEndPlugin
} from '@jupyterlab/application';
import {
  ICommandPalette,
  type MainAreaWidget,
  WidgetTracker
} from '@jupyterlab/apputils';
import { IEditorLanguageRegistry } from '@jupyterlab/codemirror';
import { IDocumentManager } from '@jupyterlab/docmanager';
import { IFileBrowserFactory } from '@jupyterlab/filebrowser';
import { IRenderMimeRegistry } from '@jupyterlab/rendermime';
import { ISettingRegistry } from '@jupyterlab/settingregistry';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';
import type { ReadonlyPartialJSONObject } from '@lumino/coreutils';

import {
  historyId,
  type IHistoryArgs,
  writeHistoryArgs
} from '../history/args';
import { loaded } from '../loading';
import {
  CommandIDs,
  EXTENSION_ID,
  IGitLab,
  TRANSLATION_DOMAIN
} from '../tokens';
import { chosenFile, type IPlaces, selectedFiles } from './places';

type Args = ReadonlyPartialJSONObject;

/** Comparing a file with its other versions or with another file, and its history. */
export const filesPlugin: JupyterFrontEndPlugin<void> = {
  id: `${EXTENSION_ID}:files`,
  description: 'Compares files of the file browser, and shows their history.',
  autoStart: true,
  requires: [IGitLab, IDocumentManager, IRenderMimeRegistry],
  optional: [
    IFileBrowserFactory,
    IEditorLanguageRegistry,
    ISettingRegistry,
    ITranslator,
    ICommandPalette,
    ILayoutRestorer
  ],
  activate: (
    app: JupyterFrontEnd,
    gitlab: IGitLab,
    docManager: IDocumentManager,
    rendermime: IRenderMimeRegistry,
    browsers: IFileBrowserFactory | null,
    languages: IEditorLanguageRegistry | null,
    settingRegistry: ISettingRegistry | null,
    translator: ITranslator | null,
    palette: ICommandPalette | null,
    restorer: ILayoutRestorer | null
  ): void => {
    const { commands } = app;
    const trans = (translator ?? nullTranslator).load(TRANSLATION_DOMAIN);
    const places: IPlaces = { app, docManager, browsers };
    const services = { commands, docManager, gitlab, trans };

    /** A command about the file that its arguments name, that is selected, or that is open. */
    const add = (
      id: string,
      words: { menu: string; palette: string; caption: string },
      execute: (
        actions: typeof import('./actions'),
        path: string,
        args: Args
      ) => unknown,
      more: Record<string, { type: 'string'; description: string }> = {}
    ) => {
      commands.addCommand(id, {
        label: args => (args.isMenu ? words.menu : words.palette),
        caption: words.caption,
        describedBy: {
          args: {
            type: 'object',
            properties: {
              path: {
                type: 'string',
                description:
                  'Contents path; default: the selected file, or the one that is open'
              },
              isMenu: {
                type: 'boolean',
                description: 'About the file that is selected in the browser'
              },
              ...more
            }
          }
        },
        isEnabled: args => chosenFile(places, args) !== null,
        execute: async args => {
          const path = chosenFile(places, args);
          if (path !== null) {
            const actions = await loaded(() => import('./actions'), trans);
            await execute(actions, path, args);
          }
        }
      });
      palette?.addItem({ command: id, category: 'GitLab' });
    };

    add(
      CommandIDs.compareWithHead,
      {
        menu: trans.__('Last Commit'),
        palette: trans.__('Compare File with Last Commit'),
        caption: trans.__('The file as it was committed, and as it is now')
      },
      (actions, path) => actions.compareWithHead(services, path)
    );
    add(
      CommandIDs.compareWithBranch,
      {
        menu: trans.__('Branch…'),
        palette: trans.__('Compare File with Branch…'),
        caption: trans.__('The file as it is on another branch')
      },
      (actions, path, { branch }) =>
        actions.compareWithBranch(
          services,
          path,
          typeof branch === 'string' ? branch : undefined
        ),
      { branch: { type: 'string', description: 'Default: asks for it' } }
    );
    add(
      CommandIDs.compareWithCommit,
      {
        menu: trans.__('Commit…'),
        palette: trans.__('Compare File with Commit…'),
        caption: trans.__('The file as one of its commits left it')
      },
      (actions, path) => actions.compareWithCommit(services, path)
    );
    add(
      CommandIDs.compareWithFile,
      {
        menu: trans.__('Another File…'),
        palette: trans.__('Compare File with Another File…'),
        caption: trans.__('Two files that lie on the disk')
      },
      (actions, path, { other }) =>
        actions.compareWithFile(
          services,
          path,
          typeof other === 'string' ? other : undefined
        ),
      { other: { type: 'string', description: 'Default: asks for it' } }
    );
    commands.addCommand(CommandIDs.compareSelected, {
      label: trans.__('Compare Selected Files'),
      describedBy: { args: { type: 'object', properties: {} } },
      isVisible: () => selectedFiles(places).length === 2,
      isEnabled: () => selectedFiles(places).length === 2,
      execute: async () => {
        const [path, other] = selectedFiles(places);
        const { compareWithFile } = await loaded(
          () => import('./actions'),
          trans
        );
        await compareWithFile(services, path, other);
      }
    });

    const tracker = new WidgetTracker<MainAreaWidget>({
      namespace: 'gitlab-history'
    });
    const argsOf = new WeakMap<MainAreaWidget, IHistoryArgs>();
    commands.addCommand(CommandIDs.fileHistory, {
      label: args =>
        args.isMenu ? trans.__('File History') : trans.__('History of File'),
      caption: trans.__('The commits that changed the file'),
      describedBy: {
        args: {
          type: 'object',
          properties: {
            path: {
              type: 'string',
              description:
                'Contents path; default: the selected file, or the one that is open'
            },
            folder: {
              type: 'string',
              description: 'A folder of the repository, with path_id'
            },
            path_id: {
              type: 'string',
              description: 'The path in the repository, instead of path'
            },
            isMenu: {
              type: 'boolean',
              description: 'About the file that is selected in the browser'
            }
          }
        }
      },
      isEnabled: args =>
        typeof args.path_id === 'string' || chosenFile(places, args) !== null,
      execute: async args => {
        const [{ createHistoryWidget }, { locate }] = await loaded(
          () => Promise.all([import('../history/widget'), import('./actions')]),
          trans
        );
        const { folder, path_id: id } = args;
        const file =
          typeof folder === 'string' && typeof id === 'string'
            ? { folder, path: id }
            : await locate(services, chosenFile(places, args) ?? '');
        if (file === null) {
          return;
        }
        let widget = tracker.find(each => each.id === historyId(file));
        if (!widget) {
          widget = createHistoryWidget({
            args: file,
            app,
            gitlab,
            rendermime,
            languages,
            settings: settingRegistry?.load(`${EXTENSION_ID}:diff`) ?? null,
            trans
          });
          argsOf.set(widget, file);
          tracker.add(widget).catch((reason: unknown) => {
            console.warn('The tab will not be restored.', reason);
          });
        }
        if (!widget.isAttached) {
          app.shell.add(widget, 'main', { type: 'GitLab History' });
        }
        app.shell.activateById(widget.id);
      }
    });
    palette?.addItem({ command: CommandIDs.fileHistory, category: 'GitLab' });
    if (restorer) {
      void restorer.restore(tracker, {
        command: CommandIDs.fileHistory,
        args: widget => {
          const args = argsOf.get(widget);
          return args ? writeHistoryArgs(args) : {};
        },
        name: widget => widget.id
      });
    }
  }
};
