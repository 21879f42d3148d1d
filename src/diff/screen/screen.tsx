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
  /** How high things were when they were taken off the page, by their names; in pixels. */
  heights: Map<string, number>;
}

function createScreen(root: HTMLElement | null): IScreen {
  return {
    root,
    pacer: new Pacer(),
    nearness: Nearness.isSupported() ? new Nearness(root) : null,
    shelf: new Shelf(),
    heights: new Map()
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
