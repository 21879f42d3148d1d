import type { TranslationBundle } from '@jupyterlab/translation';

import type { SourceRow } from '../diff/types';
import type { PlacedTarget } from './drafts';
import type { ILines, IPlaced, LineIndex, Spot } from './placement';

/** "line 11", "old line 3". */
export function lineText(row: SourceRow, trans: TranslationBundle): string {
  return row.new_number !== null
    ? trans.__('line %1', row.new_number)
    : trans.__('old line %1', row.old_number ?? 0);
}

/** The rows that a comment on several lines speaks of, by their places in the cell; null for one on a single line. */
export function spokenRows(
  index: LineIndex,
  spot: Spot,
  start: ILines | null | undefined
): { cell: number; from: number; to: number } | null {
  if (spot.kind !== 'row' || !start) {
    return null;
  }
  const first = index.find(start);
  if (first.kind !== 'row' || first.place.cell !== spot.place.cell) {
    return null;
  }
  const [from, to] = [first.place.index, spot.place.index].sort(
    (a, b) => a - b
  );
  return { cell: spot.place.cell, from, to };
}

/** "line 11", "lines 9–11", "the cell", "output 1". */
export function spotText(
  index: LineIndex,
  spot: Exclude<Spot, { kind: 'file' }>,
  start: ILines | null | undefined,
  trans: TranslationBundle
): string {
  switch (spot.kind) {
    case 'cell':
      return trans.__('the cell');
    case 'output':
      return trans.__('output %1', spot.output + 1);
    default: {
      const last = lineText(spot.place.row, trans);
      const first = start ? index.find(start) : null;
      if (first?.kind !== 'row') {
        return last;
      }
      const { row } = first.place;
      const ends = [row.new_number, spot.place.row.new_number];
      return ends[0] !== null && ends[1] !== null
        ? trans.__('lines %1–%2', ends[0], ends[1])
        : trans.__('%1 to %2', lineText(row, trans), last);
    }
  }
}

/** Where a thread or a pending comment stands, and that this is another version's place if it is. */
export function itemText(
  index: LineIndex,
  spot: Exclude<Spot, { kind: 'file' }>,
  item: IPlaced,
  trans: TranslationBundle
): string {
  const where = spotText(index, spot, item.position?.start, trans);
  return item.position?.outdated
    ? trans.__('%1, said of an earlier version', where)
    : where;
}

/** Where a new comment is to stand. */
export function targetStart(target: PlacedTarget): ILines | null {
  return target.kind === 'line' ? (target.position.start ?? null) : null;
}
