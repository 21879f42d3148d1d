/** A table as a grid of texts. */
export interface ITable {
  /** Headers of the columns; several head rows are joined. */
  columns: string[];
  /** How many of the columns, from the left, name the row. */
  names: number;
  rows: string[][];
  /** What stands beside the table ("5 rows × 8 columns"). */
  caption: string;
}

/** Cells beyond this are not compared one by one. */
const MAX_CELLS = 200_000;

/** The table that some HTML consists of; null if it holds none, several, or too large a one. Nothing of it is run. */
export function parseTable(html: string): ITable | null {
  const { body } = new DOMParser().parseFromString(html, 'text/html');
  const tables = body.querySelectorAll('table');
  if (tables.length !== 1) {
    return null;
  }
  const [table] = tables;
  const rows = Array.from(table.rows);
  const grid = spread(rows);
  const width = Math.max(0, ...grid.map(row => row.length));
  if (width === 0 || width * grid.length > MAX_CELLS) {
    return null;
  }
  const heads = rows.filter(isHead).length;
  const columns = Array.from({ length: width }, (_, column) =>
    unique(grid.slice(0, heads).map(row => row[column] ?? '')).join(' / ')
  );
  const first = rows[heads];
  const names = first ? leadingHeaders(first) : 0;
  table.remove();
  body.querySelectorAll('style, script').forEach(element => element.remove());
  return {
    columns,
    names,
    rows: grid
      .slice(heads)
      .map(row =>
        Array.from({ length: width }, (_, column) => row[column] ?? '')
      ),
    caption: (body.textContent ?? '').trim().replace(/\s+/g, ' ')
  };
}

function isHead(row: HTMLTableRowElement): boolean {
  return (
    row.parentElement?.tagName === 'THEAD' ||
    (row.cells.length > 0 &&
      Array.from(row.cells).every(cell => cell.tagName === 'TH'))
  );
}

/** Every cell at each place that it spans. */
function spread(rows: readonly HTMLTableRowElement[]): string[][] {
  const grid: string[][] = rows.map(() => []);
  rows.forEach((row, index) => {
    let column = 0;
    for (const cell of Array.from(row.cells)) {
      while (grid[index][column] !== undefined) {
        column++;
      }
      const text = (cell.textContent ?? '').trim().replace(/\s+/g, ' ');
      const height = Math.min(cell.rowSpan || 1, rows.length - index);
      const width = Math.min(cell.colSpan || 1, 1000);
      for (let down = 0; down < height; down++) {
        for (let right = 0; right < width; right++) {
          grid[index + down][column + right] = text;
        }
      }
      column += width;
    }
  });
  return grid;
}

function leadingHeaders(row: HTMLTableRowElement): number {
  const cells = Array.from(row.cells);
  const end = cells.findIndex(cell => cell.tagName !== 'TH');
  return end === -1 ? 0 : end;
}

function unique(texts: readonly string[]): string[] {
  return [...new Set(texts.filter(text => text))];
}

/** The table that comma- or tab-separated lines make; null if a value spans lines or there is nothing like a table. */
export function parseLines(lines: readonly string[]): string[][] | null {
  const separator = separatorOf(lines[0] ?? '');
  const rows: string[][] = [];
  for (const line of lines) {
    const row = parseLine(line.replace(/\r$/, ''), separator);
    if (row === null) {
      return null;
    }
    rows.push(row);
  }
  return rows;
}

function separatorOf(line: string): string {
  const candidates = ['\t', ',', ';', '|'];
  const count = (text: string) => line.split(text).length;
  return candidates.reduce((best, each) =>
    count(each) > count(best) ? each : best
  );
}

/** RFC 4180, one line; null if a quoted value goes on in the next one. */
function parseLine(line: string, separator: string): string[] | null {
  const cells: string[] = [];
  let at = 0;
  for (;;) {
    let cell = '';
    if (line[at] === '"') {
      let from = at + 1;
      let end = line.indexOf('"', from);
      while (end !== -1 && line[end + 1] === '"') {
        cell += line.slice(from, end + 1);
        from = end + 2;
        end = line.indexOf('"', from);
      }
      if (end === -1) {
        return null;
      }
      cell += line.slice(from, end);
      at = end + 1;
    }
    const next = line.indexOf(separator, at);
    cells.push(cell + line.slice(at, next === -1 ? undefined : next));
    if (next === -1) {
      return cells;
    }
    at = next + separator.length;
  }
}
