import type { Schemas } from '../../api/client';

/** Without the prefix that the badge already tells. */
export function plainTitle(
  row: Pick<Schemas['MergeRequestSummary'], 'title' | 'draft'>
): string {
  return row.draft
    ? row.title.replace(/^\s*(draft:|\[draft\]|\(draft\))\s*/i, '')
    : row.title;
}
