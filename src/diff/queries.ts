import {
  useQuery,
  useQueryClient,
  type UseQueryResult
} from '@tanstack/react-query';
import * as React from 'react';

import { type ApiClient, LONG_TIMEOUT, type Schemas } from '../api/client';
import { useClient, useVisible } from '../api/context';
import { hasCode } from '../api/errors';
import { keys } from '../api/keys';
import type { FileDiff } from './types';

/** Two versions of a file. Paths are path ids; revisions as the contract has them. */
export interface IDiffRequest {
  folder: string;
  oldPath: string;
  newPath: string;
  old: string;
  new: string;
}

const SHA = /^[0-9a-f]{40,64}$/;

/** Milliseconds that answers about git objects, which never change, are kept after their last use. */
const KEEP_OBJECTS = 600_000;

/** Whether the revision always names the same bytes. */
export function isFixed(revision: string): boolean {
  return SHA.test(revision) || revision === 'EMPTY';
}

/** What to ask for, and under which key it is kept: comparisons of two commits are never out of date. */
export function fileDiffQuery(client: ApiClient, request: IDiffRequest) {
  const { folder, oldPath, newPath } = request;
  const fixed = isFixed(request.old) && isFixed(request.new);
  const versions = [oldPath, newPath, request.old, request.new];
  return {
    queryKey: fixed
      ? ['gitlab-objects', folder, 'diff', ...versions]
      : [...keys.local(folder), 'diff', ...versions],
    queryFn: ({ signal }: { signal: AbortSignal }): Promise<FileDiff> =>
      client.get('/diffs', {
        query: {
          folder,
          old: request.old,
          new: request.new,
          old_path: oldPath,
          new_path: newPath
        },
        signal,
        timeout: LONG_TIMEOUT
      }),
    staleTime: fixed ? Infinity : 0,
    gcTime: KEEP_OBJECTS
  };
}

export function useFileDiff(
  request: IDiffRequest | null
): UseQueryResult<FileDiff> {
  const client = useClient();
  const visible = useVisible();
  return useQuery({
    ...fileDiffQuery(
      client,
      request ?? { folder: '', oldPath: '', newPath: '', old: '', new: '' }
    ),
    enabled: visible && request !== null
  });
}

/** Where an output stands: `cell` and `output` count from 0 on that side. */
export interface IOutputRequest {
  folder: string;
  revision: string;
  path: string;
  cell: number;
  output: number;
  digest: string;
}

/** The output itself; the digest makes the answer good for ever. */
export function useOutput(
  request: IOutputRequest,
  wanted: boolean
): UseQueryResult<Schemas['OutputBody']> {
  const client = useClient();
  const cache = useQueryClient();
  const { folder } = request;
  const query = useQuery({
    queryKey: ['gitlab-objects', folder, 'output', request.digest],
    queryFn: ({ signal }) =>
      client.get('/outputs', { query: { ...request }, signal }),
    enabled: wanted,
    staleTime: Infinity,
    gcTime: KEEP_OBJECTS
  });
  // The file on disk is another one by now: so is its diff.
  const changed = hasCode(query.error, 'file_changed');
  React.useEffect(() => {
    if (changed) {
      void cache.invalidateQueries({
        queryKey: [...keys.local(folder), 'diff']
      });
    }
  }, [cache, folder, changed]);
  return query;
}

/** The URL of a picture's bytes, for as long as the component lives; null until they are there. */
export function useBlobUrl(
  folder: string,
  side: { revision: string; path: { id: string }; blob: string },
  wanted: boolean
): { url: string | null; error: Error | null; retry: () => void } {
  const client = useClient();
  const { data, error, refetch } = useQuery({
    queryKey: ['gitlab-objects', folder, 'blob', side.blob, side.path.id],
    queryFn: ({ signal }) =>
      client.get('/blobs', {
        query: { folder, revision: side.revision, path: side.path.id },
        signal
      }),
    enabled: wanted,
    staleTime: Infinity
  });
  const [url, setUrl] = React.useState<string | null>(null);
  React.useEffect(() => {
    if (!data) {
      return;
    }
    const made = URL.createObjectURL(data);
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [data]);
  return { url, error, retry: () => void refetch() };
}
