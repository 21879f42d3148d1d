import { Notification } from '@jupyterlab/apputils';
import type { Title, Widget } from '@lumino/widgets';

import { hostsQuery, inboxCountsQuery } from '../api/inbox';
import { keys } from '../api/keys';
import { queryClient } from '../api/queryClient';
import { writeDraft } from '../panel/drafts';
import { CHOSEN_HOST } from '../panel/inbox/chosenHost';
import { PANEL_ID } from '../panel/services';
import { counts, FAR, knownHost, replyToMe } from '../testing/inbox';
import { account, panelFixture } from '../testing/panel';
import { FakeServer, type ISeen, refuse } from '../testing/server';
import { CommandIDs } from '../tokens';
import { InboxWatch } from './watch';

type PanelTitle = Pick<Title<Widget>, 'dataset' | 'caption'>;

const replies = (...ids: number[]) => ({
  replies: ids.map(replyToMe),
  checked_at: `t${Math.max(0, ...ids)}`
});

async function watch(
  answers: Record<string, unknown> = {},
  composite: Record<string, unknown> = {}
) {
  const server = new FakeServer({
    'GET /accounts': account(),
    'GET /inbox/counts': counts(4),
    'GET /inbox/replies': replies(),
    ...answers
  });
  const fixture = await panelFixture(server);
  const title: PanelTitle = { dataset: { id: PANEL_ID }, caption: 'GitLab' };
  const options = {
    app: {
      commands: fixture.services.app.commands,
      shell: { widgets: () => [{ id: PANEL_ID, title }].values() }
    },
    gitlab: fixture.model,
    trans: fixture.services.trans,
    settings: { composite }
  } as unknown as ConstructorParameters<typeof InboxWatch>[0];
  return { server, title, reload: () => new InboxWatch(options), ...fixture };
}

const told = () =>
  Notification.manager.notifications.map(({ message }) => message);

beforeEach(() => {
  Notification.dismiss();
});

describe('InboxWatch', () => {
  it('puts how much waits on the icon', async () => {
    const { title, reload } = await watch();
    const watched = reload();
    watched.start();
    await watched.look();
    expect(title.dataset).toEqual({ id: PANEL_ID, 'gitlab-waiting': '4' });
    expect(title.caption).toBe('GitLab: 4 things wait for you');
  });

  it.each([
    [true, '4'],
    [false, undefined]
  ])(
    'asks the first GitLab where there is no repository (with a token: %s)',
    async (hasToken, shown) => {
      const host = knownHost('gitlab.example', hasToken);
      const { server, title, model, reload } = await watch({
        'GET /hosts': { hosts: [host] }
      });
      server.answer('GET /repositories', refuse(404, 'not_a_repository'));
      await model.refresh();
      const watched = reload();
      watched.start();
      await watched.look();
      expect(title.dataset['gitlab-waiting']).toBe(shown);
      const asked = server.to('GET /inbox/counts');
      expect(asked.map(({ query }) => query.get('folder'))).toEqual(
        hasToken ? [host.address] : []
      );
    }
  );

  it('follows the choice of another GitLab, and a signing in there', async () => {
    const hosts = [knownHost('gitlab.example'), knownHost('other', false)];
    const { server, title, model, reload } = await watch({
      'GET /hosts': { hosts },
      'GET /inbox/counts': ({ query }: ISeen) =>
        counts(query.get('folder') === hosts[0].address ? 4 : 7)
    });
    server.answer('GET /repositories', refuse(404, 'not_a_repository'));
    await model.refresh();
    const watched = reload();
    watched.start();
    await watched.look();
    expect(title.dataset['gitlab-waiting']).toBe('4');

    writeDraft(CHOSEN_HOST, hosts[1].address);
    expect(title.dataset['gitlab-waiting']).toBeUndefined();
    await watched.look();
    expect(title.dataset['gitlab-waiting']).toBeUndefined();

    // The panel asks for what it shows as soon as somebody has signed in there.
    const { client } = model;
    await queryClient.fetchQuery(inboxCountsQuery(client, hosts[1].address));
    server.answer('GET /hosts', { hosts: [hosts[0], knownHost('other')] });
    await queryClient.fetchQuery({ ...hostsQuery(client), staleTime: 0 });
    expect(title.dataset['gitlab-waiting']).toBe('7');

    // ... and out again.
    queryClient.setQueryData(
      keys.account(hosts[1].address),
      account({ signed_in: false })
    );
    expect(title.dataset['gitlab-waiting']).toBeUndefined();
  });

  it('asks nothing of a GitLab where nobody is signed in', async () => {
    const { server, title, reload } = await watch({
      'GET /accounts': account({ signed_in: false })
    });
    await reload().look();
    expect(server.to('GET /inbox/counts')).toHaveLength(0);
    expect(title.dataset).toEqual({ id: PANEL_ID });
  });

  it('tells of a reply once, also after a reload, and leads to it', async () => {
    const { server, reload, executed } = await watch();
    await reload().look();
    expect(server.to('GET /inbox/replies')[0].query.get('since')).toBeNull();
    server.answer('GET /inbox/replies', replies(5));
    await reload().look();
    expect(told()).toEqual(['Jonas in !41 Title 41: Reply 5']);
    await reload().look();
    expect(told()).toHaveLength(1);
    expect(server.to('GET /inbox/replies').pop()?.query.get('since')).toBe(
      't5'
    );
    const [{ options }] = Notification.manager.notifications;
    options.actions?.[0].callback({} as MouseEvent);
    expect(executed).toEqual([
      [CommandIDs.openMergeRequest, { folder: FAR, iid: 41 }]
    ]);
  });

  it('tells of many replies at once in one notification', async () => {
    const { reload } = await watch({
      'GET /inbox/replies': ({ query }: ISeen) =>
        query.get('since') ? replies(1, 2, 3, 4) : replies()
    });
    await reload().look();
    await reload().look();
    expect(told()).toEqual(['4 new replies on GitLab']);
  });

  it('asks for no replies where the setting says so, and tells none of that time later', async () => {
    const off = { replyNotifications: false };
    const { server, reload } = await watch({}, off);
    await reload().look();
    expect(server.to('GET /inbox/replies')).toHaveLength(0);
    off.replyNotifications = true;
    server.answer('GET /inbox/replies', replies());
    await reload().look();
    expect(server.to('GET /inbox/replies')[0].query.get('since')).toBeNull();
    expect(told()).toEqual([]);
  });
});
