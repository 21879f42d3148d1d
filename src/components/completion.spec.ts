import { complete, completableAt, labelReference } from './completion';

describe('completableAt', () => {
  const at = (text: string) => completableAt(text, text.length);

  it('finds a person or a label that is being typed', () => {
    expect(at('Ask @mi')).toEqual({ kind: 'member', from: 4, search: 'mi' });
    expect(at('(@')).toEqual({ kind: 'member', from: 1, search: '' });
    expect(at('~bug')).toEqual({ kind: 'label', from: 0, search: 'bug' });
    expect(at('a\n~"needs re')).toEqual({
      kind: 'label',
      from: 2,
      search: 'needs re'
    });
  });

  it('finds none inside of words and behind a finished name', () => {
    expect(at('mira@example.com')).toBeNull();
    expect(at('@mira and')).toBeNull();
    expect(at('x~y')).toBeNull();
    expect(at('plain')).toBeNull();
  });
});

describe('complete', () => {
  it('puts the name where it was begun and the caret behind it', () => {
    const text = 'Ask @mi, please';
    const at = completableAt(text, 7);
    expect(at).not.toBeNull();
    expect(
      at && complete(text, 7, at, { key: 1, text: '@mira', label: '@mira' })
    ).toEqual({ text: 'Ask @mira, please', caret: 9 });
  });

  it('quotes labels of several words', () => {
    expect(labelReference('bug')).toBe('~bug');
    expect(labelReference('needs review')).toBe('~"needs review"');
  });
});
