import * as React from 'react';

import type { Schemas } from '../../api/client';
import { useTrans } from '../../api/context';
import { Button, RelativeTime, Spinner } from '../../components';
import { CommandIDs } from '../../tokens';
import { useUpdate } from '../actions';
import { useCommand, useLocalBranch } from '../context';
import { MergeForm } from './mergeForm';

type MergeRequest = Schemas['MergeRequest'];

/** Whether it can be merged, why not, and the way out; or the merge itself. */
export function MergeBox(props: {
  mergeRequest: MergeRequest;
}): React.JSX.Element {
  const trans = useTrans();
  const { mergeRequest } = props;
  const { state, mergeability } = mergeRequest;
  if (state === 'merged') {
    return <MergedBox mergeRequest={mergeRequest} />;
  }
  if (state === 'closed') {
    return <ClosedBox mergeRequest={mergeRequest} />;
  }
  if (state === 'locked' || mergeability.checking) {
    return (
      <Box tone="neutral">
        <p>
          <Spinner />{' '}
          {state === 'locked'
            ? trans.__('GitLab is merging…')
            : trans.__('GitLab is checking whether this can be merged…')}
        </p>
      </Box>
    );
  }
  if (!mergeability.mergeable) {
    return (
      <Box tone="warning">
        <p className="jp-gitlab-MergeBox-title">
          <span aria-hidden="true">⚠ </span>
          {mergeability.reason ||
            trans.__('This can’t be merged (%1).', mergeability.status)}
        </p>
        {mergeability.hint && <p>{mergeability.hint}</p>}
        <WayOut mergeRequest={mergeRequest} />
      </Box>
    );
  }
  return (
    <Box tone="success">
      <p className="jp-gitlab-MergeBox-title">
        <span aria-hidden="true">✓ </span>
        {trans.__('Ready to merge into %1.', mergeRequest.target_branch)}
      </p>
      {mergeRequest.can_merge ? (
        <MergeForm mergeRequest={mergeRequest} />
      ) : (
        <p>
          {trans.__(
            'You may not merge into %1: ask a maintainer of the project.',
            mergeRequest.target_branch
          )}
        </p>
      )}
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

/** A button for what stands in the way, where there is one. */
function WayOut(props: {
  mergeRequest: MergeRequest;
}): React.JSX.Element | null {
  const trans = useTrans();
  const { mergeRequest } = props;
  const { mergeability } = mergeRequest;
  const update = useUpdate();
  const command = useCommand();
  const local = useLocalBranch();
  switch (mergeability.status) {
    case 'draft_status':
      return mergeRequest.can_update ? (
        <Button
          kind="primary"
          busy={update.isPending}
          onClick={() => update.mutate({ draft: false })}
        >
          {trans.__('Mark as ready')}
        </Button>
      ) : null;
    case 'conflict':
    case 'need_rebase':
      return local === mergeRequest.source_branch ? null : (
        <Button
          onClick={() =>
            void command(CommandIDs.switchBranch, {
              name: mergeRequest.source_branch
            })
          }
        >
          {trans.__('Check out %1', mergeRequest.source_branch)}
        </Button>
      );
    default:
      return null;
  }
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
