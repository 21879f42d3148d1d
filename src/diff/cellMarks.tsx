import * as React from 'react';

import type { CellDiff } from './types';

/** Cells that a reader has ticked off, by a digest of their contents; only the cell that changes is drawn anew. */
export class CellMarks {
  constructor(
    readonly digest: (cell: CellDiff) => string,
    /** Told by the cell's own box. */
    readonly mark: (digest: string, viewed: boolean) => void
  ) {}

  set(digests: readonly string[]): void {
    this._marked = new Set(digests);
    this._listeners.forEach(listener => listener());
  }

  has(digest: string): boolean {
    return this._marked.has(digest);
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this._listeners.add(listener);
    return () => this._listeners.delete(listener);
  };

  private _marked: ReadonlySet<string> = new Set();
  private _listeners = new Set<() => void>();
}

const Context = React.createContext<CellMarks | null>(null);

/** Above a diff whose cells can be ticked off. */
export const CellMarksProvider = Context.Provider;

const nothing = () => () => undefined;

/** Whether the cell is ticked off, and how to do that; null where it can't be. */
export function useCellMark(
  cell: CellDiff
): { viewed: boolean; mark: (viewed: boolean) => void } | null {
  const marks = React.useContext(Context);
  const changed = cell.kind !== 'same' || cell.moved;
  const digest = React.useMemo(
    () => (marks && changed ? marks.digest(cell) : null),
    [marks, cell, changed]
  );
  const viewed = React.useSyncExternalStore(
    marks?.subscribe ?? nothing,
    () => digest !== null && (marks?.has(digest) ?? false)
  );
  return marks && digest !== null
    ? { viewed, mark: on => marks.mark(digest, on) }
    : null;
}
