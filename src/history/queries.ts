import { useInfiniteQuery } from '@tanstack/react-query';

import type { Schemas } from '../api/client';
import { useClient, useVisible } from '../api/context';
import { keys } from '../api/keys';

/** Under which key the history of a file is kept. */
export function historyKey(folder: string, path: string): readonly unknown[] {
  return [...keys.local(folder), 'history', path];
}

/** The commits of a file, page by page. */
export function useFileHistory(folder: string, path: string) {
  const client = useClient();
  return useInfiniteQuery({
    queryKey: historyKey(folder, path),
    queryFn: ({ pageParam, signal }) =>
      client.get('/file-history', {
        query: { folder, path, page: pageParam },
        signal
      }),
    initialPageParam: 1,
    getNextPageParam: (last: Schemas['FileHistory']) => last.next_page,
    enabled: useVisible()
  });
}
