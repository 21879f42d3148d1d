import {
  type FileDiff,
  type IRowPlace,
  NO_CELL,
  type NotebookDiff,
  type SourceRow
} from '../diff/types';
import type { Discussion, LinePosition } from './types';

/** Raw lines of a position: both for an unchanged line, one for a changed one. */
export interface ILines {
  old_line?: number | null;
  new_line?: number | null;
}

/** Where a line of the raw file shows in the diff. */
export type Spot =
  | { kind: 'row'; place: IRowPlace }
  /** In a cell (an output, its metadata), but on none of its source rows. */
  | { kind: 'cell'; cell: number; output: number | null }
  /** Nowhere: between cells, or in a part that is not shown. */
  | { kind: 'file' };

/** Finds raw lines among the rows of one diff. */
export class LineIndex {
  constructor(private _diff: FileDiff) {
    if (_diff.type === 'notebook') {
      _diff.cells.forEach((cell, index) => this._addRows(cell.rows, index));
    } else if (_diff.type === 'text') {
      this._addRows(_diff.rows, NO_CELL);
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
    return this._diff.type === 'notebook'
      ? cellOf(this._diff, old, now)
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

/** The last cell that begins at or above the line, and the output of it that the line belongs to. */
function cellOf(
  diff: NotebookDiff,
  old: number | null,
  now: number | null
): Spot {
  const side = now !== null ? ('new' as const) : ('old' as const);
  const line = now ?? old ?? 0;
  let best = -1;
  let bestLine = 0;
  diff.cells.forEach((cell, index) => {
    const start = cell[side]?.line ?? null;
    if (start !== null && start <= line && start > bestLine) {
      best = index;
      bestLine = start;
    }
  });
  if (best === -1) {
    return { kind: 'file' };
  }
  let output: number | null = null;
  let outputLine = 0;
  for (const each of diff.cells[best].outputs) {
    const start = each[side]?.line ?? null;
    if (start !== null && start <= line && start > outputLine) {
      output = each[side]?.index ?? null;
      outputLine = start;
    }
  }
  return { kind: 'cell', cell: best, output };
}

/** The discussions of one file, by where they are shown. */
export interface IPlacement {
  /** By {@link placeKey}. */
  rows: Map<string, Discussion[]>;
  /** By the cell's position in the diff. */
  cells: Map<number, Discussion[]>;
  /** On a line of the newest version that the diff does not show, or that is not the version shown. */
  file: Discussion[];
  /** Made on an older version, on lines that are gone or changed. */
  outdated: Discussion[];
}

export function placeKey(place: { cell: number; index: number }): string {
  return `${place.cell}:${place.index}`;
}

/** Whether the thread speaks of this file, under its old or its new name. */
export function isOnFile(
  position: LinePosition,
  paths: { oldPath: string; newPath: string }
): boolean {
  return (
    position.new_path.id === paths.newPath ||
    position.old_path.id === paths.oldPath
  );
}

/** Places the threads of a file by their positions; never by a line code, which the web page makes otherwise. */
export function placeThreads(
  index: LineIndex,
  discussions: readonly Discussion[],
  file: { oldPath: string; newPath: string; headSha: string }
): IPlacement {
  const placement: IPlacement = {
    rows: new Map(),
    cells: new Map(),
    file: [],
    outdated: []
  };
  for (const discussion of discussions) {
    const { position } = discussion;
    if (position === null || !isOnFile(position, file)) {
      continue;
    }
    if (position.outdated) {
      placement.outdated.push(discussion);
      continue;
    }
    if (position.diff_refs.head_sha !== file.headSha) {
      // GitLab has moved it to a version newer than the one shown: its lines mean other ones here.
      placement.file.push(discussion);
      continue;
    }
    const spot = index.find(position);
    switch (spot.kind) {
      case 'row':
        push(placement.rows, placeKey(spot.place), discussion);
        break;
      case 'cell':
        push(placement.cells, spot.cell, discussion);
        break;
      default:
        placement.file.push(discussion);
    }
  }
  return placement;
}

function push<K>(map: Map<K, Discussion[]>, key: K, value: Discussion): void {
  const list = map.get(key);
  if (list) {
    list.push(value);
  } else {
    map.set(key, [value]);
  }
}
