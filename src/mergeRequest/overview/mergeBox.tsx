import * as React from 'react';

import type { Schemas } from '../../api/client';
import { useTrans } from '../../api/context';
import { Button, RelativeTime, Spinner } from '../../components';
import { CommandIDs } from '../../tokens';
import { useUpdate } from '../actions';
import { useCommand, useLocalBranch } from '../context';
import type { IJump } from '../jump';
import { AutoMerge } from './autoMerge';
import { MergeForm } from './mergeForm';
import { Behind } from './rebase';
import { WayOut } from './wayOut';

type MergeRequest = Schemas['MergeRequest'];

/** Whether it can be merged, why not, and the way out; or the merge itself. */
export function MergeBox(props: {
  mergeRequest: MergeRequest;
  discussions: readonly Schemas['Discussion'][];
  onShow: (jump: IJump) => void;
}): React.JSX.Element {
  const trans = useTrans();
  const { mergeRequest } = props;
  const { state, mergeability, auto_merge: auto } = mergeRequest;
  if (state === 'merged') {
    return <MergedBox mergeRequest={mergeRequest} />;
  }
  if (state === 'closed') {
    return <ClosedBox mergeRequest={mergeRequest} />;
  }
  const busy =
    state === 'locked'
      ? trans.__('GitLab is merging…')
      : mergeRequest.rebase_in_progress
        ? trans.__(
            'GitLab is rebasing %1 onto %2…',
            mergeRequest.source_branch,
            mergeRequest.target_branch
          )
        : mergeability.checking
          ? trans.__('GitLab is checking whether this can be merged…')
          : null;
  if (busy !== null) {
    return (
      <Box tone="neutral">
        <p role="status">
          <Spinner /> {busy}
        </p>
      </Box>
    );
  }
  if (auto) {
    return (
      <Box tone="brand">
        <AutoMerge mergeRequest={mergeRequest} auto={auto} />
        {!mergeability.mergeable && <WayOut {...props} />}
      </Box>
    );
  }
  return mergeability.mergeable ? (
    <ReadyBox mergeRequest={mergeRequest} />
  ) : (
    <BlockedBox {...props} />
  );
}

/** Why it can't be merged, in words, with the way out. */
function BlockedBox(props: {
  mergeRequest: MergeRequest;
  discussions: readonly Schemas['Discussion'][];
  onShow: (jump: IJump) => void;
}): React.JSX.Element {
  const trans = useTrans();
  const { mergeRequest } = props;
  const { mergeability } = mergeRequest;
  return (
    <Box tone="warning">
      <p className="jp-gitlab-MergeBox-title">
        <span aria-hidden="true">⚠ </span>
        {mergeability.reason ||
          trans.__('This can’t be merged (%1).', mergeability.status)}
      </p>
      {mergeability.hint && <p>{mergeability.hint}</p>}
      <div className="jp-gitlab-MergeBox-ways">
        <WayOut {...props} />
      </div>
      {mergeability.awaitable && mergeRequest.can_merge && (
        <details className="jp-gitlab-MergeBox-later">
          <summary>{trans.__('Merge when all checks pass')}</summary>
          <MergeForm mergeRequest={mergeRequest} />
        </details>
      )}
      <Behind mergeRequest={mergeRequest} />
    </Box>
  );
}

function ReadyBox(props: { mergeRequest: MergeRequest }): React.JSX.Element {
  const trans = useTrans();
  const { mergeRequest } = props;
  const { merge_error: failed, target_branch: target } = mergeRequest;
  return (
    <Box tone="success">
      <p className="jp-gitlab-MergeBox-title">
        <span aria-hidden="true">✓ </span>
        {trans.__('Ready to merge into %1.', target)}
      </p>
      {failed && (
        <p className="jp-gitlab-MergeBox-failed">
          <span aria-hidden="true">⚠ </span>
          {trans.__('GitLab’s last attempt failed: %1', failed)}
        </p>
      )}
      {mergeRequest.can_merge ? (
        <MergeForm mergeRequest={mergeRequest} />
      ) : (
        <p>
          {trans.__(
            'You may not merge into %1: ask a maintainer of the project.',
            target
          )}
        </p>
      )}
      <Behind mergeRequest={mergeRequest} />
    </Box>
  );
}

function Box(props: {
  tone: 'neutral' | 'success' | 'warning' | 'brand';
  children: React.ReactNode;
}): React.JSX.Element {
  const trans = useTrans();
  return (
    <section
      className="jp-gitlab-MergeBox"
      data-tone={props.tone}
      aria-label={trans.__('Merge')}
    >
      {props.children}
    </section>
  );
}

function MergedBox(props: { mergeRequest: MergeRequest }): React.JSX.Element {
  const trans = useTrans();
  const command = useCommand();
  const local = useLocalBranch();
  const [busy, setBusy] = React.useState(false);
  const { mergeRequest } = props;
  const { merged_by: by, merged_at: at, target_branch: target } = mergeRequest;
  const bringBack = () => {
    setBusy(true);
    void command(CommandIDs.returnToTarget, { target }).finally(() =>
      setBusy(false)
    );
  };
  return (
    <Box tone="brand">
      <p className="jp-gitlab-MergeBox-title">
        {by
          ? trans.__('Merged into %1 by %2', target, by.name)
          : trans.__('Merged into %1', target)}
        {at && (
          <>
            {' '}
            <RelativeTime time={at} />
          </>
        )}
      </p>
      {local === mergeRequest.source_branch && (
        <>
          <p>
            {trans.__(
              'Your clone is still on %1. It is kept; nothing of it is lost.',
              local
            )}
          </p>
          <Button kind="primary" busy={busy} onClick={bringBack}>
            {trans.__('Switch to %1 and update it', target)}
          </Button>
        </>
      )}
    </Box>
  );
}

function ClosedBox(props: { mergeRequest: MergeRequest }): React.JSX.Element {
  const trans = useTrans();
  const update = useUpdate();
  const { mergeRequest } = props;
  return (
    <Box tone="neutral">
      <p className="jp-gitlab-MergeBox-title">
        {trans.__('Closed without merging')}
        {mergeRequest.closed_at && (
          <>
            {' '}
            <RelativeTime time={mergeRequest.closed_at} />
          </>
        )}
      </p>
      {mergeRequest.can_update && (
        <Button
          busy={update.isPending}
          onClick={() => update.mutate({ state_event: 'reopen' })}
        >
          {trans.__('Reopen')}
        </Button>
      )}
    </Box>
  );
}
