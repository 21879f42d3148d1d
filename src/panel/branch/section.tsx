import { launchIcon } from '@jupyterlab/ui-components';
import * as React from 'react';

import type { Schemas } from '../../api/client';
import { useTrans } from '../../api/context';
import { useBranchMergeRequest, useProject } from '../../api/queries';
import {
  approvalWords,
  Badge,
  Button,
  copyLink,
  EmptyState,
  type MenuEntry,
  MoreButton,
  PipelineStatus,
  plainTitle,
  Skeleton
} from '../../components';
import { CommandIDs } from '../../tokens';
import { GateFace, useGate } from '../account/gate';
import { RemoteError } from '../account/remoteError';
import { createMergeRequest, setDraft } from '../actions';
import { useServices } from '../context';
import type { ICurrent, IServices } from '../services';

type MergeRequest = Schemas['MergeRequest'];

/** The merge request of the current branch, or the way to make one. */
export function BranchSection(props: { current: ICurrent }): React.JSX.Element {
  const gate = useGate(props.current);
  return (
    <GateFace current={props.current} gate={gate}>
      {() => <BranchBody current={props.current} />}
    </GateFace>
  );
}

function BranchBody(props: { current: ICurrent }): React.JSX.Element {
  const { current } = props;
  const { branch, head } = current.repository;
  const { gitlab } = useServices();
  const trans = useTrans();
  const query = useBranchMergeRequest(current.folder, branch, true);
  const { data } = query;

  React.useEffect(() => {
    if (data !== undefined) {
      gitlab.setBranchMergeRequest(data);
    }
  }, [gitlab, data]);

  if (branch === null) {
    return (
      <EmptyState title={trans.__('No branch is checked out')}>
        {trans.__('Merge requests belong to branches: pick or create one.')}
      </EmptyState>
    );
  }
  if (data) {
    return <Card current={current} mergeRequest={data} />;
  }
  if (query.isError) {
    return (
      <RemoteError error={query.error} retry={() => void query.refetch()} />
    );
  }
  if (data === undefined) {
    return <Skeleton lines={2} />;
  }
  return (
    <NoMergeRequest current={current} branch={branch} empty={head === null} />
  );
}

function NoMergeRequest(props: {
  current: ICurrent;
  branch: string;
  empty: boolean;
}): React.JSX.Element {
  const { current, branch } = props;
  const services = useServices();
  const trans = useTrans();
  const project = useProject(current.folder);
  const [busy, setBusy] = React.useState(false);

  if (props.empty) {
    return (
      <EmptyState title={trans.__('No commits yet')}>
        {trans.__('After the first commit this branch can be pushed.')}
      </EmptyState>
    );
  }
  // Which branch is the default one decides what is offered.
  if (project.isPending) {
    return <Skeleton lines={2} />;
  }
  if (project.data?.default_branch === branch) {
    return (
      <EmptyState
        title={trans.__('“%1” is the default branch', branch)}
        actions={
          <Button
            onClick={() =>
              void services.app.commands.execute(CommandIDs.createBranch)
            }
          >
            {trans.__('Create branch…')}
          </Button>
        }
      >
        {trans.__('To propose changes, make them on a branch of their own.')}
      </EmptyState>
    );
  }
  const create = async (): Promise<void> => {
    setBusy(true);
    try {
      await createMergeRequest(services);
    } finally {
      setBusy(false);
    }
  };
  return (
    <EmptyState
      title={trans.__('No merge request yet')}
      actions={
        <Button kind="primary" busy={busy} onClick={() => void create()}>
          {trans.__('Create merge request')}
        </Button>
      }
    >
      {trans.__('Create one to have “%1” reviewed and merged.', branch)}
    </EmptyState>
  );
}

function Card(props: {
  current: ICurrent;
  mergeRequest: MergeRequest;
}): React.JSX.Element {
  const { current, mergeRequest } = props;
  const services = useServices();
  const trans = useTrans();
  const [busy, setBusy] = React.useState(false);
  const open = () =>
    void services.app.commands.execute(CommandIDs.openMergeRequest, {
      folder: current.folder,
      iid: mergeRequest.iid
    });
  const ready = async (): Promise<void> => {
    setBusy(true);
    try {
      await setDraft(services, false, mergeRequest.iid);
    } finally {
      setBusy(false);
    }
  };
  return (
    <div className="jp-gitlab-Card">
      <div className="jp-gitlab-Card-title">
        <b className="jp-gitlab-muted">!{mergeRequest.iid}</b>
        <span>{plainTitle(mergeRequest)}</span>
        {mergeRequest.draft && <Badge>{trans.__('draft')}</Badge>}
        <MoreButton
          label={trans.__('More about !%1', mergeRequest.iid)}
          entries={() => cardEntries(services, mergeRequest)}
        />
      </div>
      <CardFacts mergeRequest={mergeRequest} />
      <div className="jp-gitlab-Card-actions">
        <Button
          kind={mergeRequest.draft ? 'default' : 'primary'}
          onClick={open}
        >
          {trans.__('Open review')}
        </Button>
        {mergeRequest.draft && mergeRequest.can_update && (
          <Button busy={busy} onClick={() => void ready()}>
            {trans.__('Mark as ready')}
          </Button>
        )}
      </div>
    </div>
  );
}

function CardFacts(props: { mergeRequest: MergeRequest }): React.JSX.Element {
  const { approvals, unresolved, mergeability, pipeline_status } =
    props.mergeRequest;
  const trans = useTrans();
  return (
    <div className="jp-gitlab-Card-facts">
      <span title={trans.__('Target branch')}>
        → {props.mergeRequest.target_branch}
      </span>
      {pipeline_status !== null && <PipelineStatus status={pipeline_status} />}
      {approvals !== null && (
        <span title={approvals.approved_by.map(user => user.name).join(', ')}>
          {approvalWords(approvals, trans) || trans.__('not approved yet')}
        </span>
      )}
      {unresolved > 0 && (
        <span className="jp-gitlab-Card-unresolved">
          {trans.__('%1 unresolved', unresolved)}
        </span>
      )}
      {!mergeability.mergeable &&
        !mergeability.checking &&
        // The badge says this one.
        mergeability.status !== 'draft_status' && (
          <span title={mergeability.hint}>{mergeability.reason}</span>
        )}
    </div>
  );
}

function cardEntries(
  services: IServices,
  mergeRequest: MergeRequest
): MenuEntry[] {
  const { trans } = services;
  return [
    {
      label: trans.__('Copy link'),
      execute: () => copyLink(mergeRequest.web_url, trans)
    },
    {
      label: trans.__('Open on GitLab'),
      icon: launchIcon,
      execute: () =>
        void window.open(mergeRequest.web_url, '_blank', 'noopener,noreferrer')
    },
    'separator',
    {
      label: mergeRequest.draft
        ? trans.__('Mark as ready')
        : trans.__('Mark as draft'),
      enabled: mergeRequest.can_update,
      execute: () =>
        void setDraft(services, !mergeRequest.draft, mergeRequest.iid)
    }
  ];
}
