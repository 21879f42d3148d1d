import type { QueryClient } from '@tanstack/react-query';

import type { ApiClient } from '../api/client';
import {
  editDiscussions,
  editNotes,
  editPending,
  knownDiscussions,
  readDiscussions,
  refreshPending,
  refreshThreads
} from './cache';
import type { DraftTarget } from './drafts';
import type { Discussion, IThreadsOf, PendingNote } from './types';

/** At once, or with the other pending comments when the review is submitted. */
export type SendMode = 'now' | 'review';

/** What to send where. */
export interface IDelivery {
  of: IThreadsOf;
  target: DraftTarget;
  body: string;
  mode: SendMode;
  /** For a pending reply: whether its thread is resolved when it is published; null: it stays as it is. */
  resolve?: boolean | null;
}

/** Sends a text to where it belongs, and shows what GitLab has made of it. */
export async function deliver(
  client: ApiClient,
  cache: QueryClient,
  delivery: IDelivery
): Promise<void> {
  const { of, target, body, mode, resolve = null } = delivery;
  const query = { folder: of.folder };
  const path = { iid: of.iid };
  if (target.kind === 'pending') {
    const changed = await client.put(
      '/merge-requests/{iid}/draft-notes/{draft_note_id}',
      { path: { ...path, draft_note_id: target.id }, query, body: { body } }
    );
    editPending(cache, of, before =>
      before.map(each => (each.id === changed.id ? changed : each))
    );
  } else if (target.kind === 'note') {
    const changed = await client.put('/merge-requests/{iid}/notes/{note_id}', {
      path: { ...path, note_id: target.noteId },
      query,
      body: { body }
    });
    editNotes(cache, of, target.discussionId, before =>
      before.map(each => (each.id === changed.id ? changed : each))
    );
  } else if (mode === 'review') {
    const made = await client.post('/merge-requests/{iid}/draft-notes', {
      path,
      query,
      body:
        target.kind === 'reply'
          ? { body, discussion_id: target.discussionId, resolve }
          : { body, ...placeOf(target) }
    });
    editPending(cache, of, before => [...before, made]);
  } else if (target.kind === 'reply') {
    const made = await client.post(
      '/merge-requests/{iid}/discussions/{discussion_id}/notes',
      {
        path: { ...path, discussion_id: target.discussionId },
        query,
        body: { body }
      }
    );
    editNotes(cache, of, target.discussionId, before => [...before, made]);
  } else {
    const made = await client.post('/merge-requests/{iid}/discussions', {
      path,
      query,
      body: { body, ...placeOf(target) }
    });
    editDiscussions(cache, of, before => [...before, made]);
  }
}

function placeOf(target: DraftTarget) {
  switch (target.kind) {
    case 'line':
      return { position: target.position };
    case 'cell':
      return { cell: target.position };
    default:
      return {};
  }
}

/** Whether a text can be sent twice without harm: another text for what is there already. */
export function isEdit(target: DraftTarget): boolean {
  return target.kind === 'note' || target.kind === 'pending';
}

/** Has what a text changed read again. */
export function refreshAfter(
  cache: QueryClient,
  { of, target, mode }: IDelivery
): void {
  if (mode === 'review' || target.kind === 'pending') {
    void refreshPending(cache, of);
  } else {
    refreshThreads(cache, of);
  }
}

/** What was there before a text was sent, so that it is known again if no answer comes. */
export interface IBefore {
  notes: ReadonlySet<number>;
  pending: ReadonlySet<number>;
}

export function rememberBefore(
  cache: QueryClient,
  of: IThreadsOf,
  pending: readonly PendingNote[]
): IBefore {
  return {
    notes: noteIds(knownDiscussions(cache, of)),
    pending: new Set(pending.map(each => each.id))
  };
}

/** Whether GitLab has the text although no answer said so. Throws if it can't be asked. */
export async function hasArrived(
  client: ApiClient,
  cache: QueryClient,
  delivery: IDelivery,
  before: IBefore
): Promise<boolean> {
  const { of, target, body, mode } = delivery;
  if (mode === 'now') {
    const now = await readDiscussions(client, cache, of);
    return isAmong(now, before.notes, target, body);
  }
  const { draft_notes } = await client.get(
    '/merge-requests/{iid}/draft-notes',
    { path: { iid: of.iid }, query: { folder: of.folder } }
  );
  return draft_notes.some(
    each =>
      !before.pending.has(each.id) &&
      isSameText(each.body, body, target) &&
      each.discussion_id ===
        (target.kind === 'reply' ? target.discussionId : null)
  );
}

/** The ids of the notes that are there. */
function noteIds(discussions: readonly Discussion[]): ReadonlySet<number> {
  return new Set(
    discussions.flatMap(discussion => discussion.notes.map(note => note.id))
  );
}

function isAmong(
  discussions: readonly Discussion[],
  before: ReadonlySet<number>,
  target: DraftTarget,
  body: string
): boolean {
  return discussions.some(
    discussion =>
      isMeant(discussion, target) &&
      discussion.notes.some(
        note => !before.has(note.id) && isSameText(note.body, body, target)
      )
  );
}

/** The server part may put the name of the cell above a text on a cell. */
function isSameText(found: string, sent: string, target: DraftTarget): boolean {
  return target.kind === 'cell'
    ? found.trim().endsWith(sent.trim())
    : found.trim() === sent.trim();
}

function isMeant(discussion: Discussion, target: DraftTarget): boolean {
  switch (target.kind) {
    case 'reply':
      return discussion.id === target.discussionId;
    case 'line':
      return discussion.position !== null;
    case 'cell':
      return discussion.cell !== null;
    default:
      return discussion.position === null;
  }
}
