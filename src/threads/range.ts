import {
  type Anchor,
  type FileDiff,
  type IRowPlace,
  NO_CELL,
  type SourceRow
} from '../diff/types';

/** The rows of a cell, or of a text file (`NO_CELL`). */
export function rowsOf(diff: FileDiff, cell: number): readonly SourceRow[] {
  if (diff.type === 'notebook') {
    return diff.cells[cell]?.rows ?? [];
  }
  return diff.type === 'text' && cell === NO_CELL ? diff.rows : [];
}

/** What a comment on several rows hangs on. */
export interface IRangeTarget {
  /** The last row. */
  place: IRowPlace;
  end: Anchor;
  /** The first one; null if it is the last one, too. */
  start: Anchor | null;
}

/**
 * The ends of a comment on the rows from one to the other, in the order in which the file's raw diff has them: within
 * a change the removed lines before the added ones. Rows that take no comment are left out at the ends; null if none
 * takes one. `half`: the side of a split view.
 */
export function rangeTarget(
  diff: FileDiff,
  from: IRowPlace,
  to: IRowPlace,
  half: 'old' | 'new' | null
): IRangeTarget | null {
  const rows = rowsOf(diff, to.cell);
  const [first, last] = [from.index, to.index].sort((a, b) => a - b);
  const ordered: IRowPlace[] = [];
  let added: IRowPlace[] = [];
  for (let index = first; index <= last; index++) {
    const row = rows[index];
    if (
      (half === 'old' && row.kind === 'added') ||
      (half === 'new' && row.kind === 'removed')
    ) {
      continue;
    }
    const place = { cell: to.cell, index, row };
    if (row.kind === 'added') {
      added.push(place);
      continue;
    }
    if (row.kind === 'same') {
      ordered.push(...added);
      added = [];
    }
    ordered.push(place);
  }
  ordered.push(...added);
  const spots = ordered.flatMap(place => {
    const { row } = place;
    const { anchor } = half === 'old' ? (row.old_half ?? row) : row;
    return anchor ? [{ place, end: anchor }] : [];
  });
  const end = spots[spots.length - 1];
  if (!end) {
    return null;
  }
  const start = spots[0].end;
  return { ...end, start: start === end.end ? null : start };
}
