import { rows } from '../testing/diffs';
import { type ILine, inlineLines, leftOut, splitLines } from './lines';

/** "a|b": old text, new text; "." for a side that is not there. */
function shown(lines: readonly ILine[]): string[] {
  return lines.map(
    line => `${line.old?.row.text ?? '.'}|${line.new?.row.text ?? '.'}`
  );
}

/** Marks the rows with these texts as edited: something in them is marked. */
function marked(lines: string[], ...texts: string[]) {
  return rows(lines).map(row =>
    texts.includes(row.text)
      ? { ...row, spans: [[0, 1] as [number, number]] }
      : row
  );
}

describe('inlineLines', () => {
  it('keeps the order of the rows, one line each', () => {
    const lines = inlineLines(rows([' a', '-b', '+c']), 0);
    expect(shown(lines)).toEqual(['a|a', 'b|.', '.|c']);
  });
});

describe('lines that were left out', () => {
  const holes = (lines: readonly ILine[]) =>
    lines.map((line, index) => leftOut(lines[index - 1], line));

  it('are none in a whole text, in both layouts', () => {
    const whole = rows([' a', '-b', '-c', '+B', ' d', '+e', ' f']);
    expect(Math.max(...holes(inlineLines(whole, 0)))).toBe(0);
    expect(Math.max(...holes(splitLines(whole, 0)))).toBe(0);
  });

  it('are counted before the unchanged line that follows', () => {
    const whole = rows([
      '-a',
      '+A',
      ...' bcdefg'
        .trim()
        .split('')
        .map(each => ` ${each}`)
    ]);
    const some = [...whole.slice(0, 3), ...whole.slice(6)];
    expect(holes(inlineLines(some, 0))).toEqual([0, 0, 0, 3, 0]);
    expect(holes(inlineLines(whole.slice(4), 0))[0]).toBe(3);
  });
});

describe('splitLines', () => {
  it('puts the sides of a changed line beside each other', () => {
    const lines = splitLines(
      marked([' a', '-b', '+B', '-c', '+C', ' d'], 'b', 'B', 'c', 'C'),
      0
    );
    expect(shown(lines)).toEqual(['a|a', 'b|B', 'c|C', 'd|d']);
  });

  it('pairs a removed block with the added block after it from the top', () => {
    const lines = splitLines(rows(['-a', '-b', '+A', '+B', '+C']), 0);
    expect(shown(lines)).toEqual(['a|A', 'b|B', '.|C']);
  });

  it('leaves a removed line alone that stands before a changed one', () => {
    const lines = splitLines(marked(['-gone', '-b', '+B'], 'b', 'B'), 0);
    expect(shown(lines)).toEqual(['gone|.', 'b|B']);
  });

  it('pairs nothing across an unchanged line', () => {
    const lines = splitLines(rows(['-a', ' s', '+b']), 0);
    expect(shown(lines)).toEqual(['a|.', 's|s', '.|b']);
  });

  it('loses no row, whatever the order', () => {
    const source = rows(['-a', '+b', '+c', '-d', '-e', '+f', ' g', '+h', '-i']);
    const lines = splitLines(source, 0);
    const seen = lines.flatMap(line =>
      line.old === line.new ? [line.old] : [line.old, line.new]
    );
    const indexes = seen
      .filter(place => place !== null)
      .map(place => place?.index)
      .sort((a, b) => Number(a) - Number(b));
    expect(indexes).toEqual(source.map((_, index) => index));
  });
});
