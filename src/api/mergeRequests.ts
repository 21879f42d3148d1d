import type { ApiClient, Schemas } from './client';

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
