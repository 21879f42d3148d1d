import { Notification } from '@jupyterlab/apputils';
import {
  useMutation,
  type UseMutationResult,
  useQueryClient
} from '@tanstack/react-query';

import { LONG_TIMEOUT, type Schemas } from '../api/client';
import { useClient, useTrans } from '../api/context';
import { describeError } from '../api/describe';
import { keys } from '../api/keys';
import { useDocument } from './context';

type MergeRequest = Schemas['MergeRequest'];

/** Changes the merge request on GitLab; the answer shows at once, lists and threads follow. */
function useChange<T = void>(
  change: (value: T) => Promise<MergeRequest>
): UseMutationResult<MergeRequest, Error, T> {
  const cache = useQueryClient();
  const { folder, iid } = useDocument();
  return useMutation({
    mutationFn: change,
    onSuccess: reply => {
      cache.setQueryData(keys.detail(folder, iid), reply);
      for (const queryKey of [
        keys.overviews(folder),
        keys.discussions(folder, iid)
      ]) {
        void cache.invalidateQueries({ queryKey });
      }
    },
    // The answer may have got lost: what is shown must be what GitLab has.
    onError: () =>
      void cache.invalidateQueries({ queryKey: keys.detail(folder, iid) })
  });
}

/** Title, texts, people, draft, closing: what the form shows that asks for it. */
export function useEdit() {
  const client = useClient();
  const { folder, iid } = useDocument();
  return useChange((body: Schemas['UpdateMergeRequestBody']) =>
    client.put('/merge-requests/{iid}', {
      path: { iid },
      query: { folder },
      body
    })
  );
}

/** The same from menus and boxes: a failure is told as a notification. */
export function useUpdate() {
  const client = useClient();
  const trans = useTrans();
  const { folder, iid } = useDocument();
  return useChange((body: Schemas['UpdateMergeRequestBody']) =>
    client
      .put('/merge-requests/{iid}', { path: { iid }, query: { folder }, body })
      .catch((error: unknown) => {
        const { message, hint } = describeError(error, trans);
        Notification.error(
          [trans.__('The merge request was not changed.'), message, hint]
            .filter(word => word)
            .join(' ')
        );
        throw error;
      })
  );
}

/** Approves the commit that is given, or takes the approval back (null). */
export function useApprove() {
  const client = useClient();
  const { folder, iid } = useDocument();
  return useChange((sha: string | null) =>
    sha === null
      ? client.delete('/merge-requests/{iid}/approvals', {
          path: { iid },
          query: { folder }
        })
      : client.post('/merge-requests/{iid}/approvals', {
          path: { iid },
          query: { folder },
          body: { sha }
        })
  );
}

export function useMerge() {
  const client = useClient();
  const { folder, iid } = useDocument();
  return useChange((body: Schemas['MergeBody']) =>
    client.post('/merge-requests/{iid}/merges', {
      path: { iid },
      query: { folder },
      body,
      timeout: LONG_TIMEOUT
    })
  );
}

/** Takes back that GitLab merges it as soon as all checks pass. */
export function useCancelAutoMerge() {
  const client = useClient();
  const { folder, iid } = useDocument();
  return useChange(() =>
    client.delete('/merge-requests/{iid}/auto-merges', {
      path: { iid },
      query: { folder }
    })
  );
}

/** Has GitLab rebase the source branch; the merge request tells how far it is. */
export function useRebase() {
  const client = useClient();
  const { folder, iid } = useDocument();
  return useChange(() =>
    client.post('/merge-requests/{iid}/rebases', {
      path: { iid },
      query: { folder },
      timeout: LONG_TIMEOUT
    })
  );
}
