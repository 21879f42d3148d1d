import { type ApiClient, LONG_TIMEOUT } from '../api/client';
import { keys } from '../api/keys';
import { mergeRequestQuery } from '../api/mergeRequests';
import { queryClient } from '../api/queryClient';
import { fileDiffQuery } from '../diff/queries';
import { diffRequest, firstFile } from './changes/files';

/** Milliseconds within which answers are good enough to open a document with. */
const FRESH = 15_000;

/**
 * Asks for all that a merge request's document shows first, at once: the merge request, its threads, its files, and the
 * diff of the first file. Failures are left to the document, which asks again.
 */
export async function prefetchMergeRequest(
  client: ApiClient,
  folder: string,
  iid: number
): Promise<void> {
  const path = { iid };
  const query = { folder };
  const filesKey = keys.files(folder, iid, null);
  await Promise.all([
    queryClient.prefetchQuery({
      ...mergeRequestQuery(client, folder, iid),
      staleTime: FRESH
    }),
    queryClient.prefetchQuery({
      queryKey: keys.discussions(folder, iid),
      queryFn: ({ signal }) =>
        client.get('/merge-requests/{iid}/discussions', {
          path,
          query,
          signal
        }),
      staleTime: FRESH
    }),
    queryClient
      .fetchQuery({
        queryKey: filesKey,
        queryFn: ({ signal }) =>
          client.get('/merge-requests/{iid}/files', {
            path,
            query: { folder, version_id: null },
            signal,
            timeout: LONG_TIMEOUT
          }),
        staleTime: FRESH
      })
      .then(files => {
        const first = firstFile(files.files);
        return (
          first &&
          queryClient.prefetchQuery(
            fileDiffQuery(client, diffRequest(folder, files.diff_refs, first))
          )
        );
      })
      .catch(() => undefined)
  ]);
}
