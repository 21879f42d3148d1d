import { settled } from '../testing/dialog';
import { FakeServer, refuse } from '../testing/server';
import { account, repository } from '../testing/panel';
import type { RepositoryState } from '../tokens';
import { RepositoryModel } from './model';

function make(server: FakeServer, folder: () => string | null) {
  const model = new RepositoryModel({
    client: server.client(),
    currentFolder: folder
  });
  const states: RepositoryState[] = [];
  model.stateChanged.connect((_, state) => states.push(state));
  return { model, states };
}

describe('RepositoryModel', () => {
  it('addresses a repository by its top, whichever folder it was found from', async () => {
    const server = new FakeServer({
      'GET /repositories': repository({ remote: null })
    });
    const { model } = make(server, () => 'clone/notebooks');
    await model.follow();
    expect(model.state).toMatchObject({ kind: 'ready', folder: 'clone' });
    expect(server.seen[0].query.get('folder')).toBe('clone/notebooks');
  });

  it('addresses one whose top lies above the server root by the root', async () => {
    const server = new FakeServer({
      'GET /repositories': repository({ folder: null, remote: null })
    });
    const { model } = make(server, () => 'notebooks');
    await model.follow();
    expect(model.state).toMatchObject({ kind: 'ready', folder: '' });
  });

  it('asks once for a folder, and again only when it is another one', async () => {
    let folder = 'a';
    const server = new FakeServer({
      'GET /repositories': repository({ remote: null })
    });
    const { model } = make(server, () => folder);
    await model.follow();
    await model.follow();
    expect(server.operations).toEqual(['GET /repositories']);
    folder = 'b';
    await model.follow();
    expect(server.to('GET /repositories')).toHaveLength(2);
  });

  it('ignores an answer that was overtaken', async () => {
    let folder = 'slow';
    const release: (() => void)[] = [];
    const server = new FakeServer({
      'GET /repositories': async (seen: { query: URLSearchParams }) => {
        if (seen.query.get('folder') === 'slow') {
          await new Promise<void>(resolve => release.push(resolve));
          return repository({ id: 'slow', remote: null });
        }
        return repository({ id: 'fast', remote: null });
      }
    });
    const { model, states } = make(server, () => folder);
    const first = model.follow();
    await settled();
    folder = 'fast';
    await model.follow();
    release.forEach(go => go());
    await first;
    expect(states).toHaveLength(1);
    expect(model.state).toMatchObject({ repository: { id: 'fast' } });
  });

  it('says nothing when nothing has changed', async () => {
    const server = new FakeServer({
      'GET /repositories': repository({ remote: null })
    });
    const { model, states } = make(server, () => '');
    await model.refresh();
    await model.refresh();
    expect(states).toHaveLength(1);
  });

  it('keeps the reason why there is no repository', async () => {
    const server = new FakeServer({
      'GET /repositories': refuse(422, 'dubious_ownership')
    });
    const { model } = make(server, () => 'x');
    await model.refresh();
    expect(model.state).toMatchObject({
      kind: 'failed',
      folder: 'x',
      error: { code: 'dubious_ownership' }
    });
  });

  it('asks nothing for a folder on another drive', async () => {
    const server = new FakeServer();
    const { model } = make(server, () => null);
    await model.refresh();
    expect(server.seen).toHaveLength(0);
    expect(model.state).toMatchObject({
      kind: 'failed',
      error: { code: 'not_a_repository' }
    });
  });

  it('looks the merge request of a branch up once, when signed in', async () => {
    const found = { iid: 3, title: 'T', draft: false, web_url: 'u' };
    const server = new FakeServer({
      'GET /repositories': repository(),
      'GET /accounts': account(),
      'GET /merge-requests': {
        items: [{ ...found, state: 'opened' }],
        page: 1,
        next_page: null,
        total: 1
      }
    });
    const { model } = make(server, () => '');
    await model.refresh();
    await settled();
    expect(model.branchMergeRequest).toEqual(found);
    await model.refresh();
    await settled();
    expect(server.to('GET /merge-requests')).toHaveLength(1);
    // Another branch: not the old one's any more.
    server.answer('GET /repositories', repository({ branch: 'main' }));
    server.answer('GET /merge-requests', {
      items: [],
      page: 1,
      next_page: null,
      total: 0
    });
    await model.refresh();
    await settled();
    expect(model.branchMergeRequest).toBeNull();
  });

  it('leaves GitLab alone when nobody is signed in', async () => {
    const server = new FakeServer({
      'GET /repositories': repository(),
      'GET /accounts': account({ signed_in: false })
    });
    const { model } = make(server, () => '');
    await model.refresh();
    await settled();
    expect(server.operations).toEqual(['GET /repositories', 'GET /accounts']);
  });

  it('keeps a request for a part that is still to be drawn, once and not for long', () => {
    const { model } = make(new FakeServer(), () => '');
    model.requestPanel('focus-message');
    expect(model.takePanelRequest('focus-branches')).toBe(false);
    expect(model.takePanelRequest('focus-message')).toBe(true);
    expect(model.takePanelRequest('focus-message')).toBe(false);
    const now = Date.now();
    model.requestPanel('focus-message');
    jest.spyOn(Date, 'now').mockReturnValue(now + 60_000);
    expect(model.takePanelRequest('focus-message')).toBe(false);
  });

  it('tells both names of a renamed file', () => {
    const { model } = make(new FakeServer(), () => '');
    const told: string[] = [];
    model.fileChanged.connect((_, path) => told.push(path));
    model.onFileChanged({
      type: 'rename',
      oldValue: { path: 'a' },
      newValue: { path: 'b' }
    });
    expect(told).toEqual(['a', 'b']);
  });
});
