import { shareHeight } from './fit';

describe('shareHeight', () => {
  it('gives what each needs and the rest to the last', () => {
    expect(shareHeight([100, 50, 60], 400)).toEqual([100, 50, 250]);
  });

  it('gives the rest to the last that is open', () => {
    expect(shareHeight([100, 50, 0], 400)).toEqual([100, 300, 0]);
  });

  it('cuts the higher ones to the same height when there is too little', () => {
    expect(shareHeight([500, 80, 300], 400)).toEqual([160, 80, 160]);
    expect(shareHeight([900, 900, 900], 300)).toEqual([100, 100, 100]);
  });

  it('uses the whole height however the needs are', () => {
    for (const natural of [
      [10, 20, 3000],
      [1, 1, 1],
      [0, 700, 300],
      [333, 333, 335]
    ]) {
      const sum = shareHeight(natural, 600).reduce((a, b) => a + b, 0);
      expect(sum).toBeCloseTo(600);
    }
  });
});
