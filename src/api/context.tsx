import {
  nullTranslator,
  type TranslationBundle
} from '@jupyterlab/translation';
import { QueryClientProvider, type QueryClient } from '@tanstack/react-query';
import * as React from 'react';

import { ApiClient } from './client';
import { queryClient as sharedQueryClient } from './queryClient';

interface IApiContext {
  client: ApiClient;
  trans: TranslationBundle;
  visible: boolean;
}

const Context = React.createContext<IApiContext | null>(null);
const fallbackTrans = nullTranslator.load('jupyterlab_gitlab');

export interface IApiProviderProps {
  client: ApiClient;
  trans: TranslationBundle;
  /** False while the widget is hidden: nothing is asked then. */
  visible?: boolean;
  /** Another cache, for tests. */
  queryClient?: QueryClient;
  children?: React.ReactNode;
}

/** Gives the components below it the client, the cache and the translations. One at the root of each widget. */
export function ApiProvider(props: IApiProviderProps): React.JSX.Element {
  const { client, trans, visible = true } = props;
  const value = React.useMemo(
    () => ({ client, trans, visible }),
    [client, trans, visible]
  );
  return (
    <QueryClientProvider client={props.queryClient ?? sharedQueryClient}>
      <Context.Provider value={value}>{props.children}</Context.Provider>
    </QueryClientProvider>
  );
}

/** The client of the server part. */
export function useClient(): ApiClient {
  const context = React.useContext(Context);
  if (context === null) {
    throw new Error('useClient needs an ApiProvider above it.');
  }
  return context.client;
}

/** The translations; works without a provider too, in English. */
export function useTrans(): TranslationBundle {
  return React.useContext(Context)?.trans ?? fallbackTrans;
}

/** Whether the widget is on screen. Queries are switched off while it isn't. */
export function useVisible(): boolean {
  return React.useContext(Context)?.visible ?? true;
}
