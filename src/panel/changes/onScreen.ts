import * as React from 'react';

/** A ref and whether its element has been on screen yet: what is asked lazily is asked then. */
export function useOnScreen<T extends Element>(): [
  React.RefObject<T>,
  boolean
] {
  const ref = React.useRef<T>(null);
  const [seen, setSeen] = React.useState(
    () => typeof IntersectionObserver === 'undefined'
  );
  React.useEffect(() => {
    if (seen || !ref.current) {
      return;
    }
    const observer = new IntersectionObserver(entries => {
      if (entries.some(entry => entry.isIntersecting)) {
        setSeen(true);
      }
    });
    observer.observe(ref.current);
    return () => observer.disconnect();
  }, [seen]);
  return [ref, seen];
}
