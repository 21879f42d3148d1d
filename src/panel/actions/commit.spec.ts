import { Dialog } from '@jupyterlab/apputils';

import { changedFile, changesOf, panelFixture } from '../../testing/panel';
import { press } from '../../testing/dialog';
import { FakeServer, refuse } from '../../testing/server';
import { messageKey, readDraft, writeDraft } from '../drafts';
import { notices } from '../notices';
import { commit, withoutSummary } from './commit';

const done = {
  commit: { sha: 'b'.repeat(40), title: 'T' },
  output: '[feature/auc bbbbbbb] T\n 1 file changed\n'
};
const mixed = { staged: 'modified', unstaged: 'modified' } as const;

afterEach(() => {
  Dialog.flush();
  notices.clear();
});

describe('commit', () => {
  it('takes the typed message and clears it', async () => {
    const server = new FakeServer({
      'GET /changes': changesOf(changedFile('a', { staged: 'modified' })),
      'POST /commits': done
    });
    const { services } = await panelFixture(server);
    writeDraft(messageKey('r1'), '  Say why \n');
    expect(await commit(services)).toBe(true);
    expect(server.to('POST /commits')[0].body).toMatchObject({
      message: 'Say why'
    });
    expect(readDraft(messageKey('r1'))).toBe('');
    expect(notices.all).toHaveLength(0);
  });

  it('keeps the message and shows git’s output when a hook refuses', async () => {
    const server = new FakeServer({
      'GET /changes': changesOf(changedFile('a', { staged: 'modified' })),
      'POST /commits': refuse(422, 'hook_failed', 'The hook refused.', {
        output: 'flake8: E501'
      })
    });
    const { services } = await panelFixture(server);
    writeDraft(messageKey('r1'), 'M');
    expect(await commit(services)).toBe(false);
    expect(readDraft(messageKey('r1'))).toBe('M');
    expect(notices.all[0]).toMatchObject({
      error: { code: 'hook_failed', details: { output: 'flake8: E501' } }
    });
  });

  it('tells a failure before the commit and keeps the message', async () => {
    const server = new FakeServer({
      'GET /changes': refuse(504, 'git_timeout', 'git did not answer in time.')
    });
    const { services } = await panelFixture(server);
    writeDraft(messageKey('r1'), 'M');
    expect(await commit(services)).toBe(false);
    expect(readDraft(messageKey('r1'))).toBe('M');
    expect(notices.all[0]).toMatchObject({
      title: 'Nothing was committed.',
      error: { code: 'git_timeout' }
    });
  });

  it('leads to the message box when there is no message', async () => {
    const server = new FakeServer();
    const { services, model } = await panelFixture(server);
    const asked: string[] = [];
    model.panelRequested.connect((_, request) => asked.push(request));
    expect(await commit(services)).toBe(false);
    expect(asked).toEqual(['focus-message']);
    expect(server.to('POST /commits')).toHaveLength(0);
  });

  it('takes the newest version of ticked files unless told not to', async () => {
    const server = new FakeServer({
      'GET /changes': changesOf(changedFile('a', mixed), changedFile('b')),
      'POST /commits': done
    });
    const { services } = await panelFixture(server);
    await commit(services, { message: 'M' });
    await commit(services, { message: 'M', includeNewer: false });
    expect(server.to('POST /commits').map(({ body }) => body)).toEqual([
      { message: 'M', restage: ['a'] },
      { message: 'M', restage: [] }
    ]);
  });

  it('takes a ticked document that it has just saved in any case', async () => {
    const server = new FakeServer({
      'GET /changes': changesOf(
        changedFile('a.ipynb', mixed),
        changedFile('b.ipynb')
      ),
      'POST /commits': done
    });
    const { services, open } = await panelFixture(server);
    const a = open('clone/a.ipynb', true);
    const b = open('clone/b.ipynb', true);
    const outside = open('elsewhere/c.ipynb', true);
    const committed = commit(services, { message: 'M', includeNewer: false });
    await press('Save and commit');
    expect(await committed).toBe(true);
    expect(a.save).toHaveBeenCalled();
    expect(b.save).toHaveBeenCalled();
    expect(outside.save).not.toHaveBeenCalled();
    expect(server.to('POST /commits')[0].body).toEqual({
      message: 'M',
      restage: ['a.ipynb']
    });
  });

  it('stops before it starts when the question is cancelled', async () => {
    const server = new FakeServer({ 'GET /changes': changesOf() });
    const { services, open } = await panelFixture(server);
    const document = open('clone/a.ipynb', true);
    const committed = commit(services, { message: 'M' });
    await press('Cancel');
    expect(await committed).toBe(false);
    expect(document.save).not.toHaveBeenCalled();
    expect(server.to('POST /commits')).toHaveLength(0);
  });

  it('asks who the author is and goes on', async () => {
    let known = false;
    const server = new FakeServer({
      'GET /changes': changesOf(changedFile('a', { staged: 'modified' })),
      'POST /commits': () => (known ? done : refuse(422, 'identity_missing')),
      'PUT /identities': () => {
        known = true;
        return { name: 'Mira', email: 'mira@example.org' };
      }
    });
    const { services } = await panelFixture(server);
    const committed = commit(services, { message: 'M' });
    await press('Set author');
    expect(await committed).toBe(true);
    expect(server.to('PUT /identities')[0].body).toEqual({
      name: 'Mira',
      email: 'mira@example.org'
    });
  });

  it('pushes afterwards when asked to, and only then', async () => {
    const server = new FakeServer({
      'GET /changes': changesOf(changedFile('a', { staged: 'modified' })),
      'POST /commits': done,
      'POST /pushes': {
        branch: 'feature/auc',
        ahead: 0,
        behind: 0,
        output: '',
        changed_paths: []
      }
    });
    const { services } = await panelFixture(server);
    await commit(services, { message: 'M' });
    expect(server.to('POST /pushes')).toHaveLength(0);
    await commit(services, { message: 'M', after: 'push' });
    expect(server.to('POST /pushes')).toHaveLength(1);
  });
});

describe('withoutSummary', () => {
  it('keeps what hooks print and drops what git says about the commit', () => {
    expect(
      withoutSummary(
        'black....Passed\n[main (root-commit) 1a2b3c4] Start\n 2 files changed\n'
      )
    ).toBe('black....Passed');
    expect(withoutSummary('[feature/a-b 1a2b3c4] T\n')).toBe('');
    expect(withoutSummary('[ok] not a summary')).toBe('[ok] not a summary');
  });
});
