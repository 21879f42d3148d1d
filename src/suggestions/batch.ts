import * as React from 'react';

import type { ISuggested, ISuggestionsOf } from './types';

const EMPTY: readonly ISuggested[] = [];

/** Suggestions that are gathered to be applied together, by merge request. They are forgotten with the page. */
const batches = new Map<string, readonly ISuggested[]>();
const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function isSame(one: ISuggested, other: ISuggested): boolean {
  return (
    one.ref.note_id === other.ref.note_id && one.ref.index === other.ref.index
  );
}

export interface IBatch {
  all: readonly ISuggested[];
  has: (suggested: ISuggested) => boolean;
  add: (suggested: ISuggested) => void;
  remove: (suggested: readonly ISuggested[]) => void;
}

/** The batch of a merge request, the same in every view of it. */
export function useBatch({ folder, iid }: ISuggestionsOf): IBatch {
  const key = `${folder}!${iid}`;
  const all = React.useSyncExternalStore(
    subscribe,
    () => batches.get(key) ?? EMPTY
  );
  return React.useMemo(() => {
    const change = (after: readonly ISuggested[]) => {
      batches.set(key, after);
      listeners.forEach(listener => listener());
    };
    const has = (suggested: ISuggested) =>
      all.some(each => isSame(each, suggested));
    return {
      all,
      has,
      add: suggested => !has(suggested) && change([...all, suggested]),
      remove: gone =>
        change(all.filter(each => !gone.some(one => isSame(each, one))))
    };
  }, [key, all]);
}
