import * as React from 'react';

import { useClient } from '../../api/context';

/** Milliseconds on a row before it counts as looked at: moving over the list asks for nothing. */
const PAUSE = 120;

/** Handlers for a row: pointing at it, or focusing it, asks for what a click will show. */
export function usePrefetch(
  folder: string,
  iid: number
): Pick<
  React.DOMAttributes<HTMLElement>,
  'onPointerEnter' | 'onPointerLeave' | 'onFocus' | 'onBlur'
> {
  const client = useClient();
  const timer = React.useRef(0);
  const stop = React.useCallback(() => window.clearTimeout(timer.current), []);
  React.useEffect(() => stop, [stop]);
  const start = (): void => {
    stop();
    timer.current = window.setTimeout(() => {
      // The document's code as well; what fails here is told when the row is opened.
      void import('../../mergeRequest/widget').catch(() => undefined);
      void import('../../mergeRequest/prefetch')
        .then(({ prefetchMergeRequest }) =>
          prefetchMergeRequest(client, folder, iid)
        )
        .catch(() => undefined);
    }, PAUSE);
  };
  return {
    onPointerEnter: start,
    onPointerLeave: stop,
    onFocus: start,
    onBlur: stop
  };
}
