import { Dialog, Notification } from '@jupyterlab/apputils';

import type { Schemas } from '../../api/client';
import { CommandIDs } from '../../tokens';
import { press } from '../../testing/dialog';
import { panelFixture, repository } from '../../testing/panel';
import { FakeServer, type ISeen, refuse } from '../../testing/server';
import { notices } from '../notices';
import { pull, pullBranch, push, sync, toPush } from './sync';

const upstream = (ahead: number, behind: number, gone = false) => ({
  remote: 'origin',
  branch: 'feature/auc',
  ahead,
  behind,
  gone
});

const result = (
  change: Partial<Schemas['SyncResult']> = {}
): Schemas['SyncResult'] => ({
  branch: 'feature/auc',
  ahead: 0,
  behind: 0,
  output: '',
  changed_paths: [],
  ...change
});

afterEach(() => {
  Dialog.flush();
  notices.clear();
});

describe('toPush', () => {
  it.each([
    [{ upstream: upstream(2, 1) }, 2],
    [{ upstream: null, unpushed: 3 }, 3],
    // GitLab does not have the branch: there is something to push though no commit is new.
    [{ upstream: null, unpushed: 0 }, 1],
    [{ upstream: upstream(0, 0, true), unpushed: 0 }, 1],
    [{ upstream: null, unpushed: 2, branch: null }, 0],
    [{ upstream: null, head: null }, 0]
  ])('of %j is %d', (change, expected) => {
    expect(toPush({ repository: repository(change) })).toBe(expected);
  });
});

describe('sync', () => {
  it('fetches, pulls what is new there and pushes what is new here', async () => {
    let state = repository({ upstream: upstream(1, 0) });
    const server = new FakeServer({
      'POST /fetches': () => {
        state = repository({ upstream: upstream(1, 2) });
        return result({ ahead: 1, behind: 2 });
      },
      'POST /pulls': () => {
        state = repository({ upstream: upstream(1, 0) });
        return result({ ahead: 1, changed_paths: ['clone/a.py'] });
      },
      'POST /pushes': () => {
        state = repository();
        return result();
      }
    });
    const { services, model, open } = await panelFixture(server, state);
    server.answer('GET /repositories', () => state);
    await model.refresh();
    const document = open('clone/a.py');
    expect(await sync(services)).toBe(true);
    expect(
      server.operations.filter(operation => operation.startsWith('POST'))
    ).toEqual(['POST /fetches', 'POST /pulls', 'POST /pushes']);
    expect(document.revert).toHaveBeenCalled();
  });

  it('only pushes a branch that GitLab does not have', async () => {
    const server = new FakeServer({ 'POST /pushes': result() });
    const { services } = await panelFixture(
      server,
      repository({ upstream: null, unpushed: 1 })
    );
    expect(await sync(services)).toBe(true);
    expect(
      server.operations.filter(operation => operation.startsWith('POST'))
    ).toEqual(['POST /pushes']);
  });

  it('stops before pulling under an unsaved document', async () => {
    const server = new FakeServer({
      'POST /fetches': result({ behind: 1 })
    });
    const { services, open } = await panelFixture(
      server,
      repository({ upstream: upstream(0, 1) })
    );
    open('clone/a.py', true);
    const going = sync(services);
    await press('Cancel');
    expect(await going).toBe(false);
    expect(server.to('POST /pulls')).toHaveLength(0);
  });
});

describe('push', () => {
  it('offers to pull when GitLab has newer commits', async () => {
    const server = new FakeServer({
      'POST /pushes': refuse(409, 'push_rejected', 'GitLab has more.')
    });
    const { services, executed } = await panelFixture(server);
    expect(await push(services)).toBe(false);
    const [notice] = notices.all;
    expect(notice).toMatchObject({ error: { reason: 'GitLab has more.' } });
    notice.action?.execute();
    expect(executed).toContainEqual([CommandIDs.pull, undefined]);
  });

  it('offers a branch where this one is protected', async () => {
    const server = new FakeServer({
      'POST /pushes': refuse(422, 'push_protected')
    });
    const { services, executed } = await panelFixture(server);
    await push(services);
    notices.all[0].action?.execute();
    expect(executed).toContainEqual([CommandIDs.createBranch, undefined]);
  });

  it('forgets the failure once it has gone through', async () => {
    const server = new FakeServer({
      'POST /pushes': refuse(502, 'gitlab_unreachable')
    });
    const { services } = await panelFixture(server);
    await push(services);
    expect(notices.all).toHaveLength(1);
    server.answer('POST /pushes', result());
    await push(services);
    expect(notices.all).toHaveLength(0);
  });
});

describe('pull', () => {
  it('brings a branch into the repository of a folder that the panel does not show', async () => {
    const server = new FakeServer({ 'POST /pulls': result() });
    const { services, open } = await panelFixture(server);
    server.answer('GET /repositories', ({ query }: ISeen) =>
      repository({ folder: query.get('folder') })
    );
    open('clone/a.py', true); // in the way of the panel's, not of this one
    expect(await pullBranch(services, 'other', 'feature/auc')).toBe(true);
    expect(
      server.to('POST /pulls').map(({ query }) => query.get('folder'))
    ).toEqual(['other']);
  });

  it('stops under an unsaved document of that repository', async () => {
    const server = new FakeServer({ 'POST /pulls': result() });
    const { services, open } = await panelFixture(server);
    open('clone/a.py', true);
    const going = pullBranch(services, 'clone', 'feature/auc');
    await press('Cancel');
    expect(await going).toBe(false);
    expect(server.to('POST /pulls')).toHaveLength(0);
  });

  it('leaves a clone alone that is on another branch by now', async () => {
    const server = new FakeServer({ 'POST /pulls': result() });
    const { services } = await panelFixture(server);
    const warn = jest.spyOn(Notification, 'warning').mockReturnValue('');
    expect(await pullBranch(services, 'clone', 'feature/other')).toBe(false);
    expect(warn).toHaveBeenCalledWith(
      'Nothing was pulled: the clone is on feature/auc now. Switch to feature/other first.',
      expect.anything()
    );
    expect(server.to('POST /pulls')).toHaveLength(0);
    warn.mockRestore();
  });

  it('does not reload anything when it was refused', async () => {
    const server = new FakeServer({
      'POST /pulls': refuse(409, 'not_fast_forward')
    });
    const { services, open } = await panelFixture(server);
    const document = open('clone/a.py');
    expect(await pull(services)).toBe(false);
    expect(document.revert).not.toHaveBeenCalled();
  });
});
