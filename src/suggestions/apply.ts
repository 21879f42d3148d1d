import { Notification } from '@jupyterlab/apputils';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';

import { LONG_TIMEOUT, type Schemas } from '../api/client';
import { useClient, useTrans } from '../api/context';
import { keys } from '../api/keys';
import { mergeRequestQuery } from '../api/mergeRequests';
import { useDiffServices } from '../diff/services';
import { useBatch } from './batch';
import { editOpenNotebook } from './openNotebook';
import type { ISuggested, ISuggestionsOf } from './types';

/** Where suggestions are applied to: the source branch on GitLab, or the notebook that is open here. */
export type Destination =
  { kind: 'commit'; message: string; resolve: boolean } | { kind: 'notebook' };

/** The merge request as far as it is known; nothing is asked for. */
export function useKnownMergeRequest({
  folder,
  iid
}: ISuggestionsOf): Schemas['MergeRequest'] | undefined {
  const client = useClient();
  return useQuery({
    ...mergeRequestQuery(client, folder, iid),
    enabled: false
  }).data;
}

/** Applies suggestions and tells what became of them. */
export function useApply(
  of: ISuggestionsOf,
  suggested: readonly ISuggested[],
  onDone: () => void
) {
  const client = useClient();
  const trans = useTrans();
  const cache = useQueryClient();
  const batch = useBatch(of);
  const known = useKnownMergeRequest(of)?.sha;
  const { documents, pull } = useDiffServices();
  const { folder, iid } = of;

  // A batch may have been gathered on an earlier version.
  const sha = known ?? suggested[0].position.diff_refs.head_sha;

  const refresh = () => {
    for (const queryKey of [
      keys.mergeRequest(folder, iid),
      keys.overviews(folder)
    ]) {
      void cache.invalidateQueries({ queryKey });
    }
  };

  /** Whether the clone is on the very branch that the commit went to. */
  const isCheckedOut = async (branch: string): Promise<boolean> => {
    try {
      const now = await client.get('/merge-requests/{iid}/check-outs', {
        path: { iid },
        query: { folder }
      });
      return now.current && !now.fork && now.branch === branch;
    } catch {
      return false;
    }
  };

  const tell = async (applied: Schemas['AppliedSuggestions']) => {
    const { branch, error } = applied;
    const toPull = pull !== null && (await isCheckedOut(branch));
    const sha = applied.commit.slice(0, 8);
    const done = toPull
      ? trans.__('Committed %1 on %2.', sha, branch)
      : trans.__(
          'Committed %1 on %2. Pull to have it in your clone.',
          sha,
          branch
        );
    const actions = toPull
      ? [
          {
            label: trans.__('Pull'),
            caption: trans.__('Bring the commit into your clone'),
            callback: () => pull(folder, branch)
          }
        ]
      : [];
    if (error === null) {
      // What there is to press stays a little longer.
      const autoClose = toPull ? 20_000 : 6000;
      Notification.success(done, { autoClose, actions });
      return;
    }
    Notification.warning(
      [
        done,
        trans.__('Its thread was not resolved:'),
        error.message,
        error.hint
      ]
        .filter(word => word)
        .join(' '),
      { autoClose: false, actions }
    );
  };

  return useMutation({
    mutationFn: async (destination: Destination) => {
      if (destination.kind === 'notebook') {
        if (documents === null) {
          throw new Error(trans.__('Notebooks can’t be opened here.'));
        }
        await editOpenNotebook(client, documents, { of, suggested, sha });
        return null;
      }
      return client.post('/merge-requests/{iid}/suggestions', {
        path: { iid },
        query: { folder },
        body: {
          sha,
          suggestions: suggested.map(each => each.ref),
          message: destination.message,
          resolve: destination.resolve
        },
        timeout: LONG_TIMEOUT
      });
    },
    onSuccess: applied => {
      batch.remove(suggested);
      onDone();
      if (applied === null) {
        Notification.success(
          trans.__(
            'The change is in the open notebook. Save, commit and push it.'
          ),
          { autoClose: 6000 }
        );
        return;
      }
      refresh();
      void tell(applied);
    },
    // The threads tell what became of the lines.
    onError: refresh
  });
}
