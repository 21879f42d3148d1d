import { press } from '../../testing/dialog';
import { changedFile, changesOf, panelFixture } from '../../testing/panel';
import { FakeServer, refuse } from '../../testing/server';
import { keys } from '../../api/keys';
import { queryClient } from '../../api/queryClient';
import { notices } from '../notices';
import {
  discardPaths,
  setAllTicked,
  setTicked,
  tick,
  withTicks
} from './changes';

const staged = { staged: 'modified', unstaged: null } as const;

describe('tick', () => {
  it('tells what a commit would take', () => {
    expect(tick(changedFile('a'))).toBe(false);
    expect(tick(changedFile('a', staged))).toBe(true);
    expect(
      tick(changedFile('a', { staged: 'modified', unstaged: 'modified' }))
    ).toBe('mixed');
  });
});

describe('withTicks', () => {
  it('changes just the named files', () => {
    const after = withTicks(
      changesOf(changedFile('a'), changedFile('b')),
      new Set(['b']),
      true
    );
    expect(after.files.map(tick)).toEqual([false, true]);
  });
});

describe('setTicked', () => {
  it('shows the tick at once and then what git says', async () => {
    const server = new FakeServer();
    const { services, current } = await panelFixture(server);
    const key = keys.changes(current.folder);
    queryClient.setQueryData(key, changesOf(changedFile('a')));
    let whileAsking: unknown;
    server.answer('POST /changes/stage', () => {
      whileAsking = queryClient.getQueryData(key);
      return changesOf(changedFile('a', { ...staged, size: 7 }));
    });
    await setTicked(services, ['a'], true);
    expect(whileAsking).toEqual(changesOf(changedFile('a', staged)));
    expect(queryClient.getQueryData(key)).toEqual(
      changesOf(changedFile('a', { ...staged, size: 7 }))
    );
    expect(server.to('POST /changes/stage')[0].body).toEqual({ paths: ['a'] });
  });

  it('says so when git refuses', async () => {
    const server = new FakeServer({
      'POST /changes/unstage': refuse(
        409,
        'git_busy',
        'Another git is at work.'
      )
    });
    const { services } = await panelFixture(server);
    await setTicked(services, ['a'], false);
    expect(notices.all[0]).toMatchObject({ error: { code: 'git_busy' } });
    notices.clear();
  });

  it('ticks all but conflicts', async () => {
    const files = changesOf(
      changedFile('a'),
      changedFile('b', staged),
      changedFile('c', { conflict: 'UU' }),
      changedFile('d', { staged: 'modified' })
    );
    const server = new FakeServer({
      'GET /changes': files,
      'POST /changes/stage': files
    });
    const { services } = await panelFixture(server);
    await setAllTicked(services, true);
    expect(server.to('POST /changes/stage')[0].body).toEqual({
      paths: ['a', 'd']
    });
  });
});

describe('discarding', () => {
  const server = () =>
    new FakeServer({
      'GET /changes': changesOf(changedFile('a.py'), changedFile('b.py')),
      'POST /changes/discard': {
        discarded: [changedFile('a.py').path],
        recovery_ref: 'refs/gitlab/discarded/1'
      }
    });

  it('asks first, takes just the named files, and says where they are kept', async () => {
    const fake = server();
    const { services, open } = await panelFixture(fake);
    const document = open('clone/a.py');
    const other = open('clone/b.py');
    const done = discardPaths(services, ['a.py']);
    await press('Discard');
    expect(await done).toBe(true);
    expect(fake.to('POST /changes/discard')[0].body).toEqual({
      paths: ['a.py']
    });
    expect(notices.all[0].output).toContain('refs/gitlab/discarded/1');
    expect(document.revert).toHaveBeenCalledTimes(1);
    expect(other.revert).not.toHaveBeenCalled();
    notices.clear();
  });

  it('leaves everything alone when the user thinks better of it', async () => {
    const fake = server();
    const { services } = await panelFixture(fake);
    const done = discardPaths(services, ['a.py']);
    await press('Cancel');
    expect(await done).toBe(false);
    expect(fake.to('POST /changes/discard')).toHaveLength(0);
  });
});
