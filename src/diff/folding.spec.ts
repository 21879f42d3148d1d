import { cell, rows } from '../testing/diffs';
import { foldCells, foldLines, quietness } from './folding';
import { inlineLines } from './lines';

const ALL = { outputs: true, outputOnly: true, metadata: true };

function same(count: number): string[] {
  return Array.from({ length: count }, (_, index) => ` ${index}`);
}

function runs(
  lines: string[],
  pinned: (index: number) => boolean = () => false
) {
  return foldLines(inlineLines(rows(lines), 0), line =>
    pinned(line.new?.index ?? -1)
  ).map(run => `${run.from}-${run.to}${run.folded ? ' folded' : ''}`);
}

describe('foldLines', () => {
  it('folds unchanged lines further than three from a change', () => {
    expect(runs([...same(20), '+x', ...same(20)])).toEqual([
      '0-17 folded',
      '17-24',
      '24-41 folded'
    ]);
  });

  it('does not fold what an expander would not shorten', () => {
    expect(runs([...same(6), '+x'])).toEqual(['0-7']);
  });

  it('keeps what something hangs on, with its surroundings', () => {
    expect(runs([...same(30), '+x'], index => index === 10)).toEqual([
      '0-7 folded',
      '7-14',
      '14-27 folded',
      '27-31'
    ]);
  });

  it('shows the beginning of a source without changes', () => {
    expect(runs(same(20))).toEqual(['0-3', '3-20 folded']);
  });

  it('gives no run for no line', () => {
    expect(runs([])).toEqual([]);
  });
});

describe('foldCells', () => {
  const unchanged = (index: number) => cell(index, [' a']);

  it('folds neighbouring unchanged cells into one run', () => {
    const cells = [unchanged(0), unchanged(1), cell(2, ['+b']), unchanged(3)];
    expect(foldCells(cells, ALL, () => false)).toEqual([
      { from: 0, to: 2, quiet: 'unchanged' },
      { from: 2, to: 3, quiet: null },
      { from: 3, to: 4, quiet: 'unchanged' }
    ]);
  });

  it('folds no cell with a thread', () => {
    const cells = [unchanged(0), unchanged(1), unchanged(2)];
    expect(
      foldCells(cells, ALL, index => index === 1).map(run => run.quiet)
    ).toEqual(['unchanged', null, 'unchanged']);
  });

  it('says of a run what its loudest cell holds', () => {
    const counts = cell(1, [' a'], { execution_count_changed: true });
    expect(foldCells([unchanged(0), counts], ALL, () => false)).toEqual([
      { from: 0, to: 2, quiet: 'metadata' }
    ]);
  });
});

describe('quietness', () => {
  it('shows cells with changed outputs only while outputs are shown', () => {
    const outputs = cell(0, [' a'], { outputs_changed: true });
    expect(quietness(outputs, ALL)).toBeNull();
    expect(quietness(outputs, { ...ALL, outputs: false })).toBe('outputs');
    expect(quietness(outputs, { ...ALL, outputOnly: false })).toBe('outputs');
  });

  it('shows cells with changed metadata only while metadata is shown', () => {
    const metadata = cell(0, [' a'], {
      metadata: [{ path: '/tags', old: null, new: '[]' }]
    });
    expect(quietness(metadata, ALL)).toBeNull();
    expect(quietness(metadata, { ...ALL, metadata: false })).toBe('metadata');
  });

  it('never hides what was added, removed or moved', () => {
    for (const more of [
      { kind: 'added' as const },
      { kind: 'removed' as const },
      { moved: true }
    ]) {
      expect(quietness(cell(0, [' a'], more), ALL)).toBeNull();
    }
  });
});
