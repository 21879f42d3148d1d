import { QueryClient } from '@tanstack/react-query';

import { ApiError } from './errors';

/** Once more for what may pass by itself; answers that say no are final. */
function retry(count: number, error: Error): boolean {
  return (
    count < 1 &&
    error instanceof ApiError &&
    (error.status === 0 || error.status === 502 || error.status === 504)
  );
}

/**
 * The cache of what the server part answered, shared by the panel and the documents.
 *
 * `networkMode` is `always` because the Jupyter server may well run on this machine: whether GitLab can be reached is
 * for the server part to say.
 */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      networkMode: 'always',
      refetchIntervalInBackground: false,
      refetchOnWindowFocus: true,
      retry,
      staleTime: 5_000
    },
    mutations: { networkMode: 'always' }
  }
});
