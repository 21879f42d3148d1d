import { Dialog, showDialog } from '@jupyterlab/apputils';

import { keys } from '../../api/keys';
import { queryClient } from '../../api/queryClient';
import { current, type IServices } from '../services';
import { run } from './run';

/** Signs in with a typed token. Throws the `ApiError` that says what is wrong with it. */
export async function signIn(
  services: IServices,
  folder: string,
  host: string,
  token: string
): Promise<void> {
  const account = await services.gitlab.client.post('/accounts', {
    query: { folder },
    body: { host, token }
  });
  queryClient.setQueryData(keys.account(folder), account);
  // Other folders may belong to the same GitLab.
  await queryClient.invalidateQueries({ queryKey: keys.all });
  await services.gitlab.refresh();
}

/** Forgets the stored token of a host, after asking. `address`: what the account is for, else the current repository. */
export async function signOut(
  services: IServices,
  address?: string
): Promise<void> {
  const { gitlab, trans } = services;
  const folder = address ?? current(gitlab)?.folder;
  if (folder === undefined) {
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
        query: { folder },
        signal
      }),
    { failure: trans.__('You are still signed in.') }
  );
  if (account) {
    queryClient.removeQueries({ queryKey: keys.remote(folder) });
    queryClient.setQueryData(keys.account(folder), account);
    await queryClient.invalidateQueries({ queryKey: keys.all });
    gitlab.setBranchMergeRequest(null);
  }
}
