import {
  keepPreviousData,
  useQuery,
  type UseQueryResult
} from '@tanstack/react-query';

import { LONG_TIMEOUT, type Schemas } from './client';
import { useClient, useVisible } from './context';
import { keys } from './keys';
import { REMOTE_INTERVAL } from './queries';

/** The versions of the diff, newest first. `head`: the newest commit that is known of, so that a push asks anew. */
export function useVersions(
  folder: string,
  iid: number,
  head: string
): UseQueryResult<Schemas['Versions']> {
  const client = useClient();
  return useQuery({
    queryKey: keys.versions(folder, iid, head),
    queryFn: ({ signal }) =>
      client.get('/merge-requests/{iid}/versions', {
        path: { iid },
        query: { folder },
        signal
      }),
    enabled: useVisible(),
    placeholderData: keepPreviousData,
    staleTime: REMOTE_INTERVAL
  });
}

/** The files of a version against the merge base, or against an older version; never out of date. */
export function useVersionFiles(
  folder: string,
  iid: number,
  version: number,
  since: number | null,
  wanted = true
): UseQueryResult<Schemas['MergeRequestFiles']> {
  const client = useClient();
  const visible = useVisible();
  return useQuery({
    queryKey: [...keys.files(folder, iid, version), since],
    queryFn: ({ signal }) =>
      client.get('/merge-requests/{iid}/files', {
        path: { iid },
        query: { folder, version_id: version, since_id: since },
        signal,
        timeout: LONG_TIMEOUT
      }),
    enabled: visible && wanted,
    staleTime: Infinity
  });
}

/** The files of one commit; never out of date. */
export function useCommitFiles(
  folder: string,
  iid: number,
  sha: string
): UseQueryResult<Schemas['MergeRequestFiles']> {
  const client = useClient();
  return useQuery({
    queryKey: ['gitlab-objects', folder, 'commit-files', iid, sha],
    queryFn: ({ signal }) =>
      client.get('/merge-requests/{iid}/commits/{sha}/files', {
        path: { iid, sha },
        query: { folder },
        signal,
        timeout: LONG_TIMEOUT
      }),
    enabled: useVisible(),
    staleTime: Infinity
  });
}

/** What I have ticked off. */
export function useViewedMarks(
  folder: string,
  iid: number
): UseQueryResult<Schemas['ViewedMarks']> {
  const client = useClient();
  return useQuery({
    queryKey: keys.viewed(folder, iid),
    queryFn: ({ signal }) =>
      client.get('/merge-requests/{iid}/viewed', {
        path: { iid },
        query: { folder },
        signal
      }),
    enabled: useVisible(),
    staleTime: REMOTE_INTERVAL
  });
}

/** How the clone stands to the merge request; asked anew when it is on another branch. */
export function useCheckOutState(
  folder: string,
  iid: number,
  branch: string | null,
  wanted = true
): UseQueryResult<Schemas['CheckOut']> {
  const client = useClient();
  const visible = useVisible();
  return useQuery({
    queryKey: keys.checkOut(folder, iid, branch),
    queryFn: ({ signal }) =>
      client.get('/merge-requests/{iid}/check-outs', {
        path: { iid },
        query: { folder },
        signal
      }),
    enabled: visible && wanted,
    placeholderData: keepPreviousData,
    staleTime: REMOTE_INTERVAL
  });
}
