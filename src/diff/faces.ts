import type { FileDiff, TextDiff } from './types';

/** How a text file can be read, beside as its source. */
export type Reading = 'markdown' | 'table' | 'picture';

const READINGS: Record<string, Reading> = {
  md: 'markdown',
  markdown: 'markdown',
  csv: 'table',
  tsv: 'table',
  svg: 'picture'
};

/** How this text file can be read; null: as its source only. */
export function readingOf(diff: TextDiff): Reading | null {
  // What was left out would be missing, and look as if it had never been there.
  return diff.truncated ? null : (READINGS[extension(diff)] ?? null);
}

/** Whether anything of the diff can be shown rendered. */
export function hasReading(diff: FileDiff): boolean {
  return diff.type === 'notebook'
    ? diff.cells.some(cell => cell.cell_type === 'markdown')
    : diff.type === 'text' && readingOf(diff) !== null;
}

function extension(diff: FileDiff): string {
  const name = (diff.new ?? diff.old)?.path.display ?? '';
  return name.slice(name.lastIndexOf('.') + 1).toLowerCase();
}
