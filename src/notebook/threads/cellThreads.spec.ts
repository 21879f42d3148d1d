import { nullTranslator } from '@jupyterlab/translation';

import { cell, DIFF_REFS, notebook } from '../../testing/diffs';
import { discussion, position } from '../../testing/mergeRequests';
import { LineIndex } from '../../threads/placement';
import { saidOfCells } from './cellThreads';

const FILE = {
  oldPath: 'train.ipynb',
  newPath: 'train.ipynb',
  headSha: DIFF_REFS.head_sha
};
const trans = nullTranslator.load('jupyterlab_gitlab');

function said(
  diff: ReturnType<typeof notebook>,
  lines: { old_line?: number; new_line?: number },
  cells: string[]
): [string, string][] {
  const found = saidOfCells(
    new LineIndex(diff),
    [discussion('a', { position: position(lines) })],
    FILE,
    cells.map(id => ({ id })),
    trans
  );
  return [...found].map(([id, list]) => [id, list[0].where]);
}

describe('threads of an open notebook', () => {
  const diff = notebook([cell(1, [' a', '+b']), cell(2, ['-c', '+d'])]);

  it('follow their cell wherever it has gone since', () => {
    expect(said(diff, { new_line: 102 }, ['new', 'cell-2', 'cell-1'])).toEqual([
      ['cell-1', 'line 2']
    ]);
  });

  it('on removed lines stand at the cell that had them', () => {
    expect(said(diff, { old_line: 201 }, ['cell-1', 'cell-2'])).toEqual([
      ['cell-2', 'old line 1']
    ]);
  });

  it('are nowhere when their cell is gone', () => {
    expect(said(diff, { new_line: 102 }, ['cell-2'])).toEqual([]);
    const removed = notebook([cell(1, ['-a'], { new: null, kind: 'removed' })]);
    expect(said(removed, { old_line: 101 }, ['cell-1'])).toEqual([]);
  });

  it('find cells without ids by their place', () => {
    const bare = notebook([cell(1, ['+a'])]);
    bare.cells[0].new = { ...bare.cells[0].new!, id: null };
    expect(said(bare, { new_line: 101 }, ['x', 'y'])).toEqual([
      ['y', 'line 1']
    ]);
  });
});
