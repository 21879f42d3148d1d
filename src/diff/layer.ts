import type * as React from 'react';

import type { Anchor, IRowPlace } from './types';

export type Side = 'old' | 'new';

/** What hangs on one cell. The object stays the same for as long as nothing changes there. */
export interface ICellLayer {
  /** Whether something hangs on the row with this index, so that it may not be folded away. */
  has(index: number): boolean;
  /** What is shown below a row; called for rows that have something. */
  below(place: IRowPlace): React.ReactNode;
  /** What speaks of the cell as a whole, between its head and its source. */
  start: React.ReactNode;
  /** What hangs on its outputs, by {@link outputKey}. */
  outputs: ReadonlyMap<string, React.ReactNode>;
}

/** Names an output of a cell by its place on one side, counted from 0. */
export function outputKey(side: Side, index: number): string {
  return `${side}:${index}`;
}

/** A cell of the diff, or one of its outputs; `index` and `output` count from 0 on that side. */
export interface ICellPlace {
  /** The cell's position in the diff. */
  cell: number;
  side: Side;
  index: number;
  output: number | null;
}

/** What other rooms hang on the diff of one file: threads and comment boxes. */
export interface IDiffLayer {
  /** By the cell's position in the diff (`NO_CELL` for a text file); null if it has nothing. */
  cell(cell: number): ICellLayer | null;
  /** Shown after the last cell or row. */
  end: React.ReactNode;
  /** Opens a comment box. */
  comment: OnComment;
  /** Opens a comment box on a cell or an output. */
  commentCell: OnCommentCell;
}

/** Called with the row and the anchor of the comment: mostly the row's own, or that of its old half. */
export type OnComment = (place: IRowPlace, anchor: Anchor) => void;

export type OnCommentCell = (place: ICellPlace) => void;
