import type { IEditorServices } from '@jupyterlab/codeeditor';
import type { IEditorLanguageRegistry } from '@jupyterlab/codemirror';
import type { IDocumentManager } from '@jupyterlab/docmanager';
import type { IRenderMimeRegistry } from '@jupyterlab/rendermime';
import type { CommandRegistry } from '@lumino/commands';
import * as React from 'react';

import { safeRendermime } from '../components/safeRendermime';
import { CommandIDs } from '../tokens';
import { Highlighter } from './highlight';

/** What can be done with a file that is compared; paths are contents paths. */
export interface IFileActions {
  open: (path: string) => void;
  showHistory: (path: string) => void;
  /** Shows a cell in the notebook itself. `index`: where it stands if it can't be found by its id. */
  openCell: (path: string, cell: { id: string | null; index: number }) => void;
}

/** What JupyterLab gives the diff view. */
export interface IDiffServices {
  highlighter: Highlighter;
  /** Renders untrusted content without loading anything from elsewhere. */
  rendermime: IRenderMimeRegistry;
  /** Null where there is nothing but the view. */
  files: IFileActions | null;
  /** Editors as in notebooks, for suggestions. */
  editors: IEditorServices | null;
  /** Open documents, which suggestions can change. */
  documents: IDocumentManager | null;
  /** Pulls a branch that the clone is on; null where there is no clone or no panel. */
  pull: ((folder: string, branch: string) => void) | null;
}

/** The command that pulls, for {@link IDiffServices.pull}. */
export function pullBy(commands: CommandRegistry): IDiffServices['pull'] {
  return (folder, branch) =>
    void commands.execute(CommandIDs.pull, { folder, branch });
}

export function createDiffServices(
  languages: IEditorLanguageRegistry | null,
  rendermime: IRenderMimeRegistry,
  commands: CommandRegistry | null = null,
  more: Partial<Pick<IDiffServices, 'editors' | 'documents' | 'pull'>> = {}
): IDiffServices {
  return {
    highlighter: new Highlighter(languages),
    rendermime: safeRendermime(rendermime),
    editors: more.editors ?? null,
    documents: more.documents ?? null,
    pull: more.pull ?? null,
    files: commands && {
      open: path => void commands.execute('docmanager:open', { path }),
      showHistory: path =>
        void commands.execute(CommandIDs.fileHistory, { path }),
      openCell: (path, { id, index }) =>
        void commands.execute(CommandIDs.openCell, { path, id, index })
    }
  };
}

const Context = React.createContext<IDiffServices | null>(null);

export const DiffServicesProvider = Context.Provider;

export function useDiffServices(): IDiffServices {
  const services = React.useContext(Context);
  if (services === null) {
    throw new Error('useDiffServices needs a DiffServicesProvider above it.');
  }
  return services;
}
