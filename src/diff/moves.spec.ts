import { cell } from '../testing/diffs';
import { formerPlaces } from './moves';
import type { CellDiff } from './types';

function at(old: number | null, now: number | null, moved = false): CellDiff {
  const side = (index: number | null) =>
    index === null
      ? null
      : { index, id: null, execution_count: null, line: null, last_line: null };
  return cell(0, [' x'], { moved, old: side(old), new: side(now) });
}

describe('the former place of a moved cell', () => {
  it('is before the cell that follows there', () => {
    const cells = [at(0, 0), at(3, 1, true), at(1, 2), at(2, 3), at(4, 4)];
    expect(formerPlaces(cells)).toEqual(new Map([[4, [1]]]));
  });

  it('can be the end', () => {
    const cells = [at(3, 0, true), at(0, 1), at(1, 2), at(2, 3)];
    expect(formerPlaces(cells)).toEqual(new Map([[4, [0]]]));
  });

  it('is not told where it is beside the new one', () => {
    const cells = [at(1, 0, true), at(0, 1)];
    expect(formerPlaces(cells)).toEqual(new Map([[2, [0]]]));
    expect(formerPlaces([at(0, 0), at(1, 1, true), at(2, 2)])).toEqual(
      new Map()
    );
  });
});
