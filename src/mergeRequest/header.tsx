import * as React from 'react';

import type { Schemas } from '../api/client';
import { useTrans } from '../api/context';
import {
  Badge,
  approvalWords,
  copyLink,
  type MenuEntry,
  MoreButton,
  PipelineStatus,
  RelativeTime
} from '../components';
import { useUpdate } from './actions';
import { CheckOutButton } from './checkOut';
import { EditableTitle } from './edit/title';
import { OpenOnGitLab } from './openOnGitLab';
import { useUnresolved } from './useUnresolved';

type MergeRequest = Schemas['MergeRequest'];

/** The head of the document: what it is called, how it stands, where it goes. */
export function Header(props: {
  mergeRequest: MergeRequest;
}): React.JSX.Element {
  const { mergeRequest } = props;
  return (
    <div className="jp-gitlab-MergeRequest-head">
      <div className="jp-gitlab-MergeRequest-titleRow">
        <EditableTitle mergeRequest={mergeRequest}>
          <StateBadge mergeRequest={mergeRequest} />
        </EditableTitle>
        <span className="jp-gitlab-spacer" />
        <div className="jp-gitlab-MergeRequest-actions">
          {mergeRequest.state === 'opened' && (
            <CheckOutButton mergeRequest={mergeRequest} />
          )}
          <OpenOnGitLab url={mergeRequest.web_url} />
          <More mergeRequest={mergeRequest} />
        </div>
      </div>
      <Meta mergeRequest={mergeRequest} />
    </div>
  );
}

function StateBadge(props: { mergeRequest: MergeRequest }): React.JSX.Element {
  const trans = useTrans();
  const { state, draft } = props.mergeRequest;
  switch (state) {
    case 'merged':
      return <Badge tone="brand">{trans.__('Merged')}</Badge>;
    case 'closed':
      return <Badge tone="danger">{trans.__('Closed')}</Badge>;
    case 'locked':
      return <Badge tone="warning">{trans.__('Merging')}</Badge>;
    default:
      return draft ? (
        <Badge>{trans.__('Draft')}</Badge>
      ) : (
        <Badge tone="success">{trans.__('Open')}</Badge>
      );
  }
}

function Meta(props: { mergeRequest: MergeRequest }): React.JSX.Element {
  const trans = useTrans();
  const { mergeRequest } = props;
  const approval = approvalWords(mergeRequest.approvals, trans);
  const unresolved = useUnresolved(mergeRequest) ?? 0;
  return (
    <div className="jp-gitlab-MergeRequest-meta">
      <span className="jp-gitlab-MergeRequest-branches">
        <code>{mergeRequest.source_branch}</code>
        <span aria-label={trans.__('into')} role="img">
          →
        </span>
        <code>{mergeRequest.target_branch}</code>
      </span>
      <span>
        {trans.__('opened by %1', mergeRequest.author.name)}{' '}
        <RelativeTime time={mergeRequest.created_at} />
      </span>
      {mergeRequest.pipeline_status !== null && (
        <PipelineStatus status={mergeRequest.pipeline_status} />
      )}
      {approval && <span>{approval}</span>}
      {unresolved > 0 && (
        <span>
          {trans._n(
            '%1 unresolved thread',
            '%1 unresolved threads',
            unresolved
          )}
        </span>
      )}
    </div>
  );
}

function More(props: { mergeRequest: MergeRequest }): React.JSX.Element {
  const trans = useTrans();
  const { mergeRequest } = props;
  const update = useUpdate();
  const { state, draft, can_update: may } = mergeRequest;
  const change = (body: Parameters<typeof update.mutate>[0]) => () =>
    update.mutate(body);
  const entries = (): MenuEntry[] => {
    const list: MenuEntry[] = [
      {
        label: trans.__('Copy link'),
        execute: () => copyLink(mergeRequest.web_url, trans)
      }
    ];
    if (state === 'opened') {
      list.push('separator', {
        label: draft ? trans.__('Mark as ready') : trans.__('Mark as draft'),
        enabled: may && !update.isPending,
        execute: change({ draft: !draft })
      });
      list.push({
        label: trans.__('Close merge request'),
        enabled: may && !update.isPending,
        execute: change({ state_event: 'close' })
      });
    } else if (state === 'closed') {
      list.push('separator', {
        label: trans.__('Reopen merge request'),
        enabled: may && !update.isPending,
        execute: change({ state_event: 'reopen' })
      });
    }
    return list;
  };
  return <MoreButton label={trans.__('More actions')} entries={entries} />;
}
