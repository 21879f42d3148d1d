import type { IDocumentManager } from '@jupyterlab/docmanager';
import { nullTranslator } from '@jupyterlab/translation';
import { QueryClient } from '@tanstack/react-query';
import {
  RenderMimeRegistry,
  standardRendererFactories
} from '@jupyterlab/rendermime';
import { render, type RenderResult } from '@testing-library/react';
import * as React from 'react';

import type { ApiClient } from '../api/client';
import { ApiProvider } from '../api/context';
import { createDiffServices, DiffServicesProvider } from '../diff/services';
import { ThreadsProvider } from '../threads/context';
import { Drafts } from '../threads/drafts';

/** A client whose verbs are jest's; each test says what they answer. */
export type FakeClient = {
  [V in 'get' | 'post' | 'put' | 'delete']: jest.Mock;
};

export function fakeClient(): FakeClient {
  const never = () => jest.fn(() => new Promise(() => undefined));
  return { get: never(), post: never(), put: never(), delete: never() };
}

/** The merge request that threads of tests belong to. */
export const OF = {
  folder: 'clone',
  iid: 42,
  projectUrl: 'https://gitlab.example/a/b'
};

/** Draws with all that threads and diffs need above them. */
export function renderWithApi(
  node: React.ReactElement,
  options: {
    client?: FakeClient;
    cache?: QueryClient;
    drafts?: Drafts;
    documents?: IDocumentManager;
    pull?: (folder: string, branch: string) => void;
  } = {}
): RenderResult {
  const cache =
    options.cache ??
    new QueryClient({
      defaultOptions: { queries: { retry: false, staleTime: Infinity } }
    });
  const rendermime = new RenderMimeRegistry({
    initialFactories: standardRendererFactories
  });
  const services = createDiffServices(null, rendermime, null, {
    documents: options.documents,
    pull: options.pull
  });
  const threads = {
    of: OF,
    drafts: options.drafts ?? new Drafts(OF),
    rendermime
  };
  const wrapper = (props: { children: React.ReactNode }) => (
    <ApiProvider
      client={(options.client ?? fakeClient()) as unknown as ApiClient}
      trans={nullTranslator.load('jupyterlab_gitlab')}
      queryClient={cache}
    >
      <DiffServicesProvider value={services}>
        <ThreadsProvider value={threads}>{props.children}</ThreadsProvider>
      </DiffServicesProvider>
    </ApiProvider>
  );
  return render(node, { wrapper });
}
