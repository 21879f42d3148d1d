import * as React from 'react';

import type { Schemas } from '../api/client';
import { isProjectAddress } from '../api/address';
import { useTrans } from '../api/context';
import { Button } from '../components';
import { branchIcon } from '../icons';
import { CommandIDs } from '../tokens';
import { useCommand, useDocument, useLocalBranch } from './context';

/** Switches the clone to the source branch. */
export function CheckOutButton(props: {
  mergeRequest: Schemas['MergeRequest'];
}): React.JSX.Element {
  const trans = useTrans();
  const { mergeRequest } = props;
  const command = useCommand();
  const [busy, setBusy] = React.useState(false);
  const elsewhere = isProjectAddress(useDocument().folder);
  const here = useLocalBranch() === mergeRequest.source_branch;
  const fork =
    mergeRequest.source_project_id !== mergeRequest.target_project_id;
  const checkOut = () => {
    setBusy(true);
    void command(CommandIDs.switchBranch, {
      name: mergeRequest.source_branch
    }).finally(() => setBusy(false));
  };
  return (
    <Button
      icon={branchIcon}
      busy={busy}
      disabled={here || fork || elsewhere}
      title={
        elsewhere
          ? trans.__('The project is not cloned here: clone it to check out')
          : here
            ? trans.__('The clone is on this branch')
            : fork
              ? trans.__('The branch is in another project (a fork)')
              : trans.__('Switch the clone to %1', mergeRequest.source_branch)
      }
      onClick={checkOut}
    >
      {here ? trans.__('Checked out') : trans.__('Check out')}
    </Button>
  );
}
