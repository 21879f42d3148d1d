import * as React from 'react';
import { flushSync } from 'react-dom';

import { Nearness } from './nearness';
import { Pacer } from './pacer';
import { Shelf } from './shelf';

/** What scrolls, and what is on its screen. */
export interface IScreen {
  /** The element that scrolls; null: the window. */
  root: HTMLElement | null;
  /** Makes what is needed without holding the page up. */
  pacer: Pacer;
  /** Null where the browser can't tell: then everything is made at once. */
  nearness: Nearness | null;
  shelf: Shelf;
}

function createScreen(root: HTMLElement | null): IScreen {
  return {
    root,
    pacer: new Pacer(),
    nearness: Nearness.isSupported() ? new Nearness(root) : null,
    shelf: new Shelf()
  };
}

const Context = React.createContext<IScreen | null>(null);

let ofWindow: IScreen | null = null;

/** What scrolls around this component; outside a view, the window. */
export function useScreen(): IScreen {
  const screen = React.useContext(Context);
  return screen ?? (ofWindow ??= createScreen(null));
}

/** Makes the element that scrolls into a screen for what is in it. */
export function ScreenProvider(props: {
  root: HTMLElement;
  children: React.ReactNode;
}): React.JSX.Element | null {
  const { root } = props;
  const [screen, setScreen] = React.useState<IScreen | null>(null);
  React.useLayoutEffect(() => {
    const made = createScreen(root);
    setScreen(made);
    return () => made.nearness?.dispose();
  }, [root]);
  return (
    screen && (
      <Context.Provider value={screen}>{props.children}</Context.Provider>
    )
  );
}

/** Whether the element has been near the visible part; stays true. */
export function useNear(ref: React.RefObject<Element>, eager = false): boolean {
  const { nearness, pacer } = useScreen();
  const [near, setNear] = React.useState(eager || nearness === null);
  React.useEffect(() => {
    const element = ref.current;
    if (near || !element || !nearness) {
      return;
    }
    let cancel: (() => void) | null = null;
    const stop = nearness.observe(element, isNear => {
      cancel?.();
      // What is scrolled past is not made.
      cancel = isNear ? pacer.soon(() => flushSync(() => setNear(true))) : null;
    });
    return () => {
      stop();
      cancel?.();
    };
  }, [ref, near, nearness, pacer]);
  return near || eager;
}

/**
 * Whether something heavy is to be on the page: while it is near the visible part, and for a while after that.
 *
 * `onMade` is to be called when it is there again: until then the element keeps the height it had.
 */
export function useOnPage(
  ref: React.RefObject<HTMLElement>,
  size: number
): { shown: boolean; onMade: () => void } {
  const { nearness, pacer, shelf } = useScreen();
  const [shown, setShown] = React.useState(nearness === null);
  React.useEffect(() => {
    const element = ref.current;
    if (!element || !nearness) {
      return;
    }
    let cancel: (() => void) | null = null;
    const item = {
      size,
      drop: () => {
        // Its room is kept, so that nothing moves.
        element.style.minHeight = `${element.offsetHeight}px`;
        setShown(false);
      }
    };
    const stop = nearness.observe(element, isNear => {
      cancel?.();
      cancel = null;
      if (isNear) {
        shelf.take(item);
        cancel = pacer.soon(() => flushSync(() => setShown(true)));
      } else {
        shelf.put(item);
      }
    });
    return () => {
      stop();
      cancel?.();
      shelf.take(item);
    };
  }, [ref, size, nearness, pacer, shelf]);
  const onMade = React.useCallback(() => {
    if (ref.current) {
      ref.current.style.minHeight = '';
    }
  }, [ref]);
  return { shown, onMade };
}

/**
 * Makes its children when they come near, or when there is time. Until then there is their text, which the browser's
 * search finds, in an element of about their height.
 */
export function LazyBlock(props: {
  /** Pixels, roughly. */
  height: number;
  /** Lines of text, roughly: few are made in idle time, thousands are not. */
  lines: number;
  text: () => string;
  eager?: boolean;
  children: () => React.ReactNode;
}): React.JSX.Element {
  const { eager = false, height, lines } = props;
  const { nearness, pacer } = useScreen();
  const ref = React.useRef<HTMLDivElement>(null);
  const [made, setMade] = React.useState(eager || nearness === null);
  React.useEffect(() => {
    const element = ref.current;
    if (made || !element || !nearness) {
      return;
    }
    const make = () => flushSync(() => setMade(true));
    const cancels = [pacer.idle(make, lines)];
    cancels.push(
      nearness.observe(element, isNear => {
        if (isNear) {
          cancels.push(pacer.soon(make));
        }
      })
    );
    return () => cancels.forEach(cancel => cancel());
  }, [made, nearness, pacer, lines]);
  const now = made || eager;
  return (
    <div
      ref={ref}
      className="jp-gitlab-LazyBlock"
      style={now ? { containIntrinsicSize: `auto ${height}px` } : { height }}
    >
      {now ? (
        props.children()
      ) : (
        <div className="jp-gitlab-LazyText">{props.text()}</div>
      )}
    </div>
  );
}
