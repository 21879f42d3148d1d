import { segments, tokensByLine } from './segments';

describe('segments', () => {
  const token = (from: number, to: number) => ({ from, to, className: 'k' });

  it('cuts where a colour or a mark begins or ends', () => {
    expect(segments('return x', [token(0, 6)], [[4, 8]])).toEqual([
      { text: 'retu', className: 'k', marked: false },
      { text: 'rn', className: 'k', marked: true },
      { text: ' x', className: '', marked: true }
    ]);
  });

  it('gives the text back unchanged, whatever the marks', () => {
    const text = 'a😀b = "ü"';
    for (const spans of [
      [],
      [[0, 3]],
      [
        [1, 2],
        [5, 99]
      ],
      [[50, 60]]
    ]) {
      expect(
        segments(text, [token(0, 1), token(4, 7)], spans)
          .map(segment => segment.text)
          .join('')
      ).toBe(text);
    }
  });

  it('counts in UTF-16 code units', () => {
    expect(segments('😀x', [], [[2, 3]])).toEqual([
      { text: '😀', className: '', marked: false },
      { text: 'x', className: '', marked: true }
    ]);
  });

  it('gives nothing for an empty line', () => {
    expect(segments('', [], [])).toEqual([]);
  });
});

describe('tokensByLine', () => {
  it('splits a token that runs over several lines', () => {
    const string = { from: 2, to: 9, className: 's' };
    expect(tokensByLine('a "b\n\ncc" d', [string])).toEqual([
      [{ from: 2, to: 4, className: 's' }],
      [],
      [{ from: 0, to: 3, className: 's' }]
    ]);
  });
});
