import { fireEvent, screen, waitFor } from '@testing-library/react';

import {
  counts,
  FAR,
  inboxItem,
  inboxPage,
  knownHost
} from '../../testing/inbox';
import { account, panelFixture, renderPart } from '../../testing/panel';
import { FakeServer, type ISeen, refuse } from '../../testing/server';
import { CommandIDs } from '../../tokens';
import { InboxElsewhere } from './elsewhere';

const HERE = knownHost('gitlab.example');
const OTHER = knownHost('other.example');

async function draw(answers: Record<string, unknown> = {}) {
  const server = new FakeServer({
    'GET /hosts': { hosts: [HERE] },
    'GET /accounts': account(),
    'GET /inbox/counts': counts(4),
    'GET /inbox': inboxPage([inboxItem(41)]),
    ...answers
  });
  const fixture = await panelFixture(server);
  const { unmount } = renderPart(fixture.services, <InboxElsewhere />);
  return { server, unmount, ...fixture };
}

describe('the inbox without a repository', () => {
  it('is that of the GitLab where there is an account', async () => {
    const { server, executed } = await draw();
    fireEvent.click(await screen.findByText('Title 41'));
    expect(executed).toEqual([
      [CommandIDs.openMergeRequest, { folder: FAR, iid: 41 }]
    ]);
    expect(
      await screen.findByRole('heading', { name: 'Inbox (4)' })
    ).toBeVisible();
    expect(server.to('GET /inbox')[0].query.get('folder')).toBe(HERE.address);
    expect(screen.queryByRole('combobox')).toBeNull();
  });

  it('is that of another GitLab if it is chosen, now and later', async () => {
    const { services, unmount } = await draw({
      'GET /hosts': { hosts: [HERE, OTHER] },
      'GET /inbox': ({ query }: ISeen) =>
        inboxPage([inboxItem(query.get('folder') === OTHER.address ? 7 : 41)])
    });
    await screen.findByText('Title 41');
    fireEvent.change(screen.getByRole('combobox', { name: 'GitLab' }), {
      target: { value: OTHER.address }
    });
    expect(await screen.findByText('Title 7')).toBeVisible();
    unmount();
    renderPart(services, <InboxElsewhere />);
    expect(screen.getByRole('combobox', { name: 'GitLab' })).toHaveValue(
      OTHER.address
    );
  });

  it('asks nobody where there is no account, and offers to sign in', async () => {
    const { server } = await draw({
      'GET /hosts': { hosts: [knownHost('gitlab.example', false)] },
      'GET /accounts': account({ signed_in: false }),
      'POST /accounts': () => {
        server.answer('GET /accounts', account());
        return account();
      }
    });
    const button = await screen.findByRole('button', {
      name: 'Sign in to gitlab.example'
    });
    expect(
      server
        .to('GET /accounts')
        .filter(({ query }) => query.get('folder') === HERE.address)
    ).toHaveLength(0);
    fireEvent.click(button);
    fireEvent.change(await screen.findByLabelText('Personal access token'), {
      target: { value: 'glpat-x' }
    });
    fireEvent.click(screen.getByRole('button', { name: 'Sign in' }));
    expect(await screen.findByText('Title 41')).toBeVisible();
    const [sent] = server.to('POST /accounts');
    expect(sent.query.get('folder')).toBe(HERE.address);
    expect(sent.body).toEqual({ host: 'gitlab.example', token: 'glpat-x' });
  });

  it('says that nothing waits, and why there is no list', async () => {
    const { server } = await draw({ 'GET /inbox': inboxPage([]) });
    expect(
      await screen.findByText('Nothing waits for your review')
    ).toBeVisible();
    server.answer('GET /inbox', refuse(429, 'rate_limited', 'Too often.'));
    fireEvent.click(await screen.findByRole('radio', { name: /^Mine/ }));
    expect(await screen.findByRole('alert')).toHaveTextContent('Too often.');
  });

  it('says that the GitLabs could not be told, and looks again', async () => {
    const { server } = await draw({
      'GET /hosts': refuse(500, 'internal', 'Broken.')
    });
    expect(await screen.findByRole('alert')).toHaveTextContent('Broken.');
    server.answer('GET /hosts', { hosts: [HERE] });
    fireEvent.click(screen.getByRole('button', { name: /again/i }));
    expect(await screen.findByText('Title 41')).toBeVisible();
  });

  it('is not there where no GitLab may be asked', async () => {
    const { server } = await draw({ 'GET /hosts': { hosts: [] } });
    await waitFor(() => expect(server.to('GET /hosts')).toHaveLength(1));
    await waitFor(() =>
      expect(screen.queryByRole('region', { name: /^Inbox/ })).toBeNull()
    );
  });
});
