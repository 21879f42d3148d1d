import type { CellDiff, IDiffOptions } from './types';
import { type ILine, isSame } from './lines';

/** Unchanged lines shown on each side of a change. */
export const CONTEXT = 3;

/** Fewer lines than this are not worth an expander. */
const MIN_FOLD = 4;

/** Unchanged lines shown at the top of a source without any change. */
const UNCHANGED_HEAD = 3;

/** A run of lines, half-open. */
export interface IRun {
  from: number;
  to: number;
  folded: boolean;
}

/**
 * Which lines of a source are folded away: unchanged ones further than {@link CONTEXT} lines from any that is changed
 * or has something hanging on it (`pinned`).
 */
export function foldLines(
  lines: readonly ILine[],
  pinned: (line: ILine) => boolean
): IRun[] {
  const shown = new Uint8Array(lines.length);
  let any = false;
  lines.forEach((line, index) => {
    if (!isSame(line) || pinned(line)) {
      any = true;
      const from = Math.max(0, index - CONTEXT);
      shown.fill(1, from, Math.min(lines.length, index + CONTEXT + 1));
    }
  });
  if (!any) {
    shown.fill(1, 0, UNCHANGED_HEAD);
  }
  const runs: IRun[] = [];
  for (let from = 0; from < lines.length;) {
    let to = from + 1;
    while (to < lines.length && shown[to] === shown[from]) {
      to++;
    }
    const folded = !shown[from] && to - from >= MIN_FOLD;
    const last = runs[runs.length - 1];
    if (last && !folded && !last.folded) {
      last.to = to;
    } else {
      runs.push({ from, to, folded });
    }
    from = to;
  }
  return runs;
}

/** What a folded cell holds that is not shown. */
export type Quiet = 'unchanged' | 'metadata' | 'outputs';

type CellOptions = Pick<IDiffOptions, 'outputs' | 'outputOnly' | 'metadata'>;

/** Why a cell needs no card of its own under these options; null if it does. */
export function quietness(cell: CellDiff, options: CellOptions): Quiet | null {
  if (
    cell.kind === 'added' ||
    cell.kind === 'removed' ||
    cell.moved ||
    cell.source_changed
  ) {
    return null;
  }
  if (cell.outputs_changed && options.outputs && options.outputOnly) {
    return null;
  }
  if (cell.metadata.length > 0 && options.metadata) {
    return null;
  }
  return cell.outputs_changed
    ? 'outputs'
    : cell.metadata.length > 0 || cell.execution_count_changed
      ? 'metadata'
      : 'unchanged';
}

/** A run of cells: one card each, or folded into one line that says what they hold. */
export interface ICellRun {
  from: number;
  to: number;
  quiet: Quiet | null;
}

const LOUDER: Record<Quiet, number> = { unchanged: 0, metadata: 1, outputs: 2 };

/** Cells that need no card are folded in runs, unless something hangs on them (`pinned`). */
export function foldCells(
  cells: readonly CellDiff[],
  options: CellOptions,
  pinned: (index: number) => boolean
): ICellRun[] {
  const runs: ICellRun[] = [];
  cells.forEach((cell, index) => {
    const quiet = pinned(index) ? null : quietness(cell, options);
    const last = runs[runs.length - 1];
    if (last && quiet !== null && last.quiet !== null) {
      last.to = index + 1;
      last.quiet = LOUDER[quiet] > LOUDER[last.quiet] ? quiet : last.quiet;
    } else {
      runs.push({ from: index, to: index + 1, quiet });
    }
  });
  return runs;
}
