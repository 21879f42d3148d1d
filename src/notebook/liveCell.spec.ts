import { findCell } from './liveCell';

const CELLS = [{ id: 'a' }, { id: 'b' }];

describe('the cell of a diff in the notebook itself', () => {
  it('is found by its id, wherever it has gone', () => {
    expect(findCell(CELLS, { id: 'b', index: 0 })).toBe(1);
  });

  it('is found by its place where there are no ids', () => {
    expect(findCell(CELLS, { id: null, index: 1 })).toBe(1);
    expect(findCell(CELLS, { id: null, index: 2 })).toBe(-1);
  });

  it('is missed when it is gone', () => {
    expect(findCell(CELLS, { id: 'c', index: 0 })).toBe(-1);
  });
});
