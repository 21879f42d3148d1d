/** Rows of a cell (or of a text file), by their places in it. */
export interface IRowRange {
  cell: number;
  from: number;
  to: number;
}

/**
 * Marks rows of a diff with `data-gitlab-<name>` and returns how to take the marks away. The marks stand on the numbers
 * of the rows, in a split view on those of one half. They are set past React: thousands of rows need not be drawn anew
 * for a selection.
 */
export function markRows(
  root: HTMLElement,
  name: 'selected' | 'spoken',
  range: IRowRange,
  half: 'old' | 'new' | null
): () => void {
  const attribute = `data-gitlab-${name}`;
  const marked: Element[] = [];
  for (let index = range.from; index <= range.to; index++) {
    const place = `[data-gitlab-place="${range.cell}:${index}"]`;
    const side = half === null ? '' : `[data-gitlab-half="${half}"]`;
    for (const number of root.querySelectorAll(place + side)) {
      number.setAttribute(attribute, '');
      marked.push(number);
    }
  }
  return () => marked.forEach(number => number.removeAttribute(attribute));
}
