import type { IRenderMimeRegistry } from '@jupyterlab/rendermime';
import type { CommandRegistry } from '@lumino/commands';
import * as React from 'react';

import type { DiffSettings } from '../diff/settings';
import type { IGitLab } from '../tokens';

/** What the parts of a merge request's document need of JupyterLab. */
export interface IDocumentServices {
  /** Addresses the repository. */
  folder: string;
  iid: number;
  commands: CommandRegistry;
  gitlab: IGitLab;
  rendermime: IRenderMimeRegistry;
  settings: DiffSettings;
  /** Names the tab. */
  setTitle: (title: string) => void;
}

const Context = React.createContext<IDocumentServices | null>(null);

export const ServicesProvider = Context.Provider;

export function useDocument(): IDocumentServices {
  const services = React.useContext(Context);
  if (services === null) {
    throw new Error('useDocument needs a ServicesProvider above it.');
  }
  return services;
}

/** Runs a command of another room; nothing happens where it is not registered. */
export function useCommand(): (
  id: string,
  args?: Record<string, string | number | boolean>
) => Promise<unknown> {
  const { commands } = useDocument();
  return React.useCallback(
    async (id, args) =>
      commands.hasCommand(id) ? commands.execute(id, args) : undefined,
    [commands]
  );
}

/** The branch that the clone is on; null while that is not known or HEAD is detached. */
export function useLocalBranch(): string | null {
  const { gitlab, folder } = useDocument();
  const subscribe = React.useCallback(
    (listener: () => void) => {
      gitlab.stateChanged.connect(listener);
      return () => {
        gitlab.stateChanged.disconnect(listener);
      };
    },
    [gitlab]
  );
  return React.useSyncExternalStore(subscribe, () => {
    const { state } = gitlab;
    return state.kind === 'ready' && state.folder === folder
      ? state.repository.branch
      : null;
  });
}
