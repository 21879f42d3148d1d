import { nullTranslator } from '@jupyterlab/translation';

import { cell, notebook, text } from '../testing/diffs';
import type { NotebookDiff } from './types';
import { summaryText } from './words';

const trans = nullTranslator.load('jupyterlab_gitlab');

type Classification = NotebookDiff['summary']['classification'];

function only(
  classification: Classification,
  more: Partial<NotebookDiff> = {}
): NotebookDiff {
  const diff = notebook([cell(0, [' a'])], more);
  return { ...diff, summary: { ...diff.summary, classification } };
}

const change = { path: '/a', old: 1, new: 2 } as never;

describe('the summary of a diff', () => {
  it('names metadata that came with a new run', () => {
    const with_ = { metadata: [change] };
    expect(summaryText(only('outputs'), true, trans)).toBe(
      'only outputs changed'
    );
    expect(summaryText(only('outputs', with_), true, trans)).toBe(
      'only outputs and metadata changed'
    );
    expect(summaryText(only('execution_counts', with_), true, trans)).toBe(
      'only execution counts and metadata changed'
    );
  });

  it('claims nothing about the file where white space is left out', () => {
    expect(summaryText(only('format'), true, trans)).toBe(
      'only the way the file is written changed'
    );
    expect(summaryText(only('format'), false, trans)).toBe(
      'only white space changed'
    );
  });

  it('tells new and deleted files', () => {
    expect(summaryText(text(['+a'], { old: null }), true, trans)).toBe(
      'new file'
    );
    expect(summaryText(text(['-a'], { new: null }), true, trans)).toBe(
      'deleted file'
    );
  });
});
