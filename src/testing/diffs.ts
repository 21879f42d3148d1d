import type { Schemas } from '../api/client';
import type {
  CellDiff,
  NotebookDiff,
  SourceRow,
  TextDiff
} from '../diff/types';

/** A row from a line as in a unified diff: " same", "-removed", "+added". */
function row(
  line: string,
  old: number,
  now: number,
  offset: number
): SourceRow {
  const kind = line[0] === '+' ? 'added' : line[0] === '-' ? 'removed' : 'same';
  const oldNumber = kind === 'added' ? null : old;
  const newNumber = kind === 'removed' ? null : now;
  const raw = (number: number | null) =>
    number === null ? null : number + offset;
  return {
    kind,
    old: raw(oldNumber),
    new: raw(newNumber),
    old_number: oldNumber,
    new_number: newNumber,
    text: line.slice(1),
    spans: [],
    anchor: { old_line: raw(oldNumber), new_line: raw(newNumber) },
    old_half: null,
    view_rows: []
  };
}

/** Rows from lines as in a unified diff; raw line = line of the source + `offset`. */
export function rows(lines: readonly string[], offset = 0): SourceRow[] {
  let old = 0;
  let now = 0;
  return lines.map(line => {
    old += line[0] === '+' ? 0 : 1;
    now += line[0] === '-' ? 0 : 1;
    return row(line, old, now, offset);
  });
}

/** A code cell at this place; it has the raw lines 100 × place to 100 × place + 99, of which the first but one is its source’s first. */
export function cell(
  index: number,
  lines: readonly string[],
  more: Partial<CellDiff> = {}
): CellDiff {
  const made = rows(lines, 100 * index);
  const changed = made.some(each => each.kind !== 'same');
  const side = {
    index,
    id: `cell-${index}`,
    execution_count: index + 1,
    line: 100 * index,
    last_line: 100 * index + 99
  };
  return {
    kind: changed ? 'changed' : 'same',
    moved: false,
    cell_type: 'code',
    old: side,
    new: side,
    source_changed: changed,
    outputs_changed: false,
    execution_count_changed: false,
    rows: made,
    outputs: [],
    metadata: [],
    ...more
  };
}

function path(name: string): Schemas['FilePath'] {
  return { id: name, display: name, contents_path: name };
}

function side(name: string, revision: string): Schemas['FileSide'] {
  return { path: path(name), revision, blob: revision, size: 1000 };
}

/** The commits of the version that the fixtures stand on. */
export const DIFF_REFS: Schemas['DiffRefs'] = {
  base_sha: 'b'.repeat(40),
  start_sha: 'b'.repeat(40),
  head_sha: 'c'.repeat(40)
};

export function notebook(
  cells: CellDiff[],
  more: Partial<NotebookDiff> = {}
): NotebookDiff {
  return {
    type: 'notebook',
    old: side('train.ipynb', DIFF_REFS.base_sha),
    new: side('train.ipynb', DIFF_REFS.head_sha),
    equal: false,
    language: 'python',
    summary: {
      cells_changed: cells.filter(each => each.kind === 'changed').length,
      cells_added: cells.filter(each => each.kind === 'added').length,
      cells_removed: cells.filter(each => each.kind === 'removed').length,
      cells_moved: cells.filter(each => each.moved).length,
      outputs_changed: 0,
      classification: null
    },
    cells,
    metadata: [],
    notes: [],
    ...more
  };
}

export function text(
  lines: readonly string[],
  more: Partial<TextDiff> = {}
): TextDiff {
  return {
    type: 'text',
    old: side('features.py', DIFF_REFS.base_sha),
    new: side('features.py', DIFF_REFS.head_sha),
    equal: false,
    reason: null,
    rows: rows(lines),
    truncated: false,
    ...more
  };
}
