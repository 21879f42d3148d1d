import * as React from 'react';

import type { Schemas } from '../api/client';
import { isProjectAddress } from '../api/address';
import { useTrans } from '../api/context';
import { useCheckOutState } from '../api/mergeRequestQueries';
import { Button } from '../components';
import { branchIcon } from '../icons';
import { CommandIDs } from '../tokens';
import { useCommand, useDocument, useLocalBranch } from './context';

/** Switches the clone to the merge request's branch, of a fork too; there, leads back to the branch that was left. */
export function CheckOutButton(props: {
  mergeRequest: Schemas['MergeRequest'];
}): React.JSX.Element {
  const trans = useTrans();
  const { folder, iid } = useDocument();
  const command = useCommand();
  const local = useLocalBranch();
  const elsewhere = isProjectAddress(folder);
  const state = useCheckOutState(folder, iid, local, !elsewhere);
  const [busy, setBusy] = React.useState(false);
  const start = (id: string, args: Record<string, string | number>) => {
    setBusy(true);
    void command(id, args).finally(() => setBusy(false));
  };
  const branch = state.data?.branch ?? props.mergeRequest.source_branch;
  const former = state.data?.former ?? null;
  const here =
    local !== null &&
    (state.data && !state.isPlaceholderData
      ? state.data.current
      : local === branch);
  if (here && former !== null) {
    return (
      <Button
        icon={branchIcon}
        busy={busy}
        title={trans.__(
          'The clone is on %1. Switch back to %2, where you came from',
          branch,
          former
        )}
        onClick={() => start(CommandIDs.switchBranch, { name: former })}
      >
        {trans.__('Back to %1', former)}
      </Button>
    );
  }
  return (
    <Button
      icon={branchIcon}
      busy={busy}
      disabled={here || elsewhere}
      title={
        elsewhere
          ? trans.__('The project is not cloned here: clone it to check out')
          : here
            ? trans.__('The clone is on this branch')
            : state.data?.fork
              ? trans.__(
                  'Switch the clone to %1: the branch of the fork, fetched from this project',
                  branch
                )
              : trans.__('Switch the clone to %1', branch)
      }
      onClick={() => start(CommandIDs.checkOutMergeRequest, { iid })}
    >
      {here ? trans.__('Checked out') : trans.__('Check out')}
    </Button>
  );
}
