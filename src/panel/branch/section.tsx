import * as React from 'react';

import { useTrans } from '../../api/context';
import { useBranchMergeRequest, useProject } from '../../api/queries';
import { Button, EmptyState, Skeleton } from '../../components';
import { CommandIDs } from '../../tokens';
import { GateFace, useGate } from '../account/gate';
import { RemoteError } from '../account/remoteError';
import { createMergeRequest } from '../actions';
import { useServices } from '../context';
import type { ICurrent } from '../services';
import { Card } from './card';

/** The merge request of the current branch, or the way to make one. */
export function BranchSection(props: { current: ICurrent }): React.JSX.Element {
  const gate = useGate(props.current);
  return (
    <GateFace gate={gate}>
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
