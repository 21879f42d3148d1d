import { cell } from '../../testing/diffs';
import { file } from '../../testing/mergeRequests';
import { cellDigest, fileDigest } from './digest';

describe('the digest of a cell', () => {
  it('is of the new side: another base changes nothing', () => {
    const first = cell(1, [' x = 1', '-y = 2', '+y = 3']);
    const rebased = cell(1, ['+x = 1', ' y = 3']);
    expect(cellDigest(first)).toBe(cellDigest(rebased));
  });

  it('changes with the source, the outputs and the cell', () => {
    const output = (digest: string) => ({
      kind: 'added' as const,
      old: null,
      new: {
        index: 0,
        output_type: 'stream',
        kind: 'text' as const,
        mime_types: [],
        size: 1,
        digest,
        line: null,
        first_line: null,
        last_line: null
      }
    });
    const all = [
      cell(1, ['+x']),
      cell(1, ['+y']),
      cell(2, ['+x']),
      cell(1, ['+x'], { outputs: [output('a')] }),
      cell(1, ['+x'], { outputs: [output('b')] }),
      cell(1, ['-x'], { kind: 'removed' })
    ].map(cellDigest);
    expect(new Set(all).size).toBe(all.length);
  });
});

describe('the digest of a file', () => {
  it('is its contents, or what it was before it was deleted', () => {
    expect(fileDigest(file('a', { new_blob: 'n', old_blob: 'o' }))).toBe('n');
    expect(fileDigest(file('a', { new_blob: null, old_blob: 'o' }))).toBe('-o');
    expect(
      fileDigest(file('a', { new_blob: null, old_blob: null }))
    ).toBeNull();
  });
});
