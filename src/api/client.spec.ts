import { FakeServer, refuse, Says } from '../testing/server';
import { type ApiError } from './errors';

const failure = (promise: Promise<unknown>): Promise<ApiError> =>
  promise.then(
    () => {
      throw new Error('It should have failed.');
    },
    (error: ApiError) => error
  );

describe('ApiClient', () => {
  it('fills the path, encodes the query and leaves out what is null', async () => {
    const server = new FakeServer({
      'PUT /merge-requests/7/discussions/a%2Fb': { ok: true }
    });
    await server
      .client()
      .put('/merge-requests/{iid}/discussions/{discussion_id}', {
        path: { iid: 7, discussion_id: 'a/b' },
        query: { folder: 'a b/ü&c' },
        body: { resolved: true }
      });
    const [seen] = server.seen;
    expect(seen.query.get('folder')).toBe('a b/ü&c');
    expect(seen.body).toEqual({ resolved: true });

    server.answer('GET /commits', { items: [], next_page: null });
    await server.client().get('/commits', {
      query: { folder: '', since: null, path: undefined }
    });
    expect(server.seen[1].query.has('since')).toBe(false);
    expect(server.seen[1].query.has('path')).toBe(false);
  });

  it('throws what the server part says', async () => {
    const server = new FakeServer({
      'GET /changes': refuse(422, 'git_failed', 'git says no.', {
        output: 'fatal'
      })
    });
    const error = await failure(
      server.client().get('/changes', { query: { folder: '' } })
    );
    expect(error).toMatchObject({
      status: 422,
      code: 'git_failed',
      reason: 'git says no.',
      hint: 'Do this.',
      details: { output: 'fatal' }
    });
  });

  it('knows a missing server part from its own 404s', async () => {
    const server = new FakeServer({
      'GET /repositories': refuse(404, 'not_a_repository')
    });
    const client = server.client();
    const query = { folder: '' };
    expect((await failure(client.get('/repositories', { query }))).code).toBe(
      'not_a_repository'
    );
    expect((await failure(client.get('/changes', { query }))).code).toBe(
      'server_part_missing'
    );
  });

  it('does not take a login page for an answer', async () => {
    const server = new FakeServer({
      'GET /changes': new Says(403, '<html>Sign in</html>', 'text/html')
    });
    const error = await failure(
      server.client().get('/changes', { query: { folder: '' } })
    );
    expect(error.code).toBe('unexpected_answer');
    expect(error.details.answer).toContain('Sign in');
  });

  it('gives the bytes of a file as a Blob', async () => {
    const server = new FakeServer({
      'GET /blobs': new Says(200, 'PNG', 'application/octet-stream')
    });
    const blob = await server.client().get('/blobs', {
      query: { folder: '', revision: 'HEAD', path: 'a.png' }
    });
    expect(blob.size).toBe(3);
  });

  it('says that the Jupyter server does not answer', async () => {
    const server = new FakeServer({
      'GET /changes': () => {
        throw new TypeError('Failed to fetch');
      }
    });
    const error = await failure(
      server.client().get('/changes', { query: { folder: '' } })
    );
    expect(error).toMatchObject({ status: 0, code: 'server_unreachable' });
  });

  it('lets the browser keep what never changes, and nothing else', async () => {
    const server = new FakeServer({
      'GET /outputs': {},
      'GET /changes': { files: [] }
    });
    const output = {
      folder: '',
      revision: 'a'.repeat(40),
      path: 'a.ipynb',
      cell: 0,
      output: 0,
      digest: 'd'
    };
    await server.client().get('/outputs', { query: output });
    await server.client().get('/changes', { query: { folder: '' } });
    const [kept, asked] = server.seen;
    expect(kept.cache).toBe('default');
    // Nothing is added that would make each request another one.
    expect([...kept.query.keys()].sort()).toEqual(Object.keys(output).sort());
    expect(asked.cache).toBe('no-store');
  });

  it('gives a slow request up after its time', async () => {
    const server = new FakeServer({
      'GET /changes': () => new Promise(() => undefined)
    });
    const error = await failure(
      server.client().get('/changes', { query: { folder: '' }, timeout: 20 })
    );
    expect(error.code).toBe('client_timeout');
  });

  it('throws an AbortError when the caller cancels, before or while it runs', async () => {
    const server = new FakeServer({
      'GET /changes': () => new Promise(() => undefined)
    });
    const abort = new AbortController();
    const running = server
      .client()
      .get('/changes', { query: { folder: '' }, signal: abort.signal });
    abort.abort();
    await expect(running).rejects.toMatchObject({ name: 'AbortError' });
    await expect(
      server
        .client()
        .get('/changes', { query: { folder: '' }, signal: abort.signal })
    ).rejects.toMatchObject({ name: 'AbortError' });
  });

  it('says since when GitLab is silent, until GitLab itself answers again', async () => {
    const server = new FakeServer({
      'GET /projects': refuse(502, 'gitlab_unreachable'),
      'GET /changes': { files: [] }
    });
    const client = server.client();
    const told: boolean[] = [];
    client.connectionChanged.connect((_, { offlineSince }) =>
      told.push(offlineSince !== null)
    );
    const query = { folder: '' };
    await failure(client.get('/projects', { query }));
    const since = client.connection.offlineSince;
    expect(since).toBeInstanceOf(Date);
    await failure(client.get('/projects', { query }));
    // Local answers say nothing about GitLab.
    await client.get('/changes', { query });
    expect(client.connection.offlineSince).toBe(since);
    server.answer('GET /projects', { id: 1 });
    await client.get('/projects', { query });
    expect(client.connection.offlineSince).toBeNull();
    expect(told).toEqual([true, false]);
  });
});
