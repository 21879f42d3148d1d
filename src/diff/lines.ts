import type { IRowPlace, SourceRow } from './types';

/**
 * One line of the view. In inline mode a changed line has one side; in split mode removed and added lines stand beside
 * each other. An unchanged line has the same row on both sides.
 */
export interface ILine {
  old: IRowPlace | null;
  new: IRowPlace | null;
}

/** Whether the line is the same on both sides. */
export function isSame(line: ILine): boolean {
  return line.old !== null && line.old === line.new;
}

/** How many unchanged lines the server has left out before an unchanged line of a very long text. */
export function leftOut(former: ILine | undefined, line: ILine): number {
  if (!isSame(line)) {
    return 0;
  }
  const side = former && former.new === null ? 'old' : 'new';
  const number = (place: IRowPlace | null | undefined) =>
    (side === 'old' ? place?.row.old_number : place?.row.new_number) ?? 0;
  return number(line[side]) - number(former?.[side]) - 1;
}

/** The lines of the inline view: one a row, in the given order. */
export function inlineLines(rows: readonly SourceRow[], cell: number): ILine[] {
  return rows.map((row, index) => {
    const place = { cell, index, row };
    return {
      old: row.kind === 'added' ? null : place,
      new: row.kind === 'removed' ? null : place
    };
  });
}

/**
 * The lines of the split view.
 *
 * Within a run of changed rows a removed row directly followed by an added one is one changed line; what remains
 * between two such pairs is paired from the top, the longer side standing alone at the end.
 */
export function splitLines(rows: readonly SourceRow[], cell: number): ILine[] {
  const lines: ILine[] = [];
  let removed: IRowPlace[] = [];
  let added: IRowPlace[] = [];

  const flush = () => {
    const length = Math.max(removed.length, added.length);
    for (let i = 0; i < length; i++) {
      lines.push({ old: removed[i] ?? null, new: added[i] ?? null });
    }
    removed = [];
    added = [];
  };

  rows.forEach((row, index) => {
    const place = { cell, index, row };
    if (row.kind === 'same') {
      flush();
      lines.push({ old: place, new: place });
      return;
    }
    if (row.kind === 'removed') {
      // A new group starts when the former one has both sides already.
      if (added.length > 0) {
        flush();
      }
      removed.push(place);
      return;
    }
    // The only added row of its group answers the removed row just above it, when their marks say that they belong
    // together; the removed rows before that one then stand alone.
    const next = rows[index + 1];
    if (
      added.length === 0 &&
      removed.length > 1 &&
      next?.kind !== 'added' &&
      isEdited(removed[removed.length - 1].row, row)
    ) {
      const partner = removed.pop() as IRowPlace;
      flush();
      lines.push({ old: partner, new: place });
      return;
    }
    added.push(place);
  });
  flush();
  return lines;
}

/** Whether the marks within the two rows say that one was edited into the other. */
function isEdited(removed: SourceRow, added: SourceRow): boolean {
  return removed.spans.length > 0 || added.spans.length > 0;
}
