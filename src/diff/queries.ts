import {
  useQuery,
  useQueryClient,
  type UseQueryResult
} from '@tanstack/react-query';
import * as React from 'react';

import { type ApiClient, type Schemas } from '../api/client';
import { useClient, useVisible } from '../api/context';
import { hasCode } from '../api/errors';
import { keys } from '../api/keys';
import { type IDiffRequest, requestOptions } from './args';
import {
  DEFAULT_OPTIONS,
  type FileDiff,
  type FileSide,
  type IDiffOptions
} from './types';

const SHA = /^[0-9a-f]{40,64}$/;

/** Milliseconds that answers about git objects, which never change, are kept after their last use. */
const KEEP_OBJECTS = 600_000;

/** Milliseconds that an output's body is kept after it has left the page. */
const KEEP_OUTPUTS = 10_000;

/** Whether the revision always names the same bytes. */
export function isFixed(revision: string): boolean {
  return SHA.test(revision) || revision === 'EMPTY';
}

/** Whether the revision is a file on the disk, which changes when it is saved. */
export function isOnDisk(revision: string): boolean {
  return revision === 'WORKTREE' || revision === 'CONTENTS';
}

/** What to ask for, and under which key it is kept: comparisons of two commits are never out of date. */
export function fileDiffQuery(client: ApiClient, request: IDiffRequest) {
  const { folder, oldPath, newPath } = request;
  const fixed = isFixed(request.old) && isFixed(request.new);
  const versions = [oldPath, newPath, request.old, request.new];
  // At the end, so that the key of the plain comparison is the start of both.
  const blanks = request.ignoreWhitespace ? ['blanks'] : [];
  return {
    queryKey: fixed
      ? ['gitlab-objects', folder, 'diff', ...versions, ...blanks]
      : [...keys.local(folder), 'diff', ...versions, ...blanks],
    queryFn: ({ signal }: { signal: AbortSignal }): Promise<FileDiff> =>
      client.get('/diffs', { ...requestOptions(request), signal }),
    staleTime: fixed ? Infinity : 0,
    gcTime: KEEP_OBJECTS
  };
}

/** The comparison; `options` says whether white space counts. */
export function useFileDiff(
  request: IDiffRequest | null,
  options: Pick<IDiffOptions, 'whitespace'> = DEFAULT_OPTIONS
): UseQueryResult<FileDiff> {
  const client = useClient();
  const cache = useQueryClient();
  const visible = useVisible();
  const wanted = {
    ...(request ?? { folder: '', oldPath: '', newPath: '', old: '', new: '' }),
    ignoreWhitespace: !options.whitespace
  };
  return useQuery({
    ...fileDiffQuery(client, wanted),
    enabled: visible && request !== null,
    // The same versions, until the answer to the other question is there.
    placeholderData: () =>
      cache.getQueryData<FileDiff>(
        fileDiffQuery(client, {
          ...wanted,
          ignoreWhitespace: options.whitespace
        }).queryKey
      )
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
    // The browser keeps the answer; the page need not as well.
    gcTime: KEEP_OUTPUTS
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

/** The bytes of one side of a comparison. */
export function useBlob(
  folder: string,
  side: FileSide | null,
  wanted: boolean
): UseQueryResult<Blob> {
  const client = useClient();
  return useQuery({
    queryKey: ['gitlab-objects', folder, 'blob', side?.blob, side?.path.id],
    queryFn: ({ signal }) =>
      client.get('/blobs', {
        query: {
          folder,
          revision: side?.revision ?? '',
          path: side?.path.id ?? ''
        },
        signal
      }),
    enabled: wanted && side !== null,
    staleTime: Infinity
  });
}
