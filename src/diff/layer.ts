import type * as React from 'react';

import type { CommentSpot, IRowPlace } from './types';

/** What hangs on the rows of one cell. The object stays the same for as long as nothing changes there. */
export interface ICellLayer {
  /** Whether something hangs on the row with this index, so that it may not be folded away. */
  has(index: number): boolean;
  /** What is shown below a row; called for rows that have something. */
  below(place: IRowPlace): React.ReactNode;
  /** What belongs to the cell, but to none of its source rows. */
  end: React.ReactNode;
}

/** What other rooms hang on the diff of one file: threads and comment boxes. */
export interface IDiffLayer {
  /** By the cell's position in the diff (`NO_CELL` for a text file); null if it has nothing. */
  cell(cell: number): ICellLayer | null;
  /** Shown after the last cell or row. */
  end: React.ReactNode;
  /** Opens a comment box. */
  comment: OnComment;
}

/** Called with the row and, of it, what the comment is to be on: mostly the row itself, or the old half of it. */
export type OnComment = (place: IRowPlace, spot: CommentSpot) => void;
