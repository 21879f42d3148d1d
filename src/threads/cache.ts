import type { QueryClient } from '@tanstack/react-query';

import type { ApiClient, Schemas } from '../api/client';
import { keys } from '../api/keys';
import type { Discussion, IThreadsOf, Note, PendingNote } from './types';

/** The threads of the merge request, asked for anew. */
export async function readDiscussions(
  client: ApiClient,
  cache: QueryClient,
  of: IThreadsOf
): Promise<readonly Discussion[]> {
  const { discussions } = await cache.fetchQuery({
    queryKey: keys.discussions(of.folder, of.iid),
    queryFn: ({ signal }) =>
      client.get('/merge-requests/{iid}/discussions', {
        path: { iid: of.iid },
        query: { folder: of.folder },
        signal
      }),
    staleTime: 0
  });
  return discussions;
}

/** The threads as they were last read. */
export function knownDiscussions(
  cache: QueryClient,
  of: IThreadsOf
): readonly Discussion[] {
  return (
    cache.getQueryData<Schemas['Discussions']>(
      keys.discussions(of.folder, of.iid)
    )?.discussions ?? []
  );
}

/** Changes the threads that are shown, before GitLab is asked again. */
export function editDiscussions(
  cache: QueryClient,
  of: IThreadsOf,
  edit: (before: Discussion[]) => Discussion[]
): void {
  cache.setQueryData<Schemas['Discussions']>(
    keys.discussions(of.folder, of.iid),
    before => before && { ...before, discussions: edit(before.discussions) }
  );
}

/** Changes the notes of one thread. */
export function editNotes(
  cache: QueryClient,
  of: IThreadsOf,
  discussionId: string,
  edit: (before: Note[]) => Note[]
): void {
  editDiscussions(cache, of, before =>
    before
      .map(each =>
        each.id === discussionId ? { ...each, notes: edit(each.notes) } : each
      )
      .filter(each => each.notes.length > 0)
  );
}

/** Changes the pending comments that are shown. */
export function editPending(
  cache: QueryClient,
  of: IThreadsOf,
  edit: (before: PendingNote[]) => PendingNote[]
): void {
  cache.setQueryData<Schemas['DraftNotes']>(
    keys.draftNotes(of.folder, of.iid),
    before => before && { ...before, draft_notes: edit(before.draft_notes) }
  );
}

/** Has what changed with a thread read again: the threads, and what counts them. */
export function refreshThreads(cache: QueryClient, of: IThreadsOf): void {
  for (const queryKey of [
    keys.discussions(of.folder, of.iid),
    keys.detail(of.folder, of.iid),
    keys.overviews(of.folder)
  ]) {
    void cache.invalidateQueries({ queryKey });
  }
}

export function refreshPending(
  cache: QueryClient,
  of: IThreadsOf
): Promise<void> {
  return cache.invalidateQueries({
    queryKey: keys.draftNotes(of.folder, of.iid)
  });
}
