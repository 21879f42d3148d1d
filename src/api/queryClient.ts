import { focusManager, QueryCache, QueryClient } from '@tanstack/react-query';

import { ApiError } from './errors';
import { keys } from './keys';

/** The window's focus counts, not only that the page is shown: one looks from GitLab's page back to JupyterLab. */
focusManager.setEventListener(changed => {
  const onChange = () => changed();
  window.addEventListener('focus', onChange);
  document.addEventListener('visibilitychange', onChange);
  return () => {
    window.removeEventListener('focus', onChange);
    document.removeEventListener('visibilitychange', onChange);
  };
});

/** Once more for what may pass by itself; answers that say no are final. */
function retry(count: number, error: Error): boolean {
  return (
    count < 1 &&
    error instanceof ApiError &&
    (error.status === 0 || error.status === 502 || error.status === 504)
  );
}

/**
 * A token that has stopped serving shows in whatever is asked next: then it is asked anew who is signed in, so that the
 * form to sign in comes up.
 */
const queryCache = new QueryCache({
  onError: (error, { queryKey }) => {
    const account = keys.account(String(queryKey[1]));
    if (
      error instanceof ApiError &&
      error.isToken &&
      queryKey[account.length - 1] !== account[account.length - 1]
    ) {
      void queryClient.invalidateQueries({ queryKey: account });
    }
  }
});

/**
 * The cache of what the server part answered, shared by the panel and the documents.
 *
 * `networkMode` is `always` because the Jupyter server may well run on this machine: whether GitLab can be reached is
 * for the server part to say.
 */
export const queryClient = new QueryClient({
  queryCache,
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
