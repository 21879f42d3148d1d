import {
  keepPreviousData,
  useInfiniteQuery,
  useQuery,
  type UseQueryResult
} from '@tanstack/react-query';

import { LONG_TIMEOUT, type Schemas } from './client';
import { useClient, useVisible } from './context';
import { keys, type MergeRequestScope } from './keys';
import {
  findOpenMergeRequest,
  getMergeRequest,
  mergeRequestQuery
} from './mergeRequests';

/** Milliseconds between two looks at GitLab while it is on screen. */
export const REMOTE_INTERVAL = 60_000;

/** Milliseconds: lists that seldom change. */
const SLOW = 300_000;

/** The changed files; asked again every `interval` milliseconds while on screen, since a terminal may change them. */
export function useChanges(
  folder: string,
  interval: number
): UseQueryResult<Schemas['Changes']> {
  const client = useClient();
  return useQuery({
    queryKey: keys.changes(folder),
    queryFn: ({ signal }) =>
      client.get('/changes', { query: { folder }, signal }),
    enabled: useVisible(),
    refetchInterval: interval,
    staleTime: 0
  });
}

/** The row's few words. `size` is in the key, so that a change from outside JupyterLab is seen too. */
export function useChangeSummary(
  folder: string,
  file: Schemas['ChangedFile'],
  wanted: boolean
): UseQueryResult<Schemas['ChangeSummary']> {
  const client = useClient();
  const visible = useVisible();
  return useQuery({
    queryKey: [...keys.summary(folder, file.path.id), file.size, file.status],
    queryFn: ({ signal }) =>
      client.get('/changes/summaries', {
        query: { folder, path: file.path.id },
        signal
      }),
    enabled: visible && wanted,
    placeholderData: keepPreviousData,
    staleTime: SLOW
  });
}

export function useBranches(
  folder: string,
  wanted: boolean
): UseQueryResult<Schemas['Branches']> {
  const client = useClient();
  return useQuery({
    queryKey: keys.branches(folder),
    queryFn: ({ signal }) =>
      client.get('/branches', { query: { folder }, signal }),
    enabled: wanted,
    staleTime: 0
  });
}

export function useAccount(
  folder: string,
  wanted = true
): UseQueryResult<Schemas['Account']> {
  const client = useClient();
  const visible = useVisible();
  return useQuery({
    queryKey: keys.account(folder),
    queryFn: ({ signal }) =>
      client.get('/accounts', { query: { folder }, signal }),
    enabled: visible && wanted,
    staleTime: REMOTE_INTERVAL
  });
}

export function useProject(
  folder: string,
  wanted = true
): UseQueryResult<Schemas['Project']> {
  const client = useClient();
  const visible = useVisible();
  return useQuery({
    queryKey: keys.project(folder),
    queryFn: ({ signal }) =>
      client.get('/projects', { query: { folder }, signal }),
    enabled: visible && wanted,
    staleTime: SLOW
  });
}

export function useMembers(
  folder: string,
  search: string,
  wanted = true
): UseQueryResult<Schemas['Members']> {
  const client = useClient();
  return useQuery({
    queryKey: keys.members(folder, search),
    queryFn: ({ signal }) =>
      client.get('/members', { query: { folder, search }, signal }),
    enabled: wanted,
    placeholderData: keepPreviousData,
    staleTime: SLOW
  });
}

export function useLabels(
  folder: string,
  search: string,
  wanted = true
): UseQueryResult<Schemas['Labels']> {
  const client = useClient();
  return useQuery({
    queryKey: keys.labels(folder, search),
    queryFn: ({ signal }) =>
      client.get('/labels', { query: { folder, search }, signal }),
    enabled: wanted,
    placeholderData: keepPreviousData,
    staleTime: SLOW
  });
}

export function useMilestones(
  folder: string
): UseQueryResult<Schemas['Milestones']> {
  const client = useClient();
  return useQuery({
    queryKey: keys.milestones(folder, ''),
    queryFn: ({ signal }) =>
      client.get('/milestones', { query: { folder, search: '' }, signal }),
    staleTime: SLOW
  });
}

/** Templates of merge-request descriptions. */
export function useTemplates(
  folder: string
): UseQueryResult<Schemas['Templates']> {
  const client = useClient();
  return useQuery({
    queryKey: keys.templates(folder),
    queryFn: ({ signal }) =>
      client.get('/merge-request-templates', { query: { folder }, signal }),
    staleTime: SLOW
  });
}

/** One of the three lists, page by page. */
export function useMergeRequestList(
  folder: string,
  scope: MergeRequestScope,
  search: string,
  wanted: boolean
) {
  const client = useClient();
  const visible = useVisible();
  return useInfiniteQuery({
    queryKey: keys.list(folder, scope, search),
    queryFn: ({ pageParam, signal }) =>
      client.get('/merge-requests', {
        query: { folder, scope, search, state: 'opened', page: pageParam },
        signal
      }),
    initialPageParam: 1,
    getNextPageParam: (last: Schemas['MergeRequestPage']) => last.next_page,
    enabled: visible && wanted,
    placeholderData: keepPreviousData,
    refetchInterval: REMOTE_INTERVAL
  });
}

export function useMergeRequestCounts(
  folder: string,
  wanted: boolean
): UseQueryResult<Schemas['MergeRequestCounts']> {
  const client = useClient();
  const visible = useVisible();
  return useQuery({
    queryKey: keys.counts(folder),
    queryFn: ({ signal }) =>
      client.get('/merge-requests/counts', { query: { folder }, signal }),
    enabled: visible && wanted,
    refetchInterval: REMOTE_INTERVAL
  });
}

/** The open merge request of a branch, whole; null if it has none. */
export function useBranchMergeRequest(
  folder: string,
  branch: string | null,
  wanted: boolean
): UseQueryResult<Schemas['MergeRequest'] | null> {
  const client = useClient();
  const visible = useVisible();
  return useQuery({
    queryKey: keys.ofBranch(folder, branch ?? ''),
    queryFn: async ({ signal }) => {
      const found = await findOpenMergeRequest(client, folder, branch, signal);
      return found
        ? await getMergeRequest(client, folder, found.iid, signal)
        : null;
    },
    enabled: visible && wanted && branch !== null,
    refetchInterval: REMOTE_INTERVAL
  });
}

/** One merge request. While GitLab checks whether it can be merged, or rebases it, it is asked again soon. */
export function useMergeRequest(
  folder: string,
  iid: number
): UseQueryResult<Schemas['MergeRequest']> {
  const client = useClient();
  return useQuery({
    ...mergeRequestQuery(client, folder, iid),
    enabled: useVisible(),
    refetchInterval: query =>
      query.state.data?.state === 'opened' &&
      (query.state.data.mergeability.checking ||
        query.state.data.rebase_in_progress ||
        query.state.data.diff_refs === null)
        ? 2_000
        : REMOTE_INTERVAL
  });
}

/** The files of a version (null: the newest). The first look may fetch from GitLab and take a while. */
export function useMergeRequestFiles(
  folder: string,
  iid: number,
  version: number | null,
  wanted = true
): UseQueryResult<Schemas['MergeRequestFiles']> {
  const client = useClient();
  const visible = useVisible();
  return useQuery({
    queryKey: keys.files(folder, iid, version),
    queryFn: ({ signal }) =>
      client.get('/merge-requests/{iid}/files', {
        path: { iid },
        query: { folder, version_id: version },
        signal,
        timeout: LONG_TIMEOUT
      }),
    enabled: visible && wanted,
    staleTime: version === null ? REMOTE_INTERVAL : Infinity
  });
}

export function useMergeRequestCommits(
  folder: string,
  iid: number,
  wanted = true
): UseQueryResult<Schemas['MergeRequestCommits']> {
  const client = useClient();
  const visible = useVisible();
  return useQuery({
    queryKey: keys.mergeRequestCommits(folder, iid),
    queryFn: ({ signal }) =>
      client.get('/merge-requests/{iid}/commits', {
        path: { iid },
        query: { folder },
        signal
      }),
    enabled: visible && wanted,
    staleTime: REMOTE_INTERVAL
  });
}

export function useDiscussions(
  folder: string,
  iid: number
): UseQueryResult<Schemas['Discussions']> {
  const client = useClient();
  return useQuery({
    queryKey: keys.discussions(folder, iid),
    queryFn: ({ signal }) =>
      client.get('/merge-requests/{iid}/discussions', {
        path: { iid },
        query: { folder },
        signal
      }),
    enabled: useVisible(),
    refetchInterval: REMOTE_INTERVAL
  });
}
