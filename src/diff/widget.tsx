import type { JupyterFrontEnd } from '@jupyterlab/application';
import { MainAreaWidget } from '@jupyterlab/apputils';
import type { IEditorLanguageRegistry } from '@jupyterlab/codemirror';
import type { IRenderMimeRegistry } from '@jupyterlab/rendermime';
import type { ISettingRegistry } from '@jupyterlab/settingregistry';
import type { TranslationBundle } from '@jupyterlab/translation';

import { queryClient } from '../api/queryClient';
import { VisibleWidget } from '../components/visibleWidget';
import { diffIcon } from '../icons';
import type { IGitLab, IRepositoryWidget } from '../tokens';
import { diffId, type IOpenDiffArgs } from './args';
import { DiffDocument } from './document';
import type { ICellJump } from './jump';
import { fileDiffQuery, isOnDisk } from './queries';
import { createDiffServices, DiffServicesProvider } from './services';
import { DiffSettings } from './settings';
import { tabTitle } from './title';
import type { FileDiff } from './types';

export interface IDiffWidgetOptions {
  args: IOpenDiffArgs;
  app: JupyterFrontEnd;
  gitlab: IGitLab;
  rendermime: IRenderMimeRegistry;
  languages: IEditorLanguageRegistry | null;
  settings: Promise<ISettingRegistry.ISettings> | null;
  trans: TranslationBundle;
  /** The comparison, if it has been asked for already. */
  answer: Promise<FileDiff> | null;
}

/** A tab with the diff of one file; it follows the file when a side is the work tree. */
export class DiffWidget
  extends MainAreaWidget<VisibleWidget>
  implements IRepositoryWidget
{
  constructor(
    content: VisibleWidget,
    jump: { now: ICellJump | null },
    args: IOpenDiffArgs,
    gitlab: IGitLab
  ) {
    super({ content });
    this._jump = jump;
    this.gitlabFolder = args.folder;
    this.id = diffId(args);
    this.toolbar.hide();
    this._gitlab = gitlab;
    this._key = fileDiffQuery(gitlab.client, args).queryKey;
    if ([args.old, args.new].some(isOnDisk)) {
      gitlab.fileChanged.connect(this._refresh, this);
    }
  }

  readonly gitlabFolder: string;

  /** Brings the reader to a cell, as soon as the diff is there. */
  reveal(jump: ICellJump): void {
    this._jump.now = jump;
    this.content.update();
  }

  override dispose(): void {
    this._gitlab.fileChanged.disconnect(this._refresh, this);
    super.dispose();
  }

  /** Whichever file it was: the path may be known by another name, and asking again is cheap. */
  private _refresh(): void {
    void queryClient.invalidateQueries({ queryKey: this._key });
  }

  private _jump: { now: ICellJump | null };
  private _gitlab: IGitLab;
  private _key: readonly unknown[];
}

export function createDiffWidget(options: IDiffWidgetOptions): DiffWidget {
  const { args, app, gitlab, trans, answer } = options;
  const services = createDiffServices(
    options.languages,
    options.rendermime,
    app.commands
  );
  const settings = new DiffSettings(options.settings);
  const jump: { now: ICellJump | null } = { now: null };
  if (answer) {
    const query = fileDiffQuery(gitlab.client, args);
    void queryClient.prefetchQuery({ ...query, queryFn: () => answer });
  }
  const content = new VisibleWidget(gitlab.client, trans, () => (
    <DiffServicesProvider value={services}>
      <DiffDocument args={args} settings={settings} jump={jump.now} />
    </DiffServicesProvider>
  ));
  const widget = new DiffWidget(content, jump, args, gitlab);
  Object.assign(widget.title, tabTitle(args, trans));
  widget.title.icon = diffIcon;
  widget.title.closable = true;
  return widget;
}
