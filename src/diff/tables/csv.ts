import { splitLines } from '../lines';
import { NO_CELL, type SourceRow } from '../types';
import { alignColumns, type ITableDiff, tableRow } from './compare';
import { parseLines } from './table';

/** The diff of a file of comma- or tab-separated values as a table's; null if it is none. */
export function csvDiff(rows: readonly SourceRow[]): ITableDiff | null {
  const old = parseSide(rows, 'added');
  const now = parseSide(rows, 'removed');
  if (old === null || now === null) {
    return null;
  }
  const columns = alignColumns(
    old.head ?? now.head ?? [],
    now.head ?? old.head ?? []
  );
  const lines = splitLines(rows, NO_CELL).flatMap(line => {
    const before = line.old && (old.cells.get(line.old.row) ?? null);
    const after = line.new && (now.cells.get(line.new.row) ?? null);
    return before === null && after === null
      ? []
      : [tableRow(columns, 0, before, after)];
  });
  return {
    columns: columns.map(({ pair }) => pair),
    names: 0,
    rows: lines.map(({ kind, cells }) => ({ kind, cells })),
    values: lines.reduce((sum, { changed }) => sum + changed, 0)
  };
}

/** Head and lines of a side: all rows but those of this kind. */
function parseSide(
  rows: readonly SourceRow[],
  others: SourceRow['kind']
): { head: string[] | null; cells: Map<SourceRow, string[]> } | null {
  const own = rows.filter(row => row.kind !== others);
  const parsed = parseLines(own.map(row => row.text));
  if (parsed === null) {
    return null;
  }
  const [head = null, ...lines] = parsed;
  return {
    head,
    cells: new Map(lines.map((cells, index) => [own[index + 1], cells]))
  };
}
