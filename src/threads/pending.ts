import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import * as React from 'react';

import { REMOTE_INTERVAL } from '../api/queries';
import { useClient, useVisible } from '../api/context';
import { keys } from '../api/keys';
import { refreshPending, refreshThreads } from './cache';
import { useThreads } from './context';
import type { IThreadsOf, PendingNote, Verdict } from './types';

/** My pending comments on the merge request, which GitLab keeps as draft notes. */
export interface IPending {
  notes: readonly PendingNote[];
  /** The one pending reply that a thread can have, by the thread's id. */
  replies: ReadonlyMap<string, PendingNote>;
  /** What a review can end with on this GitLab. */
  verdicts: readonly Verdict[];
  /** Why they could not be read. */
  error: unknown;
}

const NONE: IPending = {
  notes: [],
  replies: new Map(),
  verdicts: ['comment', 'approve'],
  error: null
};

const Context = React.createContext<IPending>(NONE);

export const PendingProvider = Context.Provider;

/** My pending comments; none where nobody provides them. */
export function usePending(): IPending {
  return React.useContext(Context);
}

/** Reads them, for the one who provides them. */
export function useReadPending(of: IThreadsOf): IPending {
  const client = useClient();
  const { data, error } = useQuery({
    queryKey: keys.draftNotes(of.folder, of.iid),
    queryFn: ({ signal }) =>
      client.get('/merge-requests/{iid}/draft-notes', {
        path: { iid: of.iid },
        query: { folder: of.folder },
        signal
      }),
    enabled: useVisible(),
    staleTime: REMOTE_INTERVAL
  });
  return React.useMemo(() => {
    if (!data) {
      return { ...NONE, error };
    }
    const notes = data.draft_notes;
    const replies = new Map<string, PendingNote>();
    for (const each of notes) {
      if (each.discussion_id !== null) {
        replies.set(each.discussion_id, each);
      }
    }
    return { notes, replies, verdicts: data.verdicts, error };
  }, [data, error]);
}

/** Drops a pending comment, or publishes it before the others; the answer is those that are left. */
export function useFinishPending(how: 'delete' | 'publish') {
  const client = useClient();
  const cache = useQueryClient();
  const { of } = useThreads();
  return useMutation({
    mutationFn: (id: number) => {
      const options = {
        path: { iid: of.iid, draft_note_id: id },
        query: { folder: of.folder }
      };
      return how === 'delete'
        ? client.delete(
            '/merge-requests/{iid}/draft-notes/{draft_note_id}',
            options
          )
        : client.post(
            '/merge-requests/{iid}/draft-notes/{draft_note_id}/publications',
            options
          );
    },
    onSuccess: left => {
      cache.setQueryData(keys.draftNotes(of.folder, of.iid), left);
      if (how === 'publish') {
        refreshThreads(cache, of);
      }
    },
    onError: () => void refreshPending(cache, of)
  });
}
