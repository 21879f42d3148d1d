const CHANGED = 'jp-gitlab-mod-cellChanged';

/**
 * Marks the values that differ between two rendered tables.
 *
 * Rows and columns are matched by their headers (by position where headers repeat or are missing), so that an inserted
 * row does not mark all that follow. More than one table on a side, or spanning cells: nothing is marked.
 */
export function markTableChanges(old: HTMLElement, now: HTMLElement): void {
  const before = readTable(old);
  const after = readTable(now);
  if (before === null || after === null) {
    return;
  }
  for (const [key, cell] of before) {
    const other = after.get(key);
    mark(cell, other === undefined || text(other) !== text(cell));
  }
  for (const [key, cell] of after) {
    const other = before.get(key);
    mark(cell, other === undefined || text(other) !== text(cell));
  }
}

function mark(cell: Element, changed: boolean): void {
  cell.classList.toggle(CHANGED, changed);
}

function text(cell: Element): string {
  return (cell.textContent ?? '').trim();
}

/** The body cells by "row header, column header". */
function readTable(host: HTMLElement): Map<string, Element> | null {
  const tables = host.querySelectorAll('table');
  if (
    tables.length !== 1 ||
    host.querySelector('[colspan]:not([colspan="1"]), [rowspan]')
  ) {
    return null;
  }
  const rows = Array.from(tables[0].rows);
  const isHead = (row: HTMLTableRowElement) =>
    row.parentElement?.tagName === 'THEAD' ||
    Array.from(row.cells).every(cell => cell.tagName === 'TH');
  const head = rows.filter(isHead).pop();
  const columns = unique(Array.from(head?.cells ?? [], text));
  const body = rows.filter(row => !isHead(row));
  const names = unique(
    body.map(row =>
      Array.from(row.cells)
        .filter(cell => cell.tagName === 'TH')
        .map(text)
        .join('\u0001')
    )
  );
  const cells = new Map<string, Element>();
  body.forEach((row, index) => {
    Array.from(row.cells).forEach((cell, column) => {
      if (cell.tagName === 'TD') {
        cells.set(`${names[index]}\u0000${columns[column] ?? column}`, cell);
      }
    });
  });
  return cells;
}

/** Names made unique by counting repetitions. */
function unique(names: readonly string[]): string[] {
  const seen = new Map<string, number>();
  return names.map(name => {
    const count = seen.get(name) ?? 0;
    seen.set(name, count + 1);
    return `${name}\u0002${count}`;
  });
}
