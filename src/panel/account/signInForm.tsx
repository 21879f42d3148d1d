import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';

import type { Schemas } from '../../api/client';
import { useTrans } from '../../api/context';
import { ApiError } from '../../api/errors';
import { Button, ErrorBox, Field } from '../../components';
import { signIn } from '../actions';
import { usePanelRequest, useServices } from '../context';

type Account = Schemas['Account'];

/** Why the form is there, in a heading. */
function signInTitle(account: Account, trans: TranslationBundle): string {
  switch (account.problem?.code) {
    case 'token_expired':
      return trans.__('Your token for %1 has expired', account.host);
    case 'token_revoked':
      return trans.__('Your token for %1 was revoked', account.host);
    case 'token_scope_missing':
      return trans.__('Your token for %1 may not do enough', account.host);
    case 'token_invalid':
      return trans.__('%1 does not accept your token', account.host);
    default:
      return trans.__('Sign in to %1', account.host);
  }
}

/** What is sent to this machine itself crosses no network. */
function isLoopback(host: string): boolean {
  return /^(localhost|127(\.\d+){3}|\[::1\])(:\d+)?$/.test(host);
}

/** Takes a token for exactly one host. It goes to the Jupyter server and is not kept in the browser. */
export function SignInForm(props: {
  /** Addresses what the account is for. */
  folder: string;
  account: Account;
}): React.JSX.Element {
  const { folder, account } = props;
  const services = useServices();
  const trans = useTrans();
  const [token, setToken] = React.useState('');
  const [busy, setBusy] = React.useState(false);
  const [error, setError] = React.useState<unknown>(null);

  const field = React.useRef<HTMLInputElement>(null);
  usePanelRequest('focus-sign-in', () => field.current?.focus());

  const submit = async (event: React.FormEvent): Promise<void> => {
    event.preventDefault();
    setBusy(true);
    setError(null);
    try {
      await signIn(services, folder, account.host, token.trim());
      setToken('');
    } catch (reason) {
      setError(reason);
    } finally {
      setBusy(false);
    }
  };

  return (
    <form
      className="jp-gitlab-SignIn"
      onSubmit={event => void submit(event)}
      aria-label={signInTitle(account, trans)}
    >
      <div className="jp-gitlab-SignIn-title">
        {signInTitle(account, trans)}
      </div>
      {error !== null ? (
        <ErrorBox title={trans.__('You are not signed in.')} error={error} />
      ) : (
        account.problem &&
        account.problem.code !== 'not_signed_in' && (
          <ErrorBox error={new ApiError(0, account.problem)} />
        )
      )}
      {!account.secure && !isLoopback(account.host) && (
        <p className="jp-gitlab-SignIn-warning">
          {trans.__(
            '%1 is reached over plain HTTP: others on the network could read the token.',
            account.host
          )}
        </p>
      )}
      <p>
        <a href={account.token_url} target="_blank" rel="noreferrer noopener">
          {trans.__('Make a token on %1', account.host)}
        </a>{' '}
        {trans.__(
          '(name and scope “api” are filled in there) and paste it here.'
        )}
      </p>
      <Field
        label={trans.__('Personal access token')}
        help={trans.__(
          'Sent to %1 only, and kept in %2.',
          account.host,
          account.stored_in
        )}
      >
        <input
          ref={field}
          type="password"
          autoComplete="off"
          spellCheck={false}
          required
          value={token}
          onChange={event => setToken(event.target.value)}
        />
      </Field>
      <Button type="submit" kind="primary" busy={busy} disabled={!token.trim()}>
        {trans.__('Sign in')}
      </Button>
    </form>
  );
}
