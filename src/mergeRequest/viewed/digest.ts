import type { CellDiff } from '../../diff/types';
import type { MergeRequestFile } from '../changes/files';

/**
 * What stands for the contents that a reader has ticked off: the new side's, or the old side's of what is deleted. It is
 * the same in every comparison of the merge request, so that a mark falls only when the contents change.
 */
export function fileDigest(file: MergeRequestFile): string | null {
  return file.new_blob ?? (file.old_blob === null ? null : `-${file.old_blob}`);
}

/** The same for a cell: source, outputs, and the cell's own id where it has one. */
export function cellDigest(cell: CellDiff): string {
  const kept = digests.get(cell);
  if (kept !== undefined) {
    return kept;
  }
  const side = cell.kind === 'removed' ? 'old' : 'new';
  const gone = side === 'new' ? 'removed' : 'added';
  const made = hash(
    JSON.stringify([
      side,
      cell[side]?.id ?? null,
      cell.cell_type,
      cell.rows.filter(row => row.kind !== gone).map(row => row.text),
      cell.outputs.flatMap(output => output[side]?.digest ?? [])
    ])
  );
  digests.set(cell, made);
  return made;
}

const digests = new WeakMap<CellDiff, string>();

/** 64 bits of FNV-1a (http://www.isthe.com/chongo/tech/comp/fnv/) as two halves that begin differently. */
function hash(text: string): string {
  let a = 0x811c9dc5;
  let b = 0x01000193;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    a = Math.imul(a ^ code, 0x01000193);
    b = Math.imul(b ^ (code + i), 0x85ebca6b);
  }
  return [a, b]
    .map(half => (half >>> 0).toString(16).padStart(8, '0'))
    .join('');
}
