import type { Side } from '../diff/layer';
import {
  type FileDiff,
  type IRowPlace,
  NO_CELL,
  type NotebookDiff,
  type SourceRow
} from '../diff/types';
import type { PlacedTarget } from './drafts';
import type { CellMark, LinePosition } from './types';

/** Raw lines of a position: both for an unchanged line, one for a changed one. */
export interface ILines {
  old_line?: number | null;
  new_line?: number | null;
}

/** Where something shows in the diff. */
export type Spot =
  | { kind: 'row'; place: IRowPlace }
  | { kind: 'output'; cell: number; side: Side; output: number }
  /** In a cell (its metadata, its frame), but on none of its source rows; or on the cell as a whole. */
  | { kind: 'cell'; cell: number }
  /** Nowhere: between cells, or in a part that is not shown. */
  | { kind: 'file' };

/** Finds raw lines among the rows of one diff. */
export class LineIndex {
  constructor(readonly diff: FileDiff) {
    if (diff.type === 'notebook') {
      diff.cells.forEach((cell, index) => this._addRows(cell.rows, index));
    } else if (diff.type === 'text') {
      this._addRows(diff.rows, NO_CELL);
    }
  }

  /**
   * The place of a raw line: the row whose anchor it is, else the row that shows the line (the new side first, since a
   * thread there is the more telling one), else the cell that it lies in.
   */
  find(lines: ILines): Spot {
    const old = lines.old_line ?? null;
    const now = lines.new_line ?? null;
    const place =
      this._byAnchor.get(`${old}:${now}`) ??
      this._byOtherAnchor.get(`${old}:${now}`) ??
      (now !== null ? this._byNew.get(now) : undefined) ??
      (old !== null ? this._byOld.get(old) : undefined);
    if (place) {
      return { kind: 'row', place };
    }
    return this.diff.type === 'notebook'
      ? cellOf(this.diff, old, now)
      : { kind: 'file' };
  }

  private _addRows(rows: readonly SourceRow[], cell: number): void {
    rows.forEach((row, index) => {
      const place = { cell, index, row };
      if (row.anchor) {
        addFirst(
          this._byAnchor,
          `${row.anchor.old_line}:${row.anchor.new_line}`,
          place
        );
      }
      // Anchors that are not the row's own: an old half's, and those under which GitLab's page lists the line.
      for (const { anchor } of [
        ...(row.old_half ? [row.old_half] : []),
        ...row.view_rows
      ]) {
        if (anchor) {
          addFirst(
            this._byOtherAnchor,
            `${anchor.old_line}:${anchor.new_line}`,
            place
          );
        }
      }
      if (row.kind !== 'removed' && row.new !== null) {
        addFirst(this._byNew, row.new, place);
      }
      if (row.kind !== 'added' && row.old !== null) {
        addFirst(this._byOld, row.old, place);
      }
    });
  }

  private _byAnchor = new Map<string, IRowPlace>();
  private _byOtherAnchor = new Map<string, IRowPlace>();
  private _byNew = new Map<number, IRowPlace>();
  private _byOld = new Map<number, IRowPlace>();
}

/** A source in one JSON string has many rows on one raw line: the first of them carries the threads. */
function addFirst<K>(map: Map<K, IRowPlace>, key: K, place: IRowPlace): void {
  if (!map.has(key)) {
    map.set(key, place);
  }
}

/** The cell that the line is part of, and the output of it; a notebook's own metadata are part of none. */
function cellOf(
  diff: NotebookDiff,
  old: number | null,
  now: number | null
): Spot {
  const side = now !== null ? ('new' as const) : ('old' as const);
  const line = now ?? old ?? 0;
  const cell = diff.cells.findIndex(each =>
    isWithin(line, each[side]?.line, each[side]?.last_line)
  );
  if (cell === -1) {
    return { kind: 'file' };
  }
  const output = diff.cells[cell].outputs
    .map(each => each[side])
    .find(each => isWithin(line, each?.first_line, each?.last_line));
  return output
    ? { kind: 'output', cell, side, output: output.index }
    : { kind: 'cell', cell };
}

function isWithin(
  line: number,
  first: number | null | undefined,
  last: number | null | undefined
): boolean {
  return (
    typeof first === 'number' &&
    typeof last === 'number' &&
    first <= line &&
    line <= last
  );
}

/** The cell that a comment's mark leads to: the one with its id, else, where cells have none, the one at its place. */
export function spotOfMark(diff: FileDiff, mark: CellMark): Spot {
  if (diff.type !== 'notebook') {
    return { kind: 'file' };
  }
  const { side, id } = mark;
  const cell = diff.cells.findIndex(each =>
    id !== null ? each[side]?.id === id : each[side]?.index === mark.index
  );
  return cell === -1 ? { kind: 'file' } : spotInCell(diff, cell, mark);
}

/** Where the box of a text for some lines, a cell or an output stands. */
export function spotOfTarget(index: LineIndex, target: PlacedTarget): Spot {
  if (target.kind === 'line') {
    const spot = index.find(target.position);
    return spot.kind === 'row' ? spot : { kind: 'file' };
  }
  const { side, index: place, output = null } = target.position;
  const { diff } = index;
  const cell =
    diff.type === 'notebook'
      ? diff.cells.findIndex(each => each[side]?.index === place)
      : -1;
  if (cell === -1) {
    return { kind: 'file' };
  }
  return output === null
    ? { kind: 'cell', cell }
    : { kind: 'output', cell, side, output };
}

/** The marked output if the cell has so many, else the cell. */
function spotInCell(diff: NotebookDiff, cell: number, mark: CellMark): Spot {
  const { side, output } = mark;
  return output !== null &&
    diff.cells[cell].outputs.some(each => each[side]?.index === output)
    ? { kind: 'output', cell, side, output }
    : { kind: 'cell', cell };
}

/** A thread or a pending comment, as far as its place goes. */
export interface IPlaced {
  position: LinePosition | null;
  cell: CellMark | null;
}

/** What hangs at one spot of the diff. */
export interface ISlot<T> {
  spot: Exclude<Spot, { kind: 'file' }>;
  items: T[];
}

/** The threads (or pending comments) of one file, by where they are shown. */
export interface IPlacement<T> {
  /** By {@link spotKey}. */
  slots: Map<string, ISlot<T>>;
  /** On a line of the newest version that the diff does not show, or that is not the version shown. */
  file: T[];
  /** Made on an older version, on lines that are gone or changed. */
  outdated: T[];
}

/** The same for the same spot. */
export function spotKey(spot: Spot): string {
  switch (spot.kind) {
    case 'row':
      return `row:${spot.place.cell}:${spot.place.index}`;
    case 'output':
      return `output:${spot.cell}:${spot.side}:${spot.output}`;
    case 'cell':
      return `cell:${spot.cell}`;
    default:
      return 'file';
  }
}

/** Whether the thread speaks of this file, under its old or its new name. */
export function isOnFile(
  item: IPlaced,
  paths: { oldPath: string; newPath: string }
): boolean {
  const { position, cell } = item;
  if (position !== null) {
    return (
      position.new_path.id === paths.newPath ||
      position.old_path.id === paths.oldPath
    );
  }
  return (
    cell !== null &&
    cell.path.id === (cell.side === 'old' ? paths.oldPath : paths.newPath)
  );
}

/** The version that a diff shows. */
export interface IShownFile {
  oldPath: string;
  newPath: string;
  headSha: string;
}

/**
 * Places what speaks of a file: by position, never by a line code, which the web page makes otherwise; what was said of
 * a cell or an output also by its mark, when the line under it is another thing or gone.
 */
export function placeItems<T extends IPlaced>(
  index: LineIndex,
  items: readonly T[],
  file: IShownFile
): IPlacement<T> {
  const placement: IPlacement<T> = {
    slots: new Map(),
    file: [],
    outdated: []
  };
  for (const item of items) {
    if (!isOnFile(item, file)) {
      continue;
    }
    const spot = spotOf(index, item, file);
    if (spot.kind !== 'file') {
      const key = spotKey(spot);
      const slot = placement.slots.get(key);
      if (slot) {
        slot.items.push(item);
      } else {
        placement.slots.set(key, { spot, items: [item] });
      }
    } else if (item.position?.outdated) {
      placement.outdated.push(item);
    } else {
      placement.file.push(item);
    }
  }
  return placement;
}

function spotOf(index: LineIndex, item: IPlaced, file: IShownFile): Spot {
  const { position, cell: mark } = item;
  const { diff } = index;
  if (position === null || position.outdated) {
    return mark ? spotOfMark(diff, mark) : { kind: 'file' };
  }
  if (position.diff_refs.head_sha !== file.headSha) {
    // GitLab has moved it to a version newer than the one shown: its lines mean other ones here.
    return { kind: 'file' };
  }
  const spot = index.find(position);
  if (!mark || spot.kind === 'file' || diff.type !== 'notebook') {
    return spot;
  }
  // GitLab keeps the line up to date; the mark tells what in its cell is meant.
  if (spot.kind === 'output' && mark.output !== null) {
    return spot;
  }
  return spotInCell(
    diff,
    spot.kind === 'row' ? spot.place.cell : spot.cell,
    mark
  );
}
