import { joined, parted } from './block';

describe('a comment that suggests a change', () => {
  it('ends in a block as GitLab reads it', () => {
    expect(
      joined({ text: 'Better:', change: { above: 2, code: 'a\nb' } })
    ).toBe('Better:\n\n```suggestion:-2+0\na\nb\n```');
    expect(joined({ text: '', change: { above: 0, code: '' } })).toBe(
      '```suggestion:-0+0\n```'
    );
    expect(joined({ text: 'Hm.', change: null })).toBe('Hm.');
  });

  it.each([
    { text: '', change: null },
    { text: 'Hm.\n', change: null },
    { text: '', change: { above: 0, code: '' } },
    { text: 'Why\n\nnot?\n', change: { above: 3, code: 'a\n\n  b\n' } },
    { text: 'Fence:', change: { above: 0, code: '```\nx\n````' } },
    { text: '', change: { above: 1, code: '\n\n```suggestion:-0+0\nx\n```' } }
  ])('comes apart again: %j', parts => {
    expect(parted(joined(parts))).toEqual(parts);
  });

  it('is left alone where somebody else wrote the block', () => {
    for (const body of [
      '```suggestion:-0+0\nx\n```\nand more',
      '```suggestion:-0+1\nx\n```',
      'x\n```suggestion:-0+0\ny\n```',
      '```suggestion:-0+0\nnever closed'
    ]) {
      expect(parted(body)).toEqual({ text: body, change: null });
    }
  });
});
