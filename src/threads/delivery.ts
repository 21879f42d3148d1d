import type { QueryClient } from '@tanstack/react-query';

import type { ApiClient } from '../api/client';
import {
  addDiscussion,
  addNote,
  addPending,
  editNotes,
  editPending,
  knownDiscussions,
  knownPending,
  refreshPending,
  refreshThreads
} from './cache';
import type { DraftTarget, ITried } from './drafts';
import type { IThreadsOf, SendMode } from './types';

/** What to send where. */
export interface IDelivery {
  of: IThreadsOf;
  target: DraftTarget;
  body: string;
  mode: SendMode;
  /** For a pending reply: whether its thread is resolved when it is published; null: it stays as it is. */
  resolve?: boolean | null;
}

/**
 * Sends a text to where it belongs, and shows what GitLab has made of it.
 *
 * `tried` tells what the server part asks GitLab for before it sends the text again, and when no answer comes.
 */
export async function deliver(
  client: ApiClient,
  cache: QueryClient,
  { of, target, body, mode, resolve = null }: IDelivery,
  tried: ITried | null
): Promise<void> {
  const query = { folder: of.folder };
  const path = { iid: of.iid };
  const text = {
    body,
    ...(tried && {
      delivery: { known: tried.known, tried: [...tried.bodies] }
    })
  };
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
          ? { ...text, discussion_id: target.discussionId, resolve }
          : { ...text, ...placeOf(target) }
    });
    addPending(cache, of, made);
  } else if (target.kind === 'reply') {
    const made = await client.post(
      '/merge-requests/{iid}/discussions/{discussion_id}/notes',
      {
        path: { ...path, discussion_id: target.discussionId },
        query,
        body: text
      }
    );
    addNote(cache, of, target.discussionId, made);
  } else {
    const made = await client.post('/merge-requests/{iid}/discussions', {
      path,
      query,
      body: { ...text, ...placeOf(target) }
    });
    addDiscussion(cache, of, made);
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

/** The newest note (of a review: the newest pending comment) that the page knows, 0 for none; null before it knows any. */
export function newestKnown(
  cache: QueryClient,
  of: IThreadsOf,
  mode: SendMode
): number | null {
  const known =
    mode === 'review'
      ? knownPending(cache, of)
      : knownDiscussions(cache, of)?.flatMap(each => each.notes);
  return known?.reduce((newest, each) => Math.max(newest, each.id), 0) ?? null;
}
