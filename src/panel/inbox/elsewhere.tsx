import * as React from 'react';

import type { Schemas } from '../../api/client';
import { useTrans } from '../../api/context';
import { useHosts } from '../../api/inbox';
import { Button, ErrorBox, MoreButton, Skeleton } from '../../components';
import { type Gate, GateFace, useHostGate } from '../account/gate';
import { signOut } from '../actions';
import { useServices } from '../context';
import { useChosenHost } from './chosenHost';
import { Inbox } from './section';

type KnownHost = Schemas['KnownHost'];

/** Where no repository is open: what waits for the user on a GitLab that the server knows. */
export function InboxElsewhere(): React.JSX.Element | null {
  const trans = useTrans();
  const hosts = useHosts();
  const all = hosts.data?.hosts ?? [];
  const [host, choose] = useChosenHost(all);
  if (!hosts.data) {
    return hosts.error ? (
      <ErrorBox
        title={trans.__('The inbox could not be read.')}
        error={hosts.error}
        onRetry={() => void hosts.refetch()}
      />
    ) : (
      <Skeleton lines={3} />
    );
  }
  return host === undefined ? null : (
    <OnHost key={host.address} host={host} hosts={all} onChoose={choose} />
  );
}

function OnHost(props: {
  host: KnownHost;
  hosts: readonly KnownHost[];
  onChoose: (address: string) => void;
}): React.JSX.Element {
  const trans = useTrans();
  const { host, hosts } = props;
  const [wanted, setWanted] = React.useState(host.has_token);
  const [waiting, setWaiting] = React.useState(0);
  const gate = useHostGate(host.address, host.host, wanted);
  return (
    <section
      className="jp-gitlab-Elsewhere"
      aria-label={trans.__('Inbox of %1', host.host)}
    >
      <header className="jp-gitlab-Elsewhere-head">
        <h2>
          {waiting > 0 ? trans.__('Inbox (%1)', waiting) : trans.__('Inbox')}
        </h2>
        {hosts.length > 1 ? (
          <select
            aria-label={trans.__('GitLab')}
            value={host.address}
            onChange={event => props.onChoose(event.target.value)}
          >
            {hosts.map(each => (
              <option key={each.address} value={each.address}>
                {each.host}
              </option>
            ))}
          </select>
        ) : (
          <span className="jp-gitlab-muted jp-gitlab-ellipsis">
            {host.host}
          </span>
        )}
        <span className="jp-gitlab-spacer" />
        <AccountMenu host={host} gate={gate} />
      </header>
      {wanted ? (
        <GateFace gate={gate}>
          {() => <Inbox folder={host.address} onCount={setWaiting} />}
        </GateFace>
      ) : (
        <p className="jp-gitlab-Section-note">
          {trans.__('What waits for you in all projects shows here.')}{' '}
          <Button kind="link" onClick={() => setWanted(true)}>
            {trans.__('Sign in to %1', host.host)}
          </Button>
        </p>
      )}
    </section>
  );
}

/** Who is signed in, and the way out. */
function AccountMenu(props: {
  host: KnownHost;
  gate: Gate;
}): React.JSX.Element | null {
  const trans = useTrans();
  const services = useServices();
  const { host, gate } = props;
  if (gate.kind !== 'open' || !gate.account.signed_in) {
    return null;
  }
  const { username, source } = gate.account;
  return (
    <MoreButton
      label={trans.__('Account on %1', host.host)}
      entries={() => [
        {
          label: trans.__('Signed in as @%1 on %2', username ?? '', host.host),
          enabled: false,
          execute: () => undefined
        },
        {
          label: trans.__('Sign out'),
          enabled: source === 'keyring' || source === 'file',
          execute: () => void signOut(services, host.address)
        }
      ]}
    />
  );
}
