import { EditorLanguageRegistry } from '@jupyterlab/codemirror';

import { rows } from '../testing/diffs';
import { Highlighter, sourceSides } from './highlight';

const registry = new EditorLanguageRegistry();
EditorLanguageRegistry.getDefaultLanguages().forEach(language =>
  registry.addLanguage(language)
);
const highlighter = new Highlighter(registry);

describe('Highlighter', () => {
  it('colours each line of a source', async () => {
    const language = highlighter.forKernel('python');
    const tokens =
      language &&
      (await highlighter.tokens('x = "a"\n\ndef f(): ...', language));
    expect(tokens).toHaveLength(3);
    expect(tokens?.[0]).toContainEqual(
      expect.objectContaining({ from: 4, to: 7 })
    );
    expect(tokens?.[1]).toEqual([]);
    expect(tokens?.[2][0]).toMatchObject({ from: 0, to: 3 });
  });

  it('knows languages by kernel and by file name', () => {
    expect(highlighter.forKernel('R')?.name).toBe('R');
    expect(highlighter.forFile('src/features.py')?.name).toBe('Python');
    expect(highlighter.forFile('no-such.kind')).toBeNull();
  });

  it('leaves sources plain without a language registry', () => {
    expect(new Highlighter(null).forKernel('python')).toBeNull();
  });
});

describe('sourceSides', () => {
  it('gives the whole text of each side', () => {
    expect(sourceSides(rows([' a', '-b', '+c', ' d']))).toEqual({
      old: 'a\nb\nd',
      new: 'a\nc\nd'
    });
  });
});
