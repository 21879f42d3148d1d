import * as React from 'react';

/** Pixels ahead of the visible part within which blocks are made. */
const AHEAD = 1000;

/** The element that scrolls the view; null: the window. */
export const ScrollRoot = React.createContext<HTMLElement | null>(null);

/** Whether the element has been near the visible part; stays true. */
export function useNear(ref: React.RefObject<Element>, eager = false): boolean {
  const root = React.useContext(ScrollRoot);
  const [near, setNear] = React.useState(
    eager || typeof IntersectionObserver === 'undefined'
  );
  React.useEffect(() => {
    const element = ref.current;
    if (near || !element) {
      return;
    }
    const observer = new IntersectionObserver(
      entries => {
        if (entries.some(entry => entry.isIntersecting)) {
          setNear(true);
        }
      },
      { root, rootMargin: `${AHEAD}px 0px` }
    );
    observer.observe(element);
    return () => observer.disconnect();
  }, [ref, root, near]);
  return near || eager;
}

/** Makes its children when they come near; until then, an empty block of about their height. */
export function LazyBlock(props: {
  /** Pixels, roughly. */
  height: number;
  eager?: boolean;
  children: () => React.ReactNode;
}): React.JSX.Element {
  const ref = React.useRef<HTMLDivElement>(null);
  const near = useNear(ref, props.eager);
  return (
    <div
      ref={ref}
      className="jp-gitlab-LazyBlock"
      style={
        near
          ? { containIntrinsicSize: `auto ${props.height}px` }
          : { height: props.height }
      }
    >
      {near && props.children()}
    </div>
  );
}
