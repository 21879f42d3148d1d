import { changedFile, changesOf, panelFixture } from '../../testing/panel';
import { FakeServer, refuse } from '../../testing/server';
import { keys } from '../../api/keys';
import { queryClient } from '../../api/queryClient';
import { notices } from '../notices';
import { setAllTicked, setTicked, tick, withTicks } from './changes';

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
