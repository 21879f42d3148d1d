import * as React from 'react';

import type { Schemas } from '../../api/client';
import { useTrans } from '../../api/context';
import { useAccount } from '../../api/queries';
import { type MenuEntry, MoreButton } from '../../components';
import { branchIcon } from '../../icons';
import { CommandIDs } from '../../tokens';
import { useServices } from '../context';
import { hasHost, type ICurrent, type IServices } from '../services';

/** The ⋯ of the header: what is seldom wanted, and who is signed in. */
export function HeaderMenu(props: { current: ICurrent }): React.JSX.Element {
  const services = useServices();
  const trans = useTrans();
  const account = useAccount(props.current.folder, hasHost(props.current)).data;
  return (
    <MoreButton
      label={trans.__('More actions')}
      entries={() => headerEntries(services, props.current, account)}
    />
  );
}

function headerEntries(
  services: IServices,
  current: ICurrent,
  account: Schemas['Account'] | undefined
): MenuEntry[] {
  const { app, trans } = services;
  const run = (command: string) => () => void app.commands.execute(command);
  const { remote, branch } = current.repository;
  const entries: MenuEntry[] = [
    {
      label: trans.__('Fetch'),
      enabled: remote !== null,
      execute: run(CommandIDs.fetch)
    },
    {
      label: trans.__('Pull'),
      enabled: remote !== null && branch !== null,
      execute: run(CommandIDs.pull)
    },
    {
      label: trans.__('Push'),
      enabled: remote !== null && branch !== null,
      execute: run(CommandIDs.push)
    },
    'separator',
    {
      label: trans.__('Create branch…'),
      icon: branchIcon,
      execute: run(CommandIDs.createBranch)
    },
    {
      label: trans.__('Back to the updated default branch'),
      enabled: remote !== null,
      execute: run(CommandIDs.returnToTarget)
    },
    {
      label: trans.__('Set author…'),
      execute: run(CommandIDs.setIdentity)
    },
    {
      label: trans.__('Open project on GitLab'),
      enabled: (remote?.project_path ?? null) !== null,
      execute: run(CommandIDs.openOnGitLab)
    }
  ];
  if (account?.signed_in) {
    entries.push(
      'separator',
      {
        label: trans.__(
          'Signed in as @%1 on %2',
          account.username ?? '',
          account.host
        ),
        caption: account.expires_at
          ? trans.__('The token ends on %1.', account.expires_at)
          : '',
        enabled: false,
        execute: () => undefined
      },
      {
        label: trans.__('Sign out'),
        enabled: account.source === 'keyring' || account.source === 'file',
        caption:
          account.source === 'config' || account.source === 'environment'
            ? trans.__('The token comes from the server’s configuration.')
            : '',
        execute: run(CommandIDs.signOut)
      }
    );
  }
  return entries;
}
