import type { FileDiff } from '../../diff/types';
import {
  type IPlaced,
  type LineIndex,
  placeItems,
  type IShownFile,
  type Spot
} from '../../threads/placement';
import { itemText } from '../../threads/where';
import type { TranslationBundle } from '@jupyterlab/translation';
import { findCell } from '../liveCell';

/** Something that was said of a cell. */
export interface ISaid<T> {
  item: T;
  /** "line 11", "output 1". */
  where: string;
}

/** What was said of each cell of a notebook as it is now, by the cell's id there. */
export function saidOfCells<T extends IPlaced>(
  index: LineIndex,
  items: readonly T[],
  file: IShownFile,
  cells: readonly { id: string }[],
  trans: TranslationBundle
): Map<string, ISaid<T>[]> {
  const found = new Map<string, ISaid<T>[]>();
  for (const { spot, items: here } of placeItems(
    index,
    items,
    file
  ).slots.values()) {
    const place = liveCell(index.diff, spot, cells);
    if (place === -1) {
      continue;
    }
    const { id } = cells[place];
    const said = here.map(item => ({
      item,
      where: itemText(index, spot, item, trans)
    }));
    found.set(id, [...(found.get(id) ?? []), ...said]);
  }
  return found;
}

/** Where the cell of a spot stands in the notebook now; -1: nowhere. */
function liveCell(
  diff: FileDiff,
  spot: Exclude<Spot, { kind: 'file' }>,
  cells: readonly { id: string }[]
): number {
  const cell = spot.kind === 'row' ? spot.place.cell : spot.cell;
  const now = diff.type === 'notebook' ? diff.cells[cell]?.new : null;
  return now ? findCell(cells, { id: now.id ?? null, index: now.index }) : -1;
}
