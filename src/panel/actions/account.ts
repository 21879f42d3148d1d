import { Dialog, showDialog } from '@jupyterlab/apputils';

import { keys } from '../../api/keys';
import { queryClient } from '../../api/queryClient';
import { current, type IServices } from '../services';
import { refreshRemote } from './refresh';
import { run } from './run';

/** Signs in with a typed token. Throws the `ApiError` that says what is wrong with it. */
export async function signIn(
  services: IServices,
  host: string,
  token: string
): Promise<void> {
  const now = current(services.gitlab);
  if (!now) {
    return;
  }
  const account = await services.gitlab.client.post('/accounts', {
    query: { folder: now.folder },
    body: { host, token }
  });
  queryClient.setQueryData(keys.account(now.folder), account);
  await refreshRemote(now.folder);
  await services.gitlab.refresh();
}

/** Forgets the stored token of this host, after asking. */
export async function signOut(services: IServices): Promise<void> {
  const { gitlab, trans } = services;
  const now = current(gitlab);
  if (!now) {
    return;
  }
  const confirmed = await showDialog({
    title: trans.__('Sign out of GitLab?'),
    body: trans.__(
      'The token that was typed here is forgotten. It stays valid on GitLab until you revoke it there.'
    ),
    buttons: [
      Dialog.cancelButton({ label: trans.__('Cancel') }),
      Dialog.okButton({ label: trans.__('Sign out') })
    ]
  });
  if (!confirmed.button.accept) {
    return;
  }
  const account = await run(
    services,
    signal =>
      gitlab.client.delete('/accounts', {
        query: { folder: now.folder },
        signal
      }),
    { failure: trans.__('You are still signed in.') }
  );
  if (account) {
    queryClient.removeQueries({ queryKey: keys.remote(now.folder) });
    queryClient.setQueryData(keys.account(now.folder), account);
    gitlab.setBranchMergeRequest(null);
  }
}
