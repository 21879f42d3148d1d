import type { Schemas } from '../api/client';
import { useDiscussions } from '../api/queries';
import { useDocument } from './context';

/** How many threads are open; null until that is known: where there are many notes only the threads tell. */
export function useUnresolved(
  mergeRequest: Schemas['MergeRequest']
): number | null {
  const { folder, iid } = useDocument();
  const { data } = useDiscussions(folder, iid);
  return (
    mergeRequest.unresolved ??
    data?.discussions.filter(each => each.resolvable && !each.resolved)
      .length ??
    null
  );
}
