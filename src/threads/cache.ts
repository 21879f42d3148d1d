import type { QueryClient } from '@tanstack/react-query';

import type { Schemas } from '../api/client';
import { keys } from '../api/keys';
import type { Discussion, IThreadsOf, Note, PendingNote } from './types';

/** The threads as they were last read; undefined if they never were. */
export function knownDiscussions(
  cache: QueryClient,
  of: IThreadsOf
): readonly Discussion[] | undefined {
  return cache.getQueryData<Schemas['Discussions']>(
    keys.discussions(of.folder, of.iid)
  )?.discussions;
}

/** My pending comments as they were last read; undefined if they never were. */
export function knownPending(
  cache: QueryClient,
  of: IThreadsOf
): readonly PendingNote[] | undefined {
  return cache.getQueryData<Schemas['DraftNotes']>(
    keys.draftNotes(of.folder, of.iid)
  )?.draft_notes;
}

/** Shows a new thread, which may have been read meanwhile. */
export function addDiscussion(
  cache: QueryClient,
  of: IThreadsOf,
  made: Discussion
): void {
  editDiscussions(cache, of, before => withOne(before, made));
}

/** Shows a new note of a thread, which may have been read meanwhile. */
export function addNote(
  cache: QueryClient,
  of: IThreadsOf,
  discussionId: string,
  made: Note
): void {
  editNotes(cache, of, discussionId, before => withOne(before, made));
}

/** Shows a new pending comment, which may have been read meanwhile. */
export function addPending(
  cache: QueryClient,
  of: IThreadsOf,
  made: PendingNote
): void {
  editPending(cache, of, before => withOne(before, made));
}

function withOne<T extends { id: string | number }>(
  before: readonly T[],
  made: T
): T[] {
  return [...before.filter(each => each.id !== made.id), made];
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
