import type { ApiClient, Schemas } from './client';
import { keys } from './keys';

/** One merge request. Throws `ApiError`. */
export function getMergeRequest(
  client: ApiClient,
  folder: string,
  iid: number,
  signal?: AbortSignal
): Promise<Schemas['MergeRequest']> {
  return client.get('/merge-requests/{iid}', {
    path: { iid },
    query: { folder },
    signal
  });
}

/** The same as a query, by which all that show the merge request share one answer. */
export function mergeRequestQuery(
  client: ApiClient,
  folder: string,
  iid: number
) {
  return {
    queryKey: keys.detail(folder, iid),
    queryFn: ({ signal }: { signal: AbortSignal }) =>
      getMergeRequest(client, folder, iid, signal)
  };
}

/** The open merge request of a branch; null if it has none. Throws `ApiError`. */
export async function findOpenMergeRequest(
  client: ApiClient,
  folder: string,
  branch: string | null,
  signal?: AbortSignal
): Promise<Schemas['MergeRequestSummary'] | null> {
  const page = await client.get('/merge-requests', {
    query: { folder, source_branch: branch, state: 'opened', per_page: 1 },
    signal
  });
  return page.items[0] ?? null;
}
