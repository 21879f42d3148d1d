import { CommandIDs } from '../../tokens';
import {
  changedFile,
  changesOf,
  panelFixture,
  repository
} from '../../testing/panel';
import { FakeServer } from '../../testing/server';
import { diffWithHead, diffWithTarget, idOfContentsPath } from './files';

describe('idOfContentsPath', () => {
  it('is relative to the top of the work tree', async () => {
    const { services, current } = await panelFixture(new FakeServer());
    expect(await idOfContentsPath(services, current, 'clone/nb/a.ipynb')).toBe(
      'nb/a.ipynb'
    );
    expect(await idOfContentsPath(services, current, 'clone2/a.ipynb')).toBe(
      null
    );
  });

  it('is the whole path when the server root is the top', async () => {
    const { services, current } = await panelFixture(
      new FakeServer(),
      repository({ folder: '' })
    );
    expect(await idOfContentsPath(services, current, 'nb/a.ipynb')).toBe(
      'nb/a.ipynb'
    );
  });

  it('is asked of the server part when the top lies above the server root', async () => {
    const file = changedFile('x', {
      path: { id: 'up/nb/a.ipynb', display: '', contents_path: 'nb/a.ipynb' }
    });
    const { services, current } = await panelFixture(
      new FakeServer({ 'GET /changes': changesOf(file) }),
      repository({ folder: null })
    );
    expect(await idOfContentsPath(services, current, 'nb/a.ipynb')).toBe(
      'up/nb/a.ipynb'
    );
  });
});

describe('diffWithHead', () => {
  it('compares the last commit with the disk', async () => {
    const { services, executed } = await panelFixture(new FakeServer());
    await diffWithHead(services, 'clone/a.ipynb');
    expect(executed).toEqual([
      [
        CommandIDs.openDiff,
        {
          folder: 'clone',
          old: 'HEAD',
          new: 'WORKTREE',
          old_path: 'a.ipynb',
          new_path: 'a.ipynb'
        }
      ]
    ]);
  });
});

describe('diffWithTarget', () => {
  it('takes the default branch as GitLab has it, without a merge request', async () => {
    const server = new FakeServer({
      'GET /branches': {
        default: 'main',
        branches: [{ name: 'main', remote: null, sha: 'old' }]
      },
      'GET /commits': { items: [{ sha: 'remote' }], next_page: null }
    });
    const { services, executed } = await panelFixture(server);
    await diffWithTarget(services, 'clone/a.ipynb');
    expect(executed[0][1]).toMatchObject({
      old: 'remote',
      new: 'WORKTREE',
      label: 'origin/main → work tree'
    });
    expect(server.to('GET /commits')[0].query.get('revision')).toBe(
      'origin/main'
    );
  });

  it("takes the merge base of the branch's merge request", async () => {
    const { services, model, executed } = await panelFixture(
      new FakeServer({
        'GET /merge-requests/3': {
          target_branch: 'main',
          diff_refs: { base_sha: 'base', start_sha: 's', head_sha: 'h' }
        }
      })
    );
    model.setBranchMergeRequest({
      iid: 3,
      title: '',
      draft: false,
      web_url: ''
    });
    await diffWithTarget(services, 'clone/a.ipynb');
    expect(executed[0][1]).toMatchObject({
      old: 'base',
      label: 'main → work tree'
    });
  });
});
