import { Notification } from '@jupyterlab/apputils';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';

import { LONG_TIMEOUT, type Schemas } from '../api/client';
import { useClient, useTrans } from '../api/context';
import { keys } from '../api/keys';
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
    queryKey: keys.detail(folder, iid),
    queryFn: ({ signal }) =>
      client.get('/merge-requests/{iid}', {
        path: { iid },
        query: { folder },
        signal
      }),
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
  const { documents } = useDiffServices();
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
      const done = trans.__(
        'Committed %1 on %2. Pull to have it in your clone.',
        applied.commit.slice(0, 8),
        applied.branch
      );
      if (applied.error === null) {
        Notification.success(done, { autoClose: 6000 });
        return;
      }
      const { message, hint } = applied.error;
      Notification.warning(
        [done, trans.__('Its thread was not resolved:'), message, hint]
          .filter(word => word)
          .join(' '),
        { autoClose: false }
      );
    },
    // The threads tell what became of the lines.
    onError: refresh
  });
}
