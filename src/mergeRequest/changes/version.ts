import { type QueryKey, useQueryClient } from '@tanstack/react-query';
import * as React from 'react';

import type { Schemas } from '../../api/client';
import { keys } from '../../api/keys';
import { useDocument } from '../context';

type Files = Schemas['MergeRequestFiles'];

/** The version that is on the page, and what is known of newer ones. */
export interface IShownVersion {
  shown: Files;
  /** GitLab has a newer one. */
  stale: boolean;
  /** It is being read. */
  loading: boolean;
  reload: () => Promise<void>;
  /** To be put on the page: they tell that somebody reads it. */
  touch: Pick<
    React.DOMAttributes<HTMLElement>,
    'onPointerDownCapture' | 'onKeyDownCapture' | 'onWheelCapture'
  >;
}

/** The version on the page stays until the reader asks for a newer one; a page that nobody has touched yet follows. */
export function useShownVersion(
  mergeRequest: Schemas['MergeRequest'],
  latest: Files
): IShownVersion {
  const cache = useQueryClient();
  const { folder, iid } = useDocument();
  const [shown, setShown] = React.useState(latest);
  const [loading, setLoading] = React.useState(false);
  const touched = React.useRef(false);
  const touch = React.useMemo(() => {
    const onTouch = () => {
      touched.current = true;
    };
    return {
      onPointerDownCapture: onTouch,
      onKeyDownCapture: onTouch,
      onWheelCapture: onTouch
    };
  }, []);

  const newest = mergeRequest.diff_refs;
  const stale =
    !isSameVersion(shown.diff_refs, latest.diff_refs) ||
    (newest !== null && !isSameVersion(shown.diff_refs, newest));
  const reload = React.useCallback(async () => {
    const queryKey = keys.files(folder, iid, null);
    setLoading(true);
    try {
      void cache.invalidateQueries({
        queryKey: keys.mergeRequest(folder, iid),
        predicate: query => !matchesKey(query.queryKey, queryKey)
      });
      await cache.invalidateQueries({ queryKey });
      const fresh = cache.getQueryData<Files>(queryKey);
      if (fresh) {
        setShown(fresh);
      }
    } finally {
      setLoading(false);
    }
  }, [cache, folder, iid]);

  const head = (newest ?? latest.diff_refs).head_sha;
  React.useEffect(() => {
    if (stale && !touched.current) {
      void reload();
    }
  }, [stale, head, reload]);

  return { shown, stale, loading, reload, touch };
}

function isSameVersion(
  a: Schemas['DiffRefs'],
  b: Schemas['DiffRefs']
): boolean {
  return (
    a.base_sha === b.base_sha &&
    a.start_sha === b.start_sha &&
    a.head_sha === b.head_sha
  );
}

/** Whether the key is that one, or begins with it. */
function matchesKey(key: QueryKey, start: QueryKey): boolean {
  return start.every((part, index) => key[index] === part);
}
