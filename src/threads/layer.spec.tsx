import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import * as React from 'react';

import { FileDiffView } from '../diff/fileDiffView';
import { DEFAULT_OPTIONS, type FileDiff } from '../diff/types';
import { fakeClient, OF, renderWithApi } from '../testing/api';
import { cell, DIFF_REFS, notebook } from '../testing/diffs';
import { discussion, MIRA, position } from '../testing/mergeRequests';
import { FakeObserver } from '../testing/observer';
import { Drafts } from './drafts';
import { useThreadsLayer } from './layer';
import type { Discussion } from './types';

const DIFF = notebook([
  cell(1, [' a', '-b', '+c']),
  cell(2, [' d']),
  cell(3, [' e'])
]);

function Harness(props: {
  diff: FileDiff;
  discussions: readonly Discussion[];
}): React.JSX.Element {
  const file = React.useMemo(
    () => ({
      diff: props.diff,
      oldPath: 'train.ipynb',
      newPath: 'train.ipynb',
      diffRefs: DIFF_REFS
    }),
    [props.diff]
  );
  const { layer } = useThreadsLayer(file, props.discussions);
  return (
    <FileDiffView
      folder="clone"
      diff={props.diff}
      options={DEFAULT_OPTIONS}
      layer={layer}
    />
  );
}

const LINE = position({ new_line: 102 });

beforeEach(() => window.localStorage.clear());

// Without an observer everything counts as near; jest's own never says so.
beforeAll(() => {
  // @ts-expect-error Browsers always have one.
  delete globalThis.IntersectionObserver;
});

describe('threads in the diff', () => {
  it('stand below their line', () => {
    renderWithApi(
      <Harness
        diff={DIFF}
        discussions={[discussion('a', { position: LINE })]}
      />
    );
    const thread = screen.getByRole('group', {
      name: 'Thread by Jonas Weber, line 2'
    });
    const before = thread.closest('tr')?.previousElementSibling;
    expect(before).toHaveTextContent('c');
  });

  it('keep their cell from being folded', () => {
    renderWithApi(
      <Harness
        diff={DIFF}
        discussions={[
          discussion('a', {
            position: position({ old_line: 201, new_line: 201 })
          })
        ]}
      />
    );
    expect(screen.getByRole('group', { name: /^In \[3\]/ })).toBeVisible();
    expect(screen.getByText('1 unchanged cell · show')).toBeVisible();
  });

  it('are folded once resolved, and say by whom', async () => {
    renderWithApi(
      <Harness
        diff={DIFF}
        discussions={[
          discussion('a', { position: LINE, resolved: true, resolved_by: MIRA })
        ]}
      />
    );
    expect(screen.getByText('resolved by mira')).toBeVisible();
    expect(screen.queryByRole('button', { name: 'Reopen' })).toBeNull();
    await userEvent.click(
      screen.getByRole('button', { expanded: false, name: /jonas/ })
    );
    expect(screen.getByRole('button', { name: 'Reopen' })).toBeVisible();
  });

  it('wait until they come near if there are very many on a line', () => {
    globalThis.IntersectionObserver =
      FakeObserver as unknown as typeof IntersectionObserver;
    try {
      renderWithApi(
        <Harness
          diff={DIFF}
          discussions={Array.from({ length: 12 }, (_, index) =>
            discussion(`d${index}`, { position: LINE })
          )}
        />
      );
    } finally {
      // @ts-expect-error Browsers always have one.
      delete globalThis.IntersectionObserver;
    }
    expect(screen.getAllByRole('textbox', { name: /^Reply to/ })).toHaveLength(
      10
    );
    expect(screen.getByText(/jonas: Note of d11/)).toBeVisible();
  });

  it('are listed below the file when outdated', () => {
    renderWithApi(
      <Harness
        diff={DIFF}
        discussions={[
          discussion('a', {
            position: position({ new_line: 7 }, { outdated: true })
          })
        ]}
      />
    );
    expect(
      screen.getByRole('region', { name: 'Outdated threads' })
    ).toHaveTextContent(
      /train.ipynb · line 7 of the file · an earlier version/
    );
  });

  it('resolve and reopen', async () => {
    const client = fakeClient();
    client.put.mockResolvedValue(discussion('a', { resolved: true }));
    renderWithApi(
      <Harness
        diff={DIFF}
        discussions={[discussion('a', { position: LINE })]}
      />,
      { client }
    );
    await userEvent.click(screen.getByRole('button', { name: 'Resolve' }));
    expect(client.put).toHaveBeenCalledWith(
      '/merge-requests/{iid}/discussions/{discussion_id}',
      expect.objectContaining({
        path: { iid: 42, discussion_id: 'a' },
        body: { resolved: true }
      })
    );
  });
});

describe('a comment on a line', () => {
  it('carries the anchor of its row and the commits of the version', async () => {
    const client = fakeClient();
    client.post.mockResolvedValue(discussion('new'));
    renderWithApi(<Harness diff={DIFF} discussions={[]} />, { client });
    await userEvent.click(
      screen.getByRole('button', { name: 'Comment on old line 2' })
    );
    await userEvent.keyboard('Why drop it?');
    await userEvent.click(screen.getByRole('button', { name: 'Comment now' }));
    expect(client.post.mock.calls[0][1].body).toEqual({
      body: 'Why drop it?',
      position: {
        ...DIFF_REFS,
        old_path: 'train.ipynb',
        new_path: 'train.ipynb',
        old_line: 102,
        new_line: null
      }
    });
    await waitFor(() => expect(screen.queryByRole('textbox')).toBeNull());
  });

  it('says when GitLab’s own page has no row for it', async () => {
    const diff = notebook([cell(1, ['+c'])]);
    const client = fakeClient();
    client.get.mockResolvedValue({ shown: false });
    renderWithApi(<Harness diff={diff} discussions={[]} />, { client });
    await userEvent.click(
      screen.getByRole('button', { name: 'Comment on line 1' })
    );
    expect(
      await screen.findByText(/it shows this comment under Overview/)
    ).toBeVisible();
    expect(client.get).toHaveBeenCalledWith('/line-places', {
      query: {
        folder: OF.folder,
        base_sha: DIFF_REFS.base_sha,
        head_sha: DIFF_REFS.head_sha,
        old_path: 'train.ipynb',
        new_path: 'train.ipynb',
        old_line: null,
        new_line: 101
      },
      signal: expect.any(AbortSignal)
    });
  });

  it('is there again after a reload, on its line', () => {
    const kept = {
      ...DIFF_REFS,
      old_path: 'train.ipynb',
      new_path: 'train.ipynb',
      old_line: null,
      new_line: 102
    };
    new Drafts(OF).set({ kind: 'line', position: kept }, 'Half a thought');
    renderWithApi(<Harness diff={DIFF} discussions={[]} />);
    const box = screen.getByRole('textbox', { name: 'Comment on line 2' });
    expect(box).toHaveValue('Half a thought');
    expect(box).not.toHaveFocus();
  });

  it('is kept when a newer version is shown', () => {
    const kept = {
      ...DIFF_REFS,
      head_sha: 'e'.repeat(40),
      old_path: 'train.ipynb',
      new_path: 'train.ipynb',
      old_line: null,
      new_line: 102
    };
    new Drafts(OF).set({ kind: 'line', position: kept }, 'Half a thought');
    renderWithApi(<Harness diff={DIFF} discussions={[]} />);
    expect(
      screen.getByRole('textbox', { name: 'Comment not sent yet' })
    ).toHaveValue('Half a thought');
  });
});
