import type { JupyterFrontEnd } from '@jupyterlab/application';
import { MainAreaWidget } from '@jupyterlab/apputils';
import type { IEditorServices } from '@jupyterlab/codeeditor';
import type { IEditorLanguageRegistry } from '@jupyterlab/codemirror';
import type { IDocumentManager } from '@jupyterlab/docmanager';
import type { IRenderMimeRegistry } from '@jupyterlab/rendermime';
import type { ISettingRegistry } from '@jupyterlab/settingregistry';
import type { TranslationBundle } from '@jupyterlab/translation';

import { addressedProject, isProjectAddress } from '../api/address';
import { VisibleWidget } from '../components/visibleWidget';
import {
  createDiffServices,
  DiffServicesProvider,
  pullBy
} from '../diff/services';
import { DiffSettings } from '../diff/settings';
import { mergeRequestIcon } from '../icons';
import type { IGitLab, IRepositoryWidget } from '../tokens';
import { documentId, type IOpenMergeRequestArgs } from './args';
import { type IDocumentServices, ServicesProvider } from './context';
import { MergeRequestDocument } from './document';

export interface IMergeRequestWidgetOptions {
  args: IOpenMergeRequestArgs;
  app: JupyterFrontEnd;
  gitlab: IGitLab;
  rendermime: IRenderMimeRegistry;
  languages: IEditorLanguageRegistry | null;
  editors: IEditorServices | null;
  documents: IDocumentManager | null;
  settings: Promise<ISettingRegistry.ISettings> | null;
  trans: TranslationBundle;
}

/** A tab with a merge request. While it is active, the panel shows its repository. */
class MergeRequestWidget
  extends MainAreaWidget<VisibleWidget>
  implements IRepositoryWidget
{
  constructor(content: VisibleWidget, args: IOpenMergeRequestArgs) {
    super({ content });
    this.gitlabFolder = args.folder;
    this.id = documentId(args);
    this.title.label = `!${args.iid}`;
    this.title.icon = mergeRequestIcon;
    this.title.closable = true;
    this.toolbar.hide();
  }

  readonly gitlabFolder: string;
}

export function createMergeRequestWidget(
  options: IMergeRequestWidgetOptions
): MainAreaWidget {
  const { args, app, gitlab, trans, rendermime } = options;
  const { languages, editors, documents } = options;
  const diffServices = createDiffServices(languages, rendermime, null, {
    editors,
    documents,
    pull: isProjectAddress(args.folder) ? null : pullBy(app.commands)
  });
  const services: IDocumentServices = {
    folder: args.folder,
    iid: args.iid,
    commands: app.commands,
    gitlab,
    rendermime,
    settings: new DiffSettings(options.settings),
    setTitle: title => {
      const project = addressedProject(args.folder) ?? '';
      const short = project.slice(project.lastIndexOf('/') + 1);
      widget.title.label = trans.__('%1!%2 %3', short, args.iid, title);
      widget.title.caption = trans.__(
        'Merge request %1!%2\n%3',
        project,
        args.iid,
        title
      );
    }
  };
  const content = new VisibleWidget(gitlab.client, trans, () => (
    <DiffServicesProvider value={diffServices}>
      <ServicesProvider value={services}>
        <MergeRequestDocument />
      </ServicesProvider>
    </DiffServicesProvider>
  ));
  const widget = new MergeRequestWidget(content, args);
  return widget;
}
