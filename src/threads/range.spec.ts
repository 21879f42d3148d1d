import { cell, notebook } from '../testing/diffs';
import { rangeTarget } from './range';

//                      0     1     2     3     4     5
const ROWS = cell(0, [' a', '-b', '+c', '-d', '+e', ' f']);
const DIFF = notebook([ROWS]);

function ends(from: number, to: number, half: 'old' | 'new' | null = null) {
  const place = (index: number) => ({
    cell: 0,
    index,
    row: DIFF.cells[0].rows[index]
  });
  const found = rangeTarget(DIFF, place(from), place(to), half);
  const lines = (anchor: {
    old_line: number | null;
    new_line: number | null;
  }) => `${anchor.old_line ?? ''}:${anchor.new_line ?? ''}`;
  return (
    found && [
      found.start && lines(found.start),
      lines(found.end),
      found.place.index
    ]
  );
}

describe('the ends of a comment on several rows', () => {
  it('are the first and the last row, whichever was chosen first', () => {
    expect(ends(0, 5)).toEqual(['1:1', '4:4', 5]);
    expect(ends(5, 0)).toEqual(['1:1', '4:4', 5]);
  });

  it('are in the order of the raw diff: removed lines before added ones', () => {
    expect(ends(2, 3)).toEqual(['3:', ':2', 2]);
    expect(ends(1, 4)).toEqual(['2:', ':3', 4]);
  });

  it('stay on their side of a split view', () => {
    expect(ends(1, 4, 'old')).toEqual(['2:', '3:', 3]);
    expect(ends(1, 4, 'new')).toEqual([':2', ':3', 4]);
  });

  it('are one for a single row', () => {
    expect(ends(1, 1)).toEqual([null, '2:', 1]);
  });

  it('leave out rows that take no comment', () => {
    const bare = notebook([cell(0, ['+a', '+b', '+c'])]);
    bare.cells[0].rows[0].anchor = null;
    bare.cells[0].rows[2].anchor = null;
    const place = (index: number) => ({
      cell: 0,
      index,
      row: bare.cells[0].rows[index]
    });
    expect(rangeTarget(bare, place(0), place(2), null)).toMatchObject({
      start: null,
      end: { new_line: 2 }
    });
    bare.cells[0].rows[1].anchor = null;
    expect(rangeTarget(bare, place(0), place(2), null)).toBeNull();
  });
});
