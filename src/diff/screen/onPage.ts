import * as React from 'react';
import { flushSync } from 'react-dom';

import { useScreen } from './screen';

/** What is heavy, and when it may leave the page. */
export interface IHeavy {
  /** Bytes that it takes on the page, roughly. */
  size: number;
  /** It is on the page from the beginning. */
  eager?: boolean;
  /** Holds what must not be lost: it comes at once and stays. */
  keep?: boolean;
  /** By which its height is known again after it was made anew by something around it. */
  name?: string;
}

export interface IOnPage {
  shown: boolean;
  /** Pixels that it had when it was last on the page; null if it never was. */
  height: number | null;
  /** Makes it now. */
  make: () => void;
}

/** What people do in something that they would lose if it were made anew: opening folds, choosing, typing, finding. */
const USES = ['click', 'input', 'beforematch'];

/**
 * Whether something heavy is to be on the page: while it is near the visible part, and for a while after that.
 *
 * What has the focus or is selected stays, and so does what has been used.
 */
export function useOnPage(
  ref: React.RefObject<HTMLElement>,
  heavy: IHeavy
): IOnPage {
  const { nearness, pacer, shelf, heights } = useScreen();
  const { size, eager = false, keep = false, name } = heavy;
  const [shown, setShown] = React.useState(eager || keep || nearness === null);
  const [height, setHeight] = React.useState(
    () => (name === undefined ? undefined : heights.get(name)) ?? null
  );
  const isShown = React.useRef(shown);
  const isUsed = React.useRef(false);
  const show = React.useCallback((value: boolean) => {
    isShown.current = value;
    setShown(value);
  }, []);
  const make = React.useCallback(() => {
    if (!isShown.current) {
      flushSync(() => show(true));
    }
  }, [show]);
  React.useEffect(() => {
    const element = ref.current;
    if (!element || !nearness) {
      return;
    }
    if (keep) {
      show(true);
      return;
    }
    let cancel: (() => void) | null = null;
    const item = {
      size,
      isHeld: () => isHeld(element),
      drop: () => {
        cancel = pacer.soon(() => {
          if (!isHeld(element)) {
            drop();
          }
        });
      }
    };
    const drop = () => {
      const { offsetHeight } = element;
      if (name !== undefined) {
        heights.set(name, offsetHeight);
      }
      flushSync(() => {
        setHeight(offsetHeight);
        show(false);
      });
      // Far from the screen the browser puts the layout off, and keeps the old one with all that was in it until then.
      (element.firstElementChild ?? element).getBoundingClientRect();
    };
    const onUse = () => {
      isUsed.current = true;
    };
    USES.forEach(use => element.addEventListener(use, onUse, true));
    const stop = nearness.observe(element, isNear => {
      cancel?.();
      cancel = null;
      if (isNear) {
        shelf.take(item);
        cancel = pacer.soon(make);
      } else if (isShown.current && !isUsed.current) {
        shelf.put(item);
      }
    });
    return () => {
      USES.forEach(use => element.removeEventListener(use, onUse, true));
      stop();
      cancel?.();
      shelf.take(item);
    };
  }, [ref, size, keep, name, nearness, pacer, shelf, heights, show, make]);
  return { shown: shown || keep, height, make };
}

/** Whether somebody would notice that the element's contents have gone. */
function isHeld(element: HTMLElement): boolean {
  const selection = document.getSelection();
  return (
    element.contains(document.activeElement) ||
    (selection !== null &&
      !selection.isCollapsed &&
      selection.getRangeAt(0).intersectsNode(element))
  );
}
