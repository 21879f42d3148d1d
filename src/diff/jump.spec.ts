import { cell } from '../testing/diffs';
import { readCell } from './args';
import { jumpTo } from './jump';

const CELLS = [
  cell(0, ['+a']),
  cell(1, ['-b'], { new: null }),
  cell(2, ['+c'])
];

describe('a jump to a cell', () => {
  it('goes by its id', () => {
    expect(jumpTo({ id: 'cell-2', index: 0 }).find(CELLS)).toBe(2);
  });

  it('goes by its place on the new side where its id is not known', () => {
    expect(jumpTo({ id: 'made up', index: 2 }).find(CELLS)).toBe(2);
    expect(jumpTo({ id: null, index: 1 }).find(CELLS)).toBeNull();
  });

  it('is asked for by the arguments of the command', () => {
    expect(readCell({ cell_id: 'a' })).toEqual({ id: 'a', index: -1 });
    expect(readCell({ cell_index: 3 })).toEqual({ id: null, index: 3 });
    expect(readCell({})).toBeNull();
  });
});
