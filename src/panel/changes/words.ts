import type { TranslationBundle } from '@jupyterlab/translation';

import type { Schemas } from '../../api/client';

type ChangedFile = Schemas['ChangedFile'];
type Summary = Schemas['ChangeSummary'];
type Cell = Schemas['ChangedCell'];

/** "3 cells · 2 outputs", "only outputs": what changed in a notebook. Empty when there is nothing to count. */
export function notebookWords(
  summary: Summary,
  trans: TranslationBundle
): string {
  switch (summary.classification) {
    case 'outputs':
      return trans.__('only outputs');
    case 'execution_counts':
      return trans.__('only execution counts');
    case 'metadata':
      return trans.__('only metadata');
    case 'format':
      return trans.__('only formatting');
    default:
      break;
  }
  const parts: string[] = [];
  if (summary.cells_changed > 0) {
    parts.push(trans._n('%1 cell', '%1 cells', summary.cells_changed));
  }
  if (summary.outputs_changed > 0) {
    parts.push(trans._n('%1 output', '%1 outputs', summary.outputs_changed));
  }
  return parts.join(' · ');
}

/** The one word a row says about a file beyond its counts; empty for a plain modification. */
export function statusWord(
  file: ChangedFile,
  trans: TranslationBundle
): string {
  if (file.conflict !== null) {
    return trans.__('conflict');
  }
  switch (file.status) {
    case 'added':
    case 'untracked':
      return trans.__('new');
    case 'deleted':
      return trans.__('deleted');
    case 'renamed':
      return trans.__('renamed');
    case 'copied':
      return trans.__('copied');
    case 'type_changed':
      return trans.__('type changed');
    case 'conflicted':
      return trans.__('conflict');
    case 'modified':
      return '';
  }
}

/** "12 MB": powers of 1000, as file managers write them. */
export function fileSize(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  let value = bytes;
  let unit = 0;
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  const digits = unit > 0 && value < 9.95 ? 1 : 0;
  return `${value.toFixed(digits)} ${units[unit]}`;
}

/** The mark before a cell's title: "[7]" for code that ran, else its kind. */
export function cellMark(cell: Cell): string {
  if (cell.cell_type === 'code') {
    return `[${cell.execution_count ?? ' '}]`;
  }
  return cell.cell_type === 'markdown' ? 'md' : cell.cell_type;
}

/** What a cell's row says where no source line is to be counted. */
export function cellWord(cell: Cell, trans: TranslationBundle): string {
  switch (cell.kind) {
    case 'added':
      return trans.__('new');
    case 'removed':
      return trans.__('removed');
    case 'moved':
      return trans.__('moved');
    case 'output_only':
      return [trans.__('output only'), ...cell.output_kinds].join(' · ');
    case 'metadata_only':
      return trans.__('metadata only');
    case 'changed':
      return '';
  }
}
