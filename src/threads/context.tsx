import type { IRenderMimeRegistry } from '@jupyterlab/rendermime';
import * as React from 'react';

import type { Drafts } from './drafts';
import type { IThreadsOf } from './types';

/** What threads and comment boxes need above them. */
export interface IThreadServices {
  of: IThreadsOf;
  drafts: Drafts;
  /** Renders notes; made by `safeRendermime`. */
  rendermime: IRenderMimeRegistry;
}

const Context = React.createContext<IThreadServices | null>(null);

export const ThreadsProvider = Context.Provider;

export function useThreads(): IThreadServices {
  const services = React.useContext(Context);
  if (services === null) {
    throw new Error('useThreads needs a ThreadsProvider above it.');
  }
  return services;
}
