import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import * as React from 'react';

import type { ApiClient, Schemas } from '../api/client';
import { useClient } from '../api/context';
import { hasCode } from '../api/errors';
import { keys } from '../api/keys';
import { useThreads } from './context';
import { type DraftTarget, targetKey } from './drafts';
import type { Discussion, IThreadsOf } from './types';

/** How far a text has got. */
export type SendState =
  | { kind: 'idle' }
  | { kind: 'sending' }
  /** No answer came: looking whether GitLab has it. */
  | { kind: 'checking' }
  | { kind: 'failed'; error: unknown; doubt: Doubt };

/**
 * What is known after a failure: GitLab has said no (`none`); no answer came and the text is not there (`absent`); or
 * not even that could be found out (`unknown`).
 */
export type Doubt = 'none' | 'absent' | 'unknown';

/** Failures after which GitLab may have the text nevertheless. */
function isUnsure(error: unknown): boolean {
  return (
    !hasAnswer(error) ||
    hasCode(
      error,
      'client_timeout',
      'server_unreachable',
      'unexpected_answer',
      'gitlab_timeout',
      'gitlab_unreachable',
      'gitlab_error',
      'internal'
    )
  );
}

function hasAnswer(error: unknown): boolean {
  return error instanceof Error && 'status' in error;
}

/** Sends a text to where it belongs. */
export async function sendComment(
  client: ApiClient,
  of: IThreadsOf,
  target: DraftTarget,
  body: string
): Promise<void> {
  const query = { folder: of.folder };
  if (target.kind === 'reply') {
    await client.post(
      '/merge-requests/{iid}/discussions/{discussion_id}/notes',
      {
        path: { iid: of.iid, discussion_id: target.discussionId },
        query,
        body: { body }
      }
    );
    return;
  }
  await client.post('/merge-requests/{iid}/discussions', {
    path: { iid: of.iid },
    query,
    body: {
      body,
      position: target.kind === 'line' ? target.position : null
    }
  });
}

/** The ids of the notes that are there. */
export function noteIds(
  discussions: readonly Discussion[]
): ReadonlySet<number> {
  return new Set(
    discussions.flatMap(discussion => discussion.notes.map(note => note.id))
  );
}

/** Whether a note with this text has come since `before`, where it was meant to go. */
export function hasArrived(
  discussions: readonly Discussion[],
  before: ReadonlySet<number>,
  target: DraftTarget,
  body: string
): boolean {
  return discussions.some(
    discussion =>
      isMeant(discussion, target) &&
      discussion.notes.some(
        note => !before.has(note.id) && note.body.trim() === body.trim()
      )
  );
}

function isMeant(discussion: Discussion, target: DraftTarget): boolean {
  switch (target.kind) {
    case 'reply':
      return discussion.id === target.discussionId;
    case 'line':
      return discussion.position !== null;
    default:
      return discussion.position === null;
  }
}

async function readDiscussions(
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

/** Targets being sent, in every view of this page: the same text can't be sent twice at a time. */
const underWay = new Set<string>();

/** Sends the text of one comment box, once at a time; what became of it is the state. */
export function useSend(target: DraftTarget): {
  state: SendState;
  /** True once GitLab has the text. */
  send: (body: string) => Promise<boolean>;
} {
  const client = useClient();
  const cache = useQueryClient();
  const { of, drafts } = useThreads();
  const [state, setState] = React.useState<SendState>({ kind: 'idle' });
  const key = `${of.projectUrl}!${of.iid}:${targetKey(target)}`;

  // Set while it is not known what became of the last try: the next one first looks again.
  const open = React.useRef<ITry | null>(null);

  /** Throws when GitLab has not got the text. */
  const attempt = async (body: string): Promise<void> => {
    if (open.current !== null) {
      setState({ kind: 'checking' });
      if (await arrived(client, cache, of, target, open.current)) {
        return;
      }
    }
    setState({ kind: 'sending' });
    const known = cache.getQueryData<Schemas['Discussions']>(
      keys.discussions(of.folder, of.iid)
    );
    const before = noteIds(known?.discussions ?? []);
    try {
      await sendComment(client, of, target, body);
    } catch (error) {
      if (!isUnsure(error)) {
        open.current = null;
        throw error;
      }
      open.current = { before, body, error };
      setState({ kind: 'checking' });
      if (!(await arrived(client, cache, of, target, open.current))) {
        throw error;
      }
    }
  };

  const send = async (body: string): Promise<boolean> => {
    if (underWay.has(key)) {
      return false;
    }
    underWay.add(key);
    try {
      await attempt(body);
    } catch (error) {
      setState(
        error instanceof NotFoundOut
          ? { kind: 'failed', error: error.reason, doubt: 'unknown' }
          : {
              kind: 'failed',
              error,
              doubt: open.current === null ? 'none' : 'absent'
            }
      );
      return false;
    } finally {
      underWay.delete(key);
    }
    open.current = null;
    drafts.set(target, '');
    setState({ kind: 'idle' });
    for (const queryKey of [
      keys.discussions(of.folder, of.iid),
      keys.detail(of.folder, of.iid),
      keys.overviews(of.folder)
    ]) {
      void cache.invalidateQueries({ queryKey });
    }
    return true;
  };

  return { state, send };
}

/** A try without an answer. */
interface ITry {
  before: ReadonlySet<number>;
  body: string;
  error: unknown;
}

/** GitLab could not even be asked whether it has the text. */
class NotFoundOut extends Error {
  constructor(readonly reason: unknown) {
    super(String(reason));
  }
}

/** Whether GitLab has the text although no answer said so. */
async function arrived(
  client: ApiClient,
  cache: QueryClient,
  of: IThreadsOf,
  target: DraftTarget,
  last: ITry
): Promise<boolean> {
  let discussions: readonly Discussion[];
  try {
    discussions = await readDiscussions(client, cache, of);
  } catch {
    throw new NotFoundOut(last.error);
  }
  return hasArrived(discussions, last.before, target, last.body);
}
