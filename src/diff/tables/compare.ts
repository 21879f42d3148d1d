import { commonItems } from '../rendered/sequence';
import type { ITable } from './table';

type Kind = 'same' | 'changed' | 'removed' | 'added';

/** One column or cell on both sides; null where the side has none. */
export interface IPair {
  kind: Kind;
  old: string | null;
  new: string | null;
}

export interface ITableRow {
  kind: Kind;
  cells: IPair[];
}

/** Two tables, cell by cell. */
export interface ITableDiff {
  columns: IPair[];
  /** How many of the columns, from the left, name the row. */
  names: number;
  rows: ITableRow[];
  /** Values that differ in rows and columns that both sides have. */
  values: number;
}

/** Numbers whose difference is smaller than this share of them are the same number, written differently. */
const TOLERANCE = 1e-9;

const NUMBER = /^[+-]?(?:\d[\d,\u202f ]*)?\.?\d+(?:e[+-]?\d+)?$/i;

/** Compares cell by cell: columns by their headers, rows by their names or, where those only count, by what is in them. */
export function compareTables(old: ITable, now: ITable): ITableDiff {
  const columns = alignColumns(old.columns, now.columns);
  const names = Math.min(old.names, now.names);
  const counted = isCounted(old, names) && isCounted(now, names);
  const byName = names > 0 && !counted;
  const key = (row: string[]) =>
    (byName ? row.slice(0, names) : row.slice(names)).join('\u0001');
  const oldKeys = numbered(old.rows.map(key));
  const newKeys = numbered(now.rows.map(key));
  const rows: ITableRow[] = [];
  let values = 0;
  const add = (before: string[] | null, after: string[] | null) => {
    const row = tableRow(columns, names, before, after);
    values += before && after ? row.changed : 0;
    rows.push({ kind: row.kind, cells: row.cells });
  };
  let i = 0;
  let j = 0;
  for (const [nextI, nextJ] of [
    ...commonItems(oldKeys, newKeys),
    [old.rows.length, now.rows.length] as const
  ]) {
    const removed = old.rows.slice(i, nextI);
    const added = now.rows.slice(j, nextJ);
    // Rows without names of their own answer each other by their order.
    const pairs = byName ? 0 : Math.min(removed.length, added.length);
    for (let row = 0; row < pairs; row++) {
      add(removed[row], added[row]);
    }
    removed.slice(pairs).forEach(row => add(row, null));
    added.slice(pairs).forEach(row => add(null, row));
    if (nextI < old.rows.length) {
      add(old.rows[nextI], now.rows[nextJ]);
    }
    i = nextI + 1;
    j = nextJ + 1;
  }
  return { columns: columns.map(({ pair }) => pair), names, rows, values };
}

/** A column and where it stands on either side, -1 if it does not. */
export interface IColumn {
  pair: IPair;
  old: number;
  new: number;
}

/** Columns with the same header together, the others at their places. */
export function alignColumns(
  old: readonly string[],
  now: readonly string[]
): IColumn[] {
  const columns: IColumn[] = [];
  let i = 0;
  let j = 0;
  for (const [nextI, nextJ] of [
    ...commonItems(numbered(old), numbered(now)),
    [old.length, now.length] as const
  ]) {
    for (; i < nextI; i++) {
      const pair: IPair = { kind: 'removed', old: old[i], new: null };
      columns.push({ pair, old: i, new: -1 });
    }
    for (; j < nextJ; j++) {
      const pair: IPair = { kind: 'added', old: null, new: now[j] };
      columns.push({ pair, old: -1, new: j });
    }
    if (i < old.length) {
      const pair: IPair = { kind: 'same', old: old[i], new: now[j] };
      columns.push({ pair, old: i, new: j });
    }
    i++;
    j++;
  }
  return columns;
}

/** One row over the columns of both sides. */
export function tableRow(
  columns: readonly IColumn[],
  names: number,
  before: readonly string[] | null,
  after: readonly string[] | null
): ITableRow & { changed: number } {
  let changed = 0;
  const cells = columns.map((column, index): IPair => {
    const old = before?.[column.old] ?? null;
    const now = after?.[column.new] ?? null;
    if (before === null || column.old === -1) {
      return { kind: 'added', old: null, new: now };
    }
    if (after === null || column.new === -1) {
      return { kind: 'removed', old, new: null };
    }
    // A number that only counts the rows says nothing.
    if (index < names || isSameValue(old ?? '', now ?? '')) {
      return { kind: 'same', old, new: now };
    }
    changed++;
    return { kind: 'changed', old, new: now };
  });
  const kind: Kind =
    before === null
      ? 'added'
      : after === null
        ? 'removed'
        : cells.some(cell => cell.kind !== 'same')
          ? 'changed'
          : 'same';
  return { kind, cells, changed };
}

function isSameValue(old: string, now: string): boolean {
  if (old === now) {
    return true;
  }
  if (!NUMBER.test(old) || !NUMBER.test(now)) {
    return false;
  }
  const number = (text: string) => Number(text.replace(/[,\u202f ]/g, ''));
  const a = number(old);
  const b = number(now);
  return Math.abs(a - b) <= TOLERANCE * Math.max(Math.abs(a), Math.abs(b));
}

/** Whether the rows are named 0, 1, 2 … and so on: pandas' own index. */
function isCounted(table: ITable, names: number): boolean {
  return (
    names === 1 && table.rows.every((row, index) => row[0] === String(index))
  );
}

/** Texts made unique by counting repetitions. */
function numbered(texts: readonly string[]): string[] {
  const seen = new Map<string, number>();
  return texts.map(text => {
    const count = seen.get(text) ?? 0;
    seen.set(text, count + 1);
    return `${text}\u0002${count}`;
  });
}
