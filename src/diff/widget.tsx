import { MainAreaWidget } from '@jupyterlab/apputils';
import type { IEditorLanguageRegistry } from '@jupyterlab/codemirror';
import { PathExt } from '@jupyterlab/coreutils';
import type { IRenderMimeRegistry } from '@jupyterlab/rendermime';
import type { ISettingRegistry } from '@jupyterlab/settingregistry';
import type { TranslationBundle } from '@jupyterlab/translation';

import { queryClient } from '../api/queryClient';
import { VisibleWidget } from '../components/visibleWidget';
import { diffIcon } from '../icons';
import type { IGitLab, IRepositoryWidget } from '../tokens';
import { diffId, type IOpenDiffArgs } from './args';
import { DiffDocument } from './document';
import { fileDiffQuery } from './queries';
import { createDiffServices, DiffServicesProvider } from './services';
import { DiffSettings } from './settings';
import { displayPath } from './words';

export interface IDiffWidgetOptions {
  args: IOpenDiffArgs;
  gitlab: IGitLab;
  rendermime: IRenderMimeRegistry;
  languages: IEditorLanguageRegistry | null;
  settings: Promise<ISettingRegistry.ISettings> | null;
  trans: TranslationBundle;
}

/** A tab with the diff of one file; it follows the file when a side is the work tree. */
class DiffWidget
  extends MainAreaWidget<VisibleWidget>
  implements IRepositoryWidget
{
  constructor(content: VisibleWidget, args: IOpenDiffArgs, gitlab: IGitLab) {
    super({ content });
    this.gitlabFolder = args.folder;
    this.id = diffId(args);
    this.toolbar.hide();
    this._gitlab = gitlab;
    this._key = fileDiffQuery(gitlab.client, args).queryKey;
    if (args.old === 'WORKTREE' || args.new === 'WORKTREE') {
      gitlab.fileChanged.connect(this._refresh, this);
    }
  }

  readonly gitlabFolder: string;

  override dispose(): void {
    this._gitlab.fileChanged.disconnect(this._refresh, this);
    super.dispose();
  }

  /** Whichever file it was: the path may be known by another name, and asking again is cheap. */
  private _refresh(): void {
    void queryClient.invalidateQueries({ queryKey: this._key });
  }

  private _gitlab: IGitLab;
  private _key: readonly unknown[];
}

export function createDiffWidget(options: IDiffWidgetOptions): MainAreaWidget {
  const { args, gitlab, trans } = options;
  const services = createDiffServices(options.languages, options.rendermime);
  const settings = new DiffSettings(options.settings);
  const content = new VisibleWidget(gitlab.client, trans, () => (
    <DiffServicesProvider value={services}>
      <DiffDocument args={args} settings={settings} />
    </DiffServicesProvider>
  ));
  const widget = new DiffWidget(content, args, gitlab);
  const name = PathExt.basename(displayPath(args.newPath));
  widget.title.label = trans.__('%1 (diff)', name);
  widget.title.caption = [displayPath(args.newPath), args.label]
    .filter(part => part)
    .join('\n');
  widget.title.icon = diffIcon;
  widget.title.closable = true;
  return widget;
}
