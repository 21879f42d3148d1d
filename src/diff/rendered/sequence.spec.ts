import { commonItems } from './sequence';

function common(a: string, b: string): string {
  return commonItems([...a], [...b])
    .map(([i, j]) => {
      expect(a[i]).toBe(b[j]);
      return a[i];
    })
    .join('');
}

describe('the common items of two sequences', () => {
  it('are as many as there can be', () => {
    expect(common('abcabba', 'cbabac')).toHaveLength(4);
    expect(common('abc', 'abc')).toBe('abc');
    expect(common('abc', 'xyz')).toBe('');
    expect(common('', 'abc')).toBe('');
    expect(common('axbxc', 'abc')).toBe('abc');
  });

  it('rise on both sides', () => {
    const random = [...'the quick brown fox jumps over the lazy dog'];
    const shuffled = random.filter((_, index) => index % 3 !== 0).reverse();
    const pairs = commonItems(random, shuffled);
    pairs.slice(1).forEach(([i, j], index) => {
      expect(i).toBeGreaterThan(pairs[index][0]);
      expect(j).toBeGreaterThan(pairs[index][1]);
    });
  });

  it('are those of start and end where nearly everything differs', () => {
    const words = (name: string) =>
      Array.from({ length: 5000 }, (_, index) => `${name} ${index}`);
    const pairs = commonItems(
      ['start', ...words('a'), 'end'],
      ['start', ...words('b'), 'end']
    );
    expect(pairs).toEqual([
      [0, 0],
      [5001, 5001]
    ]);
  });
});
