import type { IEditorLanguageRegistry } from '@jupyterlab/codemirror';
import type { IRenderMimeRegistry } from '@jupyterlab/rendermime';
import * as React from 'react';

import { safeRendermime } from '../components/safeRendermime';
import { Highlighter } from './highlight';

/** What JupyterLab gives the diff view. */
export interface IDiffServices {
  highlighter: Highlighter;
  /** Renders untrusted content without loading anything from elsewhere. */
  rendermime: IRenderMimeRegistry;
}

export function createDiffServices(
  languages: IEditorLanguageRegistry | null,
  rendermime: IRenderMimeRegistry
): IDiffServices {
  return {
    highlighter: new Highlighter(languages),
    rendermime: safeRendermime(rendermime)
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
