import type { JupyterFrontEnd } from '@jupyterlab/application';
import { MainAreaWidget } from '@jupyterlab/apputils';
import type { IEditorLanguageRegistry } from '@jupyterlab/codemirror';
import { PathExt } from '@jupyterlab/coreutils';
import type { IRenderMimeRegistry } from '@jupyterlab/rendermime';
import type { ISettingRegistry } from '@jupyterlab/settingregistry';
import type { TranslationBundle } from '@jupyterlab/translation';

import { keys } from '../api/keys';
import { queryClient } from '../api/queryClient';
import { VisibleWidget } from '../components/visibleWidget';
import { createDiffServices, DiffServicesProvider } from '../diff/services';
import { DiffSettings } from '../diff/settings';
import { displayPath } from '../diff/words';
import { historyIcon } from '../icons';
import type { IGitLab, IRepositoryWidget } from '../tokens';
import type { IHistoryArgs } from './args';
import { HistoryDocument } from './document';
import { historyKey } from './queries';

export interface IHistoryWidgetOptions {
  args: IHistoryArgs;
  app: JupyterFrontEnd;
  gitlab: IGitLab;
  rendermime: IRenderMimeRegistry;
  languages: IEditorLanguageRegistry | null;
  settings: Promise<ISettingRegistry.ISettings> | null;
  trans: TranslationBundle;
}

/** A tab with the history of a file; it follows what is saved and committed. */
class HistoryWidget
  extends MainAreaWidget<VisibleWidget>
  implements IRepositoryWidget
{
  constructor(content: VisibleWidget, args: IHistoryArgs, gitlab: IGitLab) {
    super({ content });
    this.gitlabFolder = args.folder;
    this.toolbar.hide();
    this._args = args;
    this._gitlab = gitlab;
    gitlab.fileChanged.connect(this._onFile, this);
    gitlab.stateChanged.connect(this._onCommit, this);
  }

  readonly gitlabFolder: string;

  override dispose(): void {
    this._gitlab.fileChanged.disconnect(this._onFile, this);
    this._gitlab.stateChanged.disconnect(this._onCommit, this);
    super.dispose();
  }

  private _onFile(): void {
    void queryClient.invalidateQueries({
      queryKey: [...keys.local(this._args.folder), 'diff']
    });
  }

  private _onCommit(): void {
    const { folder, path } = this._args;
    void queryClient.invalidateQueries({ queryKey: historyKey(folder, path) });
  }

  private _args: IHistoryArgs;
  private _gitlab: IGitLab;
}

export function createHistoryWidget(
  options: IHistoryWidgetOptions
): MainAreaWidget {
  const { args, app, gitlab, trans } = options;
  const services = createDiffServices(
    options.languages,
    options.rendermime,
    app.commands
  );
  const settings = new DiffSettings(options.settings);
  const content = new VisibleWidget(gitlab.client, trans, () => (
    <DiffServicesProvider value={services}>
      <HistoryDocument
        folder={args.folder}
        path={args.path}
        settings={settings}
      />
    </DiffServicesProvider>
  ));
  const widget = new HistoryWidget(content, args, gitlab);
  const path = displayPath(args.path);
  widget.title.label = trans.__('%1 (history)', PathExt.basename(path));
  widget.title.caption = trans.__('History of %1', path);
  widget.title.icon = historyIcon;
  widget.title.closable = true;
  return widget;
}
