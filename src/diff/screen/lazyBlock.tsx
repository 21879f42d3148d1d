import * as React from 'react';

import { useOnPage } from './onPage';
import { useScreen } from './screen';

/** Bytes that a line of a source takes on the page: its elements, and what React knows of them. */
const LINE_SIZE = 10_000;

/**
 * Makes its children when they come near, or when there is time, and lets them go when they are far away again. Else
 * there is their text, which the browser's search finds, in an element of their height.
 */
export function LazyBlock(props: {
  /** Pixels, roughly. */
  height: number;
  /** Lines of text, roughly: few are made in idle time, thousands are not. */
  lines: number;
  text: () => string;
  eager?: boolean;
  /** Holds what must not be lost: it stays. */
  keep?: boolean;
  children: () => React.ReactNode;
}): React.JSX.Element {
  const { lines } = props;
  const { pacer } = useScreen();
  const ref = React.useRef<HTMLDivElement>(null);
  const { shown, make, ...last } = useOnPage(ref, {
    size: lines * LINE_SIZE,
    eager: props.eager,
    keep: props.keep
  });
  const wasShown = React.useRef(shown);
  React.useEffect(() => {
    wasShown.current ||= shown;
    return wasShown.current ? undefined : pacer.idle(make, lines);
  }, [shown, make, pacer, lines]);
  const height = last.height ?? props.height;
  return (
    <div
      ref={ref}
      className="jp-gitlab-LazyBlock"
      style={shown ? { containIntrinsicSize: `auto ${height}px` } : { height }}
    >
      {shown ? (
        props.children()
      ) : (
        <div className="jp-gitlab-LazyText">{props.text()}</div>
      )}
    </div>
  );
}
