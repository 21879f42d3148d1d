import { errorName, pictureOf, plainText, textOf, tracebackOf } from './body';
import { textRows } from './textRows';

const body = (value: object) => value as never;

describe('what an output says', () => {
  it('is without colours and other codes of terminals', () => {
    expect(plainText('\u001b[0;31mred\u001b[0m \u001b]8;;x\u0007link')).toBe(
      'red link'
    );
  });

  it('is, of a line that was written over, what was written last', () => {
    expect(plainText('10 %\r50 %\r100 %\ndone\r\n')).toBe('100 %\ndone\n');
  });

  it('is the text of a stream or of a result', () => {
    expect(textOf(body({ output_type: 'stream', text: ['a\n', 'b'] }))).toBe(
      'a\nb'
    );
    expect(
      textOf(
        body({ output_type: 'execute_result', data: { 'text/plain': '1' } })
      )
    ).toBe('1');
  });

  it('is, of an error, its name and where it comes from', () => {
    const error = body({
      output_type: 'error',
      ename: 'ValueError',
      evalue: 'no',
      traceback: ['\u001b[31mline 1\u001b[0m', 'line 2']
    });
    expect(errorName(error)).toBe('ValueError: no');
    expect(tracebackOf(error)).toBe('line 1\nline 2');
  });

  it('is a picture where there is one', () => {
    const data = { 'image/png': btoa('PNG') + '\n', 'text/plain': '' };
    expect(pictureOf(body({ data }))).toMatchObject({
      size: 3,
      type: 'image/png'
    });
    expect(pictureOf(body({ data: { 'image/png': '%' } }))).toBeNull();
    expect(pictureOf(body({ data: { 'text/plain': '' } }))).toBeNull();
  });
});

describe('the rows of two texts', () => {
  const lines = (old: string, now: string) =>
    textRows(old, now).map(
      row =>
        `${row.old_number ?? ''}:${row.new_number ?? ''} ${row.kind} ${row.text}`
    );

  it('say where each line stands', () => {
    expect(lines('a\nb\nc\n', 'a\nx\nc\nd\n')).toEqual([
      '1:1 same a',
      '2: removed b',
      ':2 added x',
      '3:3 same c',
      ':4 added d'
    ]);
  });

  it('mark the words that differ', () => {
    const [removed, added] = textRows('loss 0.51 acc 0.9', 'loss 0.42 acc 0.9');
    const marks = ({ text, spans }: typeof removed) =>
      spans.map(([from, to]) => text.slice(from, to));
    expect(marks(removed)).toEqual(['0.51']);
    expect(marks(added)).toEqual(['0.42']);
  });

  it('mark nothing in lines that have nothing in common', () => {
    const [removed] = textRows('one two', 'completely different words');
    expect(removed.spans).toEqual([]);
  });

  it('can be commented nowhere', () => {
    expect(textRows('a', 'b').every(row => row.anchor === null)).toBe(true);
  });
});
