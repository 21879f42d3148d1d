import { RenderMimeRegistry } from '@jupyterlab/rendermime';
import { CommandRegistry } from '@lumino/commands';
import { QueryClient } from '@tanstack/react-query';
import { fireEvent, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import * as React from 'react';

import { useMergeRequestFiles } from '../../api/queries';
import { DiffSettings } from '../../diff/settings';
import { type FakeClient, fakeClient, renderWithApi } from '../../testing/api';
import { cell, DIFF_REFS, notebook, text } from '../../testing/diffs';
import {
  discussion,
  file,
  JONAS,
  mergeRequest,
  note,
  position
} from '../../testing/mergeRequests';
import type { IGitLab } from '../../tokens';
import { type IDocumentServices, ServicesProvider } from '../context';
import type { IJump } from '../jump';
import { Changes } from './changes';

const OLDER = { ...DIFF_REFS, head_sha: 'a'.repeat(40) };
const NEWER = { ...DIFF_REFS, head_sha: 'd'.repeat(40) };

const SERVICES: IDocumentServices = {
  folder: 'clone',
  iid: 42,
  commands: new CommandRegistry(),
  gitlab: {} as IGitLab,
  rendermime: new RenderMimeRegistry(),
  settings: new DiffSettings(null),
  setTitle: () => undefined
};

const DISCUSSIONS = [
  discussion('first', {
    position: position({ new_line: 101 }),
    notes: [note('Why?', { created_at: '2026-11-20T10:00:00Z' })]
  })
];

/** Jonas said something on the older one. */
const VERSIONS = [
  { id: 2, created_at: '2026-11-20T11:00:00Z', diff_refs: DIFF_REFS },
  { id: 1, created_at: '2026-11-20T09:00:00Z', diff_refs: OLDER }
];

function Harness(props: {
  shown: ReturnType<typeof mergeRequest>;
}): React.JSX.Element {
  const files = useMergeRequestFiles('clone', 42, null);
  const [jump, setJump] = React.useState<IJump | null>(null);
  return (
    <ServicesProvider value={SERVICES}>
      <Changes
        mergeRequest={props.shown}
        files={files}
        discussions={DISCUSSIONS}
        discussionsError={null}
        jump={jump}
        onJump={setJump}
        onJumped={() => setJump(null)}
      />
    </ServicesProvider>
  );
}

/** Answers for files (the newest version that `state` names) and diffs. */
function server(state: {
  refs: typeof DIFF_REFS;
  files?: unknown[];
  versions?: unknown[];
  marks?: unknown;
}): FakeClient {
  const client = fakeClient();
  client.get.mockImplementation((path: string, options) => {
    if (path.endsWith('/versions')) {
      return Promise.resolve({ versions: state.versions ?? [] });
    }
    if (path === '/accounts') {
      return Promise.resolve({ user_id: JONAS.id });
    }
    if (path.endsWith('/viewed')) {
      return Promise.resolve(state.marks ?? { files: {}, cells: {} });
    }
    if (path.endsWith('/files') && options.query.since_id) {
      return Promise.resolve({
        diff_refs: { ...state.refs, base_sha: OLDER.head_sha },
        files: [file('src/features.py')],
        from_git: true
      });
    }
    if (path.endsWith('/files')) {
      return Promise.resolve({
        diff_refs: state.refs,
        files: state.files ?? [file('train.ipynb'), file('src/features.py')],
        from_git: true
      });
    }
    if (path === '/diffs') {
      return Promise.resolve(
        options.query.new_path === 'train.ipynb'
          ? notebook([cell(1, [`+of ${options.query.new.slice(0, 1)}`])])
          : text(['+features'])
      );
    }
    return new Promise(() => undefined);
  });
  return client;
}

function show(client: FakeClient, shown = mergeRequest()) {
  const cache = new QueryClient({
    defaultOptions: { queries: { retry: false } }
  });
  return renderWithApi(<Harness shown={shown} />, { client, cache });
}

beforeAll(() => {
  Element.prototype.scrollIntoView = jest.fn();
});

describe('the changes of a merge request', () => {
  it('begin with the first notebook', async () => {
    show(server({ refs: DIFF_REFS }));
    expect(await screen.findByText('of c')).toBeVisible();
    expect(screen.getByRole('button', { name: /train.ipynb/ })).toHaveAttribute(
      'aria-current',
      'true'
    );
  });

  it('show the file that is chosen', async () => {
    show(server({ refs: DIFF_REFS }));
    await userEvent.click(
      await screen.findByRole('button', { name: /features.py/ })
    );
    expect(await screen.findByText('features')).toBeVisible();
  });

  it('count the threads of each file', async () => {
    show(server({ refs: DIFF_REFS }));
    expect(
      await screen.findByRole('img', { name: '1 unresolved thread' })
    ).toBeVisible();
  });

  it('stay on their version until a newer one is asked for', async () => {
    const state = { refs: DIFF_REFS };
    const client = server(state);
    const view = show(client);
    await screen.findByText('of c');
    fireEvent.wheel(screen.getByText('of c'));
    state.refs = NEWER;
    view.rerender(<Harness shown={mergeRequest({ diff_refs: NEWER })} />);
    expect(
      await screen.findByText('A new version is available.')
    ).toBeVisible();
    expect(screen.getByText('of c')).toBeVisible();
    await userEvent.click(screen.getByRole('button', { name: 'Reload' }));
    expect(await screen.findByText('of d')).toBeVisible();
    expect(screen.queryByText('A new version is available.')).toBeNull();
  });

  it('follow a new version while nobody has touched the page', async () => {
    const state = { refs: DIFF_REFS };
    const client = server(state);
    const view = show(client);
    await screen.findByText('of c');
    state.refs = NEWER;
    view.rerender(<Harness shown={mergeRequest({ diff_refs: NEWER })} />);
    expect(await screen.findByText('of d')).toBeVisible();
    expect(screen.queryByText('A new version is available.')).toBeNull();
  });

  it('lead to the next unresolved thread, in another file too', async () => {
    show(server({ refs: DIFF_REFS }));
    await userEvent.click(
      await screen.findByRole('button', { name: /features.py/ })
    );
    await screen.findByText('features');
    await userEvent.click(
      screen.getByRole('button', { name: 'Next unresolved' })
    );
    await waitFor(() =>
      expect(screen.getByRole('group', { name: /^Thread by/ })).toHaveFocus()
    );
  });

  it('say that there are none', async () => {
    show(server({ refs: DIFF_REFS, files: [] }));
    expect(await screen.findByText('No changes')).toBeVisible();
  });

  it('wait while GitLab prepares them', () => {
    show(fakeClient(), mergeRequest({ diff_refs: null }));
    expect(
      screen.getByText('GitLab is preparing this merge request')
    ).toBeVisible();
  });

  it('say how much has changed since my last review, and show just that', async () => {
    const client = server({ refs: DIFF_REFS, versions: VERSIONS });
    show(client);
    const banner = await screen.findByRole('region', {
      name: 'Changed since your last review'
    });
    await waitFor(() =>
      expect(banner).toHaveTextContent('1 of 2 files has changed since.')
    );
    expect(
      screen.getByRole('img', { name: 'changed since your last review' })
    ).toBeVisible();
    await userEvent.click(
      screen.getByRole('button', { name: 'List only these files' })
    );
    expect(screen.queryByRole('button', { name: /train.ipynb/ })).toBeNull();
    await userEvent.click(
      screen.getByRole('button', { name: 'Show only what changed' })
    );
    expect(await screen.findByText('features')).toBeVisible();
    expect(screen.getByLabelText('Compare with')).toHaveValue('1');
    const diffs = client.get.mock.calls.filter(([path]) => path === '/diffs');
    expect(diffs[diffs.length - 1][1].query).toMatchObject({
      old: OLDER.head_sha,
      new: DIFF_REFS.head_sha
    });
  });

  it('compare any two versions', async () => {
    const client = server({ refs: DIFF_REFS, versions: VERSIONS });
    show(client);
    fireEvent.change(await screen.findByLabelText('Version'), {
      target: { value: '1' }
    });
    await waitFor(() =>
      expect(client.get).toHaveBeenCalledWith(
        '/merge-requests/{iid}/files',
        expect.objectContaining({
          query: { folder: 'clone', version_id: 1, since_id: null }
        })
      )
    );
    expect(screen.getByLabelText('Compare with')).toHaveTextContent(
      /^main \(target branch\)$/
    );
  });

  it('are ticked off by file and by cell', async () => {
    const client = server({ refs: DIFF_REFS });
    client.put.mockResolvedValue({ files: {}, cells: {} });
    show(client);
    await screen.findByText('of c');
    await userEvent.click(screen.getByLabelText('Viewed this cell'));
    await waitFor(() => expect(client.put).toHaveBeenCalledTimes(1));
    const { body } = client.put.mock.calls[0][1];
    expect(body).toMatchObject({ path: 'train.ipynb', file: null });
    expect(body.cells).toEqual([expect.stringMatching(/^[0-9a-f]{16}$/)]);
    await userEvent.click(screen.getByLabelText('Viewed'));
    await waitFor(() =>
      expect(client.put.mock.calls[1][1].body).toEqual({
        path: 'train.ipynb',
        file: '2'.repeat(40),
        cells: body.cells
      })
    );
    expect(screen.getByText('1 of 2 viewed')).toBeVisible();
    await userEvent.click(screen.getByRole('button', { name: 'Next file' }));
    expect(await screen.findByText('features')).toBeVisible();
  });

  it('lose the mark when the contents have changed', async () => {
    show(
      server({
        refs: DIFF_REFS,
        marks: {
          files: {
            'train.ipynb': '9'.repeat(40),
            'src/features.py': '2'.repeat(40)
          },
          cells: {}
        }
      })
    );
    expect(await screen.findByText('1 of 2 viewed')).toBeVisible();
    expect(screen.getByLabelText('Viewed')).not.toBeChecked();
  });
});
