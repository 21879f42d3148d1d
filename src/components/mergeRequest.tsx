import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';

import type { Schemas } from '../api/client';
import { useTrans } from '../api/context';

/** A merge request's title without the prefix that the draft badge already tells. */
export function plainTitle(
  mergeRequest: Pick<Schemas['MergeRequestSummary'], 'title' | 'draft'>
): string {
  return mergeRequest.draft
    ? mergeRequest.title.replace(/^\s*(draft:|\[draft\]|\(draft\))\s*/i, '')
    : mergeRequest.title;
}

/** "✓ approved by 1" where approval is optional, "1 of 2 approvals" where a number is required; empty before the first. */
export function approvalWords(
  approvals: Schemas['Approvals'] | null,
  trans: TranslationBundle
): string {
  if (approvals === null) {
    return '';
  }
  const { approved_by, required, left } = approvals;
  if (required) {
    const words = trans.__(
      '%1 of %2 approvals',
      required - (left ?? 0),
      required
    );
    return left === 0 ? `✓ ${words}` : words;
  }
  return approved_by.length > 0
    ? trans.__('✓ approved by %1', approved_by.length)
    : '';
}

/** How the newest pipeline stands; `status` is GitLab's word. */
export function PipelineStatus(props: { status: string }): React.JSX.Element {
  const trans = useTrans();
  const { status } = props;
  const sign = status === 'success' ? '✓' : status === 'failed' ? '✕' : '●';
  return (
    <span className="jp-gitlab-Pipeline" data-status={status}>
      <span aria-hidden="true">{sign} </span>
      {status === 'success'
        ? trans.__('pipeline passed')
        : trans.__('pipeline %1', status.replace(/_/g, ' '))}
    </span>
  );
}
