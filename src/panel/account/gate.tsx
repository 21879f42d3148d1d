import * as React from 'react';

import type { Schemas } from '../../api/client';
import { useTrans } from '../../api/context';
import { ApiError, hasCode } from '../../api/errors';
import { useAccount } from '../../api/queries';
import { EmptyState, Skeleton } from '../../components';
import { mergeRequestIcon } from '../../icons';
import { hasHost, type ICurrent } from '../services';
import { RemoteError } from './remoteError';
import { SignInForm } from './signInForm';

/** What stands between the panel and GitLab, if anything. */
export type Gate =
  | { kind: 'checking' }
  | { kind: 'no-remote' }
  | { kind: 'unknown-host'; host: string; error: ApiError | null }
  | { kind: 'sign-in'; folder: string; account: Schemas['Account'] }
  | { kind: 'failed'; error: unknown; retry: () => void }
  | { kind: 'open'; account: Schemas['Account'] };

const UNREACHABLE = ['gitlab_unreachable', 'gitlab_timeout'];

/** Judges from the repository and the account. */
export function useGate(current: ICurrent): Gate {
  const { remote } = current.repository;
  const wanted = hasHost(current);
  const gate = useHostGate(
    current.folder,
    remote?.host ?? remote?.url ?? '',
    wanted
  );
  return wanted ? gate : { kind: 'no-remote' };
}

/**
 * Judges from the account of what `folder` addresses. A GitLab that does not answer is no gate: what is known stays in
 * sight.
 */
export function useHostGate(folder: string, host: string, wanted = true): Gate {
  const query = useAccount(folder, wanted);
  const account = query.data;
  if (account) {
    const { problem } = account;
    if (problem && !UNREACHABLE.includes(problem.code)) {
      return problem.code === 'gitlab_error' || problem.code === 'rate_limited'
        ? {
            kind: 'failed',
            error: new ApiError(0, problem),
            retry: () => void query.refetch()
          }
        : { kind: 'sign-in', folder, account };
    }
    return account.signed_in || problem
      ? { kind: 'open', account }
      : { kind: 'sign-in', folder, account };
  }
  if (hasCode(query.error, 'no_remote')) {
    return { kind: 'no-remote' };
  }
  if (hasCode(query.error, 'host_unknown')) {
    return { kind: 'unknown-host', host, error: query.error as ApiError };
  }
  if (query.isError) {
    return {
      kind: 'failed',
      error: query.error,
      retry: () => void query.refetch()
    };
  }
  return { kind: 'checking' };
}

/** Draws `children` once GitLab can be asked, else the face of what is in the way. */
export function GateFace(props: {
  gate: Gate;
  /** The second section to show the same gate says less. */
  brief?: boolean;
  children: () => React.ReactNode;
}): React.JSX.Element {
  const { gate, brief = false } = props;
  const trans = useTrans();
  if (gate.kind === 'open') {
    return <>{props.children()}</>;
  }
  if (gate.kind === 'checking') {
    return <Skeleton lines={2} />;
  }
  if (brief) {
    return (
      <p className="jp-gitlab-Section-note">
        {gate.kind === 'sign-in'
          ? trans.__('Sign in above to see them.')
          : trans.__('They show once GitLab can be asked: see above.')}
      </p>
    );
  }
  switch (gate.kind) {
    case 'no-remote':
      return (
        <EmptyState
          icon={mergeRequestIcon}
          title={trans.__('No GitLab remote')}
        >
          {trans.__(
            'This repository is not connected to GitLab. Commits work; to push, create a project on GitLab and run “git remote add origin URL” in a terminal.'
          )}
        </EmptyState>
      );
    case 'unknown-host':
      return (
        <>
          <EmptyState
            icon={mergeRequestIcon}
            title={trans.__('Not known as a GitLab: %1', gate.host)}
          >
            {gate.error?.hint ||
              trans.__(
                'If it is one, the server’s administrator can add it to the configuration.'
              )}
          </EmptyState>
        </>
      );
    case 'sign-in':
      return <SignInForm folder={gate.folder} account={gate.account} />;
    case 'failed':
      return (
        <RemoteError
          title={trans.__('GitLab could not be asked who you are.')}
          error={gate.error}
          retry={gate.retry}
        />
      );
  }
}
