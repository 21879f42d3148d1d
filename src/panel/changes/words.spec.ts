import { nullTranslator } from '@jupyterlab/translation';

import { changedFile } from '../../testing/panel';
import { cellMark, fileSize, statusWord } from './words';

const trans = nullTranslator.load('');

describe('fileSize', () => {
  it.each([
    [0, '0 B'],
    [999, '999 B'],
    [1000, '1.0 kB'],
    [12_400_000, '12 MB'],
    [999_600, '1.0 MB'],
    [5_000_000_000, '5.0 GB']
  ])('of %d bytes is %s', (bytes, words) => {
    expect(fileSize(bytes)).toBe(words);
  });
});

describe('statusWord', () => {
  it('is silent about a plain change and never about a conflict', () => {
    expect(statusWord(changedFile('a'), trans)).toBe('');
    expect(statusWord(changedFile('a', { conflict: 'AA' }), trans)).toBe(
      'conflict'
    );
    expect(statusWord(changedFile('a', { status: 'untracked' }), trans)).toBe(
      'new'
    );
  });
});

describe('cellMark', () => {
  const cell = {
    index: 0,
    kind: 'changed' as const,
    title: '',
    added: 0,
    removed: 0,
    output_kinds: [],
    execution_count: null
  };

  it('tells code that ran from code that did not, and text', () => {
    expect(cellMark({ ...cell, cell_type: 'code', execution_count: 7 })).toBe(
      '[7]'
    );
    expect(cellMark({ ...cell, cell_type: 'code' })).toBe('[ ]');
    expect(cellMark({ ...cell, cell_type: 'markdown' })).toBe('md');
    expect(cellMark({ ...cell, cell_type: 'raw' })).toBe('raw');
  });
});
