import type { IEditorServices } from '@jupyterlab/codeeditor';
import type { IEditorLanguageRegistry } from '@jupyterlab/codemirror';
import type { IDocumentManager } from '@jupyterlab/docmanager';
import type { NotebookPanel } from '@jupyterlab/notebook';
import type { IRenderMimeRegistry } from '@jupyterlab/rendermime';
import type { TranslationBundle } from '@jupyterlab/translation';
import type { CommandRegistry } from '@lumino/commands';
import { type Message, MessageLoop } from '@lumino/messaging';
import { createRoot } from 'react-dom/client';

import { ApiProvider } from '../../api/context';
import {
  createDiffServices,
  DiffServicesProvider,
  pullBy
} from '../../diff/services';
import type { IGitLab } from '../../tokens';
import { LiveThreads } from './liveThreads';

export interface IAttachOptions {
  commands: CommandRegistry;
  gitlab: IGitLab;
  rendermime: IRenderMimeRegistry;
  languages: IEditorLanguageRegistry | null;
  editors: IEditorServices | null;
  documents: IDocumentManager | null;
  trans: TranslationBundle;
}

/** Messages after which a panel may have come on screen or left it. */
const SHOWING = ['after-show', 'before-hide', 'after-hide', 'after-attach'];

/** Shows threads below the cells of a notebook for as long as it is open. Nothing is asked for while it is hidden. */
export function attachThreads(
  panel: NotebookPanel,
  options: IAttachOptions
): void {
  const { gitlab, rendermime, trans } = options;
  const services = createDiffServices(options.languages, rendermime, null, {
    editors: options.editors,
    documents: options.documents,
    pull: pullBy(options.commands)
  });
  // All that is drawn goes through portals into the cells.
  const root = createRoot(document.createElement('div'));
  const draw = () => {
    root.render(
      <ApiProvider
        client={gitlab.client}
        trans={trans}
        visible={panel.isVisible}
      >
        <DiffServicesProvider value={services}>
          <LiveThreads panel={panel} gitlab={gitlab} rendermime={rendermime} />
        </DiffServicesProvider>
      </ApiProvider>
    );
  };
  const onMessage = (_: unknown, message: Message): boolean => {
    if (SHOWING.includes(message.type)) {
      // Once the panel has changed.
      requestAnimationFrame(() => {
        if (!panel.isDisposed) {
          draw();
        }
      });
    }
    return true;
  };
  MessageLoop.installMessageHook(panel, onMessage);
  panel.disposed.connect(() => {
    MessageLoop.removeMessageHook(panel, onMessage);
    root.unmount();
  });
  draw();
}
