import {
  keepPreviousData,
  useInfiniteQuery,
  useMutation,
  type UseMutationResult,
  useQuery,
  useQueryClient,
  type UseQueryResult
} from '@tanstack/react-query';

import type { ApiClient, Schemas } from './client';
import { useClient, useVisible } from './context';
import { type InboxScope, keys } from './keys';

/** Milliseconds between two looks at what is on screen. */
const INTERVAL = 60_000;

/** Asks for the GitLabs that the server knows without a repository, the one to begin with first. */
export function hostsQuery(client: ApiClient) {
  return {
    queryKey: keys.hosts,
    queryFn: ({ signal }: { signal: AbortSignal }) =>
      client.get('/hosts', { signal })
  };
}

export function useHosts(): UseQueryResult<Schemas['Hosts']> {
  const client = useClient();
  return useQuery({ ...hostsQuery(client), enabled: useVisible() });
}

/** Asks how much waits; the panel and the sidebar's icon share the answer. */
export function inboxCountsQuery(client: ApiClient, folder: string) {
  return {
    queryKey: keys.inboxCounts(folder),
    queryFn: ({ signal }: { signal: AbortSignal }) =>
      client.get('/inbox/counts', { query: { folder }, signal })
  };
}

export function useInboxCounts(
  folder: string
): UseQueryResult<Schemas['InboxCounts']> {
  const client = useClient();
  return useQuery({
    ...inboxCountsQuery(client, folder),
    enabled: useVisible(),
    refetchInterval: INTERVAL
  });
}

/** Open merge requests of all projects, page by page. */
export function useInbox(folder: string, scope: InboxScope, search: string) {
  const client = useClient();
  return useInfiniteQuery({
    queryKey: keys.inboxList(folder, scope, search),
    queryFn: ({ pageParam, signal }) =>
      client.get('/inbox', {
        query: { folder, scope, search, page: pageParam },
        signal
      }),
    initialPageParam: 1,
    getNextPageParam: (last: Schemas['InboxPage']) => last.next_page,
    enabled: useVisible(),
    placeholderData: keepPreviousData,
    refetchInterval: INTERVAL
  });
}

export function useTodos(folder: string) {
  const client = useClient();
  return useInfiniteQuery({
    queryKey: keys.todos(folder),
    queryFn: ({ pageParam, signal }) =>
      client.get('/inbox/todos', {
        query: { folder, page: pageParam },
        signal
      }),
    initialPageParam: 1,
    getNextPageParam: (last: Schemas['TodoPage']) => last.next_page,
    enabled: useVisible(),
    refetchInterval: INTERVAL
  });
}

/** Marks a to-do as done; the counts come with the answer, the list follows. */
export function useFinishTodo(
  folder: string
): UseMutationResult<Schemas['InboxCounts'], Error, number> {
  const client = useClient();
  const cache = useQueryClient();
  return useMutation({
    mutationFn: todoId =>
      client.post('/inbox/todos/{todo_id}/done', {
        path: { todo_id: todoId },
        query: { folder }
      }),
    onSuccess: async counts => {
      cache.setQueryData(keys.inboxCounts(folder), counts);
      await cache.invalidateQueries({ queryKey: keys.todos(folder) });
    }
  });
}
