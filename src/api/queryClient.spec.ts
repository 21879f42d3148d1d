import { QueryObserver } from '@tanstack/react-query';

import { ApiError } from './errors';
import { keys } from './keys';
import { queryClient } from './queryClient';

const refused = (code: 'token_revoked' | 'project_not_found') => () =>
  Promise.reject(new ApiError(401, { code, message: '', hint: '' }));

/** How often it is asked who is signed in after an answer of this kind. */
async function askedAfter(
  answer: () => Promise<never>,
  key: readonly unknown[] = keys.project('clone')
): Promise<number> {
  const who = jest.fn().mockResolvedValue('mira');
  const stop = new QueryObserver(queryClient, {
    queryKey: keys.account('clone'),
    queryFn: who,
    staleTime: Infinity
  }).subscribe(() => undefined);
  await queryClient
    .fetchQuery({ queryKey: key, queryFn: answer, retry: false })
    .catch(() => undefined);
  await Promise.resolve();
  stop();
  return who.mock.calls.length;
}

afterEach(() => queryClient.clear());

describe('the cache', () => {
  it('asks anew who is signed in when a token has stopped serving', async () => {
    expect(await askedAfter(refused('token_revoked'))).toBe(2);
  });

  it('does not for other refusals', async () => {
    expect(await askedAfter(refused('project_not_found'))).toBe(1);
  });

  it('does not for another repository', async () => {
    expect(
      await askedAfter(refused('token_revoked'), keys.project('other'))
    ).toBe(1);
  });

  it('does not go round in circles', async () => {
    const who = jest.fn(refused('token_revoked'));
    await queryClient
      .fetchQuery({
        queryKey: keys.account('clone'),
        queryFn: who,
        retry: false
      })
      .catch(() => undefined);
    expect(who).toHaveBeenCalledTimes(1);
  });
});

it('looks again when the window gets the focus back', async () => {
  const look = jest.fn().mockResolvedValue(1);
  queryClient.mount(); // as a QueryClientProvider does
  const stop = new QueryObserver(queryClient, {
    queryKey: ['shown'],
    queryFn: look,
    staleTime: 0
  }).subscribe(() => undefined);
  await new Promise(done => setTimeout(done));
  window.dispatchEvent(new Event('focus'));
  await new Promise(done => setTimeout(done));
  stop();
  queryClient.unmount();
  expect(look).toHaveBeenCalledTimes(2);
});
