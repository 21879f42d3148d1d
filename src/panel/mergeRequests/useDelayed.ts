import * as React from 'react';

/** Milliseconds after the last key before GitLab is searched. */
export const SEARCH_PAUSE = 300;

/** The value as it was once it had not changed for `pause` milliseconds. */
export function useDelayed<T>(value: T, pause: number): T {
  const [settled, setSettled] = React.useState(value);
  React.useEffect(() => {
    const timer = window.setTimeout(() => setSettled(value), pause);
    return () => window.clearTimeout(timer);
  }, [value, pause]);
  return settled;
}
