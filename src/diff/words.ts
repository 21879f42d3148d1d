import type { TranslationBundle } from '@jupyterlab/translation';

import type { Quiet } from './folding';
import type {
  CellDiff,
  FileDiff,
  NotebookDiff,
  OutputSummary,
  SourceRow
} from './types';

/** "12 kB". */
export function byteSize(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB'];
  let value = bytes;
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit++;
  }
  return `${unit === 0 || value >= 10 ? Math.round(value) : value.toFixed(1)} ${units[unit]}`;
}

/** A path id for people; ids that hold no UTF-8 stay as they are. */
export function displayPath(id: string): string {
  try {
    return decodeURIComponent(id);
  } catch {
    return id;
  }
}

/** "In [5] → [7]": the execution counts of both sides; empty for cells that don't run. */
export function promptText(cell: CellDiff, trans: TranslationBundle): string {
  if (cell.cell_type !== 'code') {
    return '';
  }
  const count = (value: number | null | undefined) => `[${value ?? ' '}]`;
  const { old, new: now } = cell;
  if (
    old &&
    now &&
    (old.execution_count ?? null) !== (now.execution_count ?? null)
  ) {
    return trans.__(
      'In %1 → %2',
      count(old.execution_count),
      count(now.execution_count)
    );
  }
  return trans.__('In %1', count((now ?? old)?.execution_count));
}

/** The kind of cell, in the words of the notebook's own menu. */
export function cellTypeText(cell: CellDiff, trans: TranslationBundle): string {
  switch (cell.cell_type) {
    case 'code':
      return trans.__('code');
    case 'markdown':
      return trans.__('Markdown');
    case 'raw':
      return trans.__('raw');
    default:
      return cell.cell_type;
  }
}

/** What happened to the cell: "changed", "output changed", "+ added", "moved, changed". */
export function changeText(cell: CellDiff, trans: TranslationBundle): string {
  if (cell.kind === 'added') {
    return trans.__('+ added');
  }
  if (cell.kind === 'removed') {
    return trans.__('− removed');
  }
  const words: string[] = [];
  if (cell.moved) {
    words.push(movedText(cell, trans));
  }
  if (cell.source_changed) {
    words.push(trans.__('changed'));
  } else if (cell.outputs_changed) {
    words.push(trans.__('output changed'));
  }
  if (cell.metadata.length > 0) {
    words.push(trans.__('metadata changed'));
  }
  if (words.length === 0) {
    words.push(
      cell.execution_count_changed
        ? trans.__('only the execution count changed')
        : trans.__('unchanged')
    );
  }
  return words.join(', ');
}

function movedText(cell: CellDiff, trans: TranslationBundle): string {
  const from = (cell.old?.index ?? 0) + 1;
  const to = (cell.new?.index ?? 0) + 1;
  return from === to
    ? trans.__('moved')
    : to < from
      ? trans.__('↑ moved from place %1 to %2', from, to)
      : trans.__('↓ moved from place %1 to %2', from, to);
}

/** Said at the old place of a moved cell: "In [3] has moved up, to place 2". */
export function movedAwayText(
  cell: CellDiff,
  trans: TranslationBundle
): string {
  const from = cell.old?.index ?? 0;
  const to = cell.new?.index ?? 0;
  const name = promptText(cell, trans) || cellTypeText(cell, trans);
  return to < from
    ? trans.__('↑ %1 has moved to place %2', name, to + 1)
    : trans.__('↓ %1 has moved to place %2', name, to + 1);
}

/** The text of all rows, of both sides. */
export function sourceText(rows: readonly SourceRow[]): string {
  return rows.map(row => row.text).join('\n');
}

/** What a folded run of cells holds. */
export function quietText(
  quiet: Quiet,
  count: number,
  trans: TranslationBundle
): string {
  switch (quiet) {
    case 'outputs':
      return trans._n(
        '%1 cell with changes in its outputs only',
        '%1 cells with changes in their outputs only',
        count
      );
    case 'metadata':
      return trans._n(
        '%1 cell without changes in code or outputs',
        '%1 cells without changes in code or outputs',
        count
      );
    default:
      return trans._n('%1 unchanged cell', '%1 unchanged cells', count);
  }
}

/** A reader's word for an output. */
export function outputKindText(
  kind: OutputSummary['kind'],
  trans: TranslationBundle
): string {
  switch (kind) {
    case 'error':
      return trans.__('error');
    case 'table':
      return trans.__('table');
    case 'image':
      return trans.__('image');
    case 'html':
      return 'HTML';
    case 'markdown':
      return 'Markdown';
    case 'latex':
      return 'LaTeX';
    case 'interactive':
      return trans.__('interactive');
    case 'data':
      return trans.__('data');
    default:
      return trans.__('text');
  }
}

/** The head of the view in a few words: "3 cells changed, 1 moved". `whitespace`: whether changes in it count. */
export function summaryText(
  diff: FileDiff,
  whitespace: boolean,
  trans: TranslationBundle
): string {
  if (diff.equal) {
    return trans.__('no changes');
  }
  if (diff.type === 'notebook') {
    return notebookSummary(diff, whitespace, trans);
  }
  if (diff.old === null) {
    return trans.__('new file');
  }
  if (diff.new === null) {
    return trans.__('deleted file');
  }
  return '';
}

function notebookSummary(
  diff: NotebookDiff,
  whitespace: boolean,
  trans: TranslationBundle
): string {
  const { summary } = diff;
  const words: string[] = [];
  const add = (count: number, first: string, next: string) => {
    if (count > 0) {
      words.push(words.length === 0 ? first : next);
    }
  };
  add(
    summary.cells_changed,
    trans._n('%1 cell changed', '%1 cells changed', summary.cells_changed),
    ''
  );
  add(
    summary.cells_added,
    trans._n('%1 cell added', '%1 cells added', summary.cells_added),
    trans.__('%1 added', summary.cells_added)
  );
  add(
    summary.cells_removed,
    trans._n('%1 cell removed', '%1 cells removed', summary.cells_removed),
    trans.__('%1 removed', summary.cells_removed)
  );
  add(
    summary.cells_moved,
    trans._n('%1 cell moved', '%1 cells moved', summary.cells_moved),
    trans.__('%1 moved', summary.cells_moved)
  );
  if (summary.classification !== null) {
    words.push(onlyText(diff, summary.classification, whitespace, trans));
  } else if (summary.outputs_changed > 0) {
    words.push(
      trans._n(
        '%1 output changed',
        '%1 outputs changed',
        summary.outputs_changed
      )
    );
  }
  return words.join(', ');
}

/** What has changed where the code has not. */
function onlyText(
  diff: NotebookDiff,
  classification: NonNullable<NotebookDiff['summary']['classification']>,
  whitespace: boolean,
  trans: TranslationBundle
): string {
  // Running a notebook again can touch all three.
  const metadata =
    diff.metadata.length > 0 ||
    diff.cells.some(cell => cell.metadata.length > 0);
  switch (classification) {
    case 'outputs':
      return metadata
        ? trans.__('only outputs and metadata changed')
        : trans.__('only outputs changed');
    case 'execution_counts':
      return metadata
        ? trans.__('only execution counts and metadata changed')
        : trans.__('only execution counts changed');
    case 'metadata':
      return trans.__('only metadata changed');
    default:
      return whitespace
        ? trans.__('only the way the file is written changed')
        : trans.__('only white space changed');
  }
}
