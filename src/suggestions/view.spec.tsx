import { Notification } from '@jupyterlab/apputils';
import type { IDocumentManager } from '@jupyterlab/docmanager';
import { QueryClient } from '@tanstack/react-query';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import * as React from 'react';

import type { ApiClient } from '../api/client';
import { ApiError } from '../api/errors';
import { keys } from '../api/keys';
import { fileDiffQuery } from '../diff/queries';
import { type FakeClient, fakeClient, OF, renderWithApi } from '../testing/api';
import { cell, DIFF_REFS, notebook as notebookDiff } from '../testing/diffs';
import { discussion, mergeRequest, position } from '../testing/mergeRequests';
import type { Suggestion } from './types';
import { SuggestedIn, SuggestingBody } from './view';

const BODY =
  'Better:\n\n```suggestion:-0+0\n    return 3.14\n```\nDon’t you think?';

function suggestion(more: Partial<Suggestion> = {}): Suggestion {
  return {
    index: 0,
    begins: 2,
    ends: 5,
    id: 7,
    above: 0,
    below: 0,
    lines: ['    return 3.14'],
    old_lines: ['    return 3'],
    rows: [
      { kind: 'removed', text: '    return 3', spans: [[11, 12]] },
      { kind: 'added', text: '    return 3.14', spans: [[11, 15]] }
    ],
    applied: false,
    ...more
  };
}

const AT = position({ new_line: 12 });

function Note(props: {
  id?: number;
  suggestions?: Suggestion[];
  at?: typeof AT | null;
}): React.JSX.Element {
  const { id = 1, at = AT } = props;
  return (
    <SuggestedIn value={discussion(`thread-${id}`, { position: at })}>
      <div data-testid={`note-${id}`}>
        <SuggestingBody
          of={OF}
          body={BODY}
          suggestions={props.suggestions ?? [suggestion()]}
          noteId={id}
          text={markdown => <p>{markdown}</p>}
        />
      </div>
    </SuggestedIn>
  );
}

function show(
  node: React.ReactElement,
  client: FakeClient = fakeClient(),
  documents?: IDocumentManager,
  state: 'opened' | 'merged' = 'opened',
  pull?: (folder: string, branch: string) => void
) {
  const cache = new QueryClient();
  cache.setQueryData(keys.detail(OF.folder, OF.iid), mergeRequest({ state }));
  const { queryKey } = fileDiffQuery(client as unknown as ApiClient, {
    folder: OF.folder,
    old: DIFF_REFS.base_sha,
    new: DIFF_REFS.head_sha,
    oldPath: 'train.ipynb',
    newPath: 'train.ipynb'
  });
  cache.setQueryData(queryKey, notebookDiff([cell(0, [' a'])]));
  return renderWithApi(node, { client, cache, documents, pull });
}

const click = (name: string | RegExp, within_?: HTMLElement) =>
  userEvent.click(
    (within_ ? within(within_) : screen).getByRole('button', { name })
  );

const ref = (id: number) => ({
  discussion_id: `thread-${id}`,
  note_id: id,
  index: 0
});

const DONE = {
  commit: '1234567890'.repeat(4),
  branch: 'feature/auc',
  files: [],
  resolved: ['thread-1'],
  error: null
};

beforeEach(() => {
  jest.spyOn(Notification, 'success').mockReturnValue('');
  jest.spyOn(Notification, 'warning').mockReturnValue('');
});

afterEach(() => jest.restoreAllMocks());

describe('a suggestion in a note', () => {
  it('shows as what it changes, between the rest of the text', () => {
    show(<Note />);
    const rows = screen.getAllByRole('row');
    expect(rows.map(row => row.textContent)).toEqual([
      '−    return 3',
      '+    return 3.14'
    ]);
    expect(within(rows[0]).getByLabelText('removed')).toBeVisible();
    expect(screen.getByText('Better:')).toBeVisible();
    expect(screen.getByText('Don’t you think?')).toBeVisible();
    expect(screen.queryByText(/suggestion:/)).toBeNull();
  });

  it('becomes a commit with the message that is typed', async () => {
    const client = fakeClient();
    client.post.mockResolvedValue(DONE);
    show(<Note />, client);
    await click('Apply');
    await userEvent.type(
      screen.getByLabelText('Commit message'),
      'Use more pi'
    );
    await click('Commit suggestion');
    expect(client.post).toHaveBeenCalledWith(
      '/merge-requests/{iid}/suggestions',
      expect.objectContaining({
        body: {
          sha: mergeRequest().sha,
          suggestions: [ref(1)],
          message: 'Use more pi',
          resolve: true
        }
      })
    );
    await waitFor(() =>
      expect(Notification.success).toHaveBeenCalledWith(
        'Committed 12345678 on feature/auc. Pull to have it in your clone.',
        expect.anything()
      )
    );
    await waitFor(() =>
      expect(screen.getByRole('button', { name: 'Apply' })).toBeVisible()
    );
  });

  it.each([
    ['is on the branch', { current: true, fork: false }, true],
    ['is on another branch', { current: false, fork: false }, false],
    ['has the branch from a fork', { current: true, fork: true }, false]
  ])('offers to pull if the clone %s', async (_, state, offered) => {
    const client = fakeClient();
    client.post.mockResolvedValue(DONE);
    client.get.mockImplementation((path: string) =>
      path.endsWith('/check-outs')
        ? Promise.resolve({ branch: 'feature/auc', former: null, ...state })
        : new Promise(() => undefined)
    );
    const pull = jest.fn();
    show(<Note />, client, undefined, 'opened', pull);
    await click('Apply');
    await click('Commit suggestion');
    await waitFor(() => expect(Notification.success).toHaveBeenCalled());
    const [message, options] = jest.mocked(Notification.success).mock.calls[0];
    expect(message).toBe(
      offered
        ? 'Committed 12345678 on feature/auc.'
        : 'Committed 12345678 on feature/auc. Pull to have it in your clone.'
    );
    const actions = options?.actions ?? [];
    expect(actions.map(({ label }) => label)).toEqual(offered ? ['Pull'] : []);
    actions[0]?.callback(new MouseEvent('click'));
    expect(pull.mock.calls).toEqual(offered ? [['clone', 'feature/auc']] : []);
  });

  it('keeps the form and its text when that fails, and is applied once', async () => {
    const client = fakeClient();
    client.post.mockRejectedValueOnce(
      new ApiError(409, {
        code: 'head_moved',
        message: 'Somebody has pushed new commits since you looked.',
        hint: 'Look at the new version, then try again.',
        details: {}
      })
    );
    show(<Note />, client);
    await click('Apply');
    await userEvent.type(screen.getByLabelText('Commit message'), 'Mine');
    await click('Commit suggestion');
    expect(
      await screen.findByText(/Somebody has pushed new commits/)
    ).toBeVisible();
    expect(screen.getByLabelText('Commit message')).toHaveValue('Mine');
    client.post.mockReturnValue(new Promise(() => undefined));
    await userEvent.type(screen.getByLabelText('Commit message'), '{Enter}');
    await userEvent.keyboard('{Enter}');
    expect(client.post).toHaveBeenCalledTimes(2);
    expect(
      screen.getByRole('button', { name: 'Commit suggestion' })
    ).toHaveAttribute('aria-busy', 'true');
    expect(screen.getByRole('button', { name: 'Cancel' })).toBeDisabled();
  });

  it('tells when its thread could not be resolved', async () => {
    const client = fakeClient();
    client.post.mockResolvedValue({
      ...DONE,
      resolved: [],
      error: {
        code: 'gitlab_error',
        message: 'GitLab answered with an error.',
        hint: '',
        details: {}
      }
    });
    show(<Note />, client);
    await click('Apply');
    await click('Commit suggestion');
    await waitFor(() =>
      expect(Notification.warning).toHaveBeenCalledWith(
        expect.stringContaining('was not resolved'),
        expect.anything()
      )
    );
  });

  it('is left by Escape', async () => {
    show(<Note />);
    await click('Apply');
    expect(screen.getByLabelText('Commit message')).toHaveFocus();
    await userEvent.keyboard('{Escape}');
    expect(screen.queryByLabelText('Commit message')).toBeNull();
    await waitFor(() =>
      expect(screen.getByRole('button', { name: 'Add to batch' })).toHaveFocus()
    );
  });

  it('is gathered with others and applied together', async () => {
    const client = fakeClient();
    client.post.mockResolvedValue(DONE);
    show(
      <>
        <Note id={1} />
        <Note id={2} />
        <Note id={3} />
      </>,
      client
    );
    for (const id of [1, 2, 3]) {
      await click('Add to batch', screen.getByTestId(`note-${id}`));
    }
    await click('Remove from batch', screen.getByTestId('note-1'));
    await click('Apply 2 suggestions', screen.getByTestId('note-3'));
    await click('Commit 2 suggestions');
    expect(client.post.mock.calls[0][1].body.suggestions).toEqual([
      ref(2),
      ref(3)
    ]);
    await waitFor(() =>
      expect(screen.queryByText(/Remove from batch/)).toBeNull()
    );
  });

  it('leaves the batch when it can’t be applied any more', async () => {
    const view = show(
      <>
        <Note id={1} />
        <Note id={2} />
      </>
    );
    await click('Add to batch', screen.getByTestId('note-1'));
    await click('Add to batch', screen.getByTestId('note-2'));
    view.rerender(
      <>
        <Note id={1} at={{ ...AT, outdated: true }} />
        <Note id={2} />
      </>
    );
    expect(
      await screen.findByRole('button', { name: 'Apply 1 suggestion' })
    ).toBeVisible();
    await click('Remove from batch');
  });

  it('says that the code has moved on', () => {
    show(<Note at={{ ...AT, outdated: true }} />);
    expect(screen.getByText(/The code has moved on/)).toBeVisible();
    expect(screen.queryByRole('button')).toBeNull();
  });

  it('says that it was applied', () => {
    show(<Note suggestions={[suggestion({ applied: true })]} />);
    expect(screen.getByText('applied')).toBeVisible();
    expect(screen.queryByRole('button')).toBeNull();
  });

  it('offers nothing once the merge request is merged, or in a pending comment', () => {
    show(<Note />, fakeClient(), undefined, 'merged');
    show(<Note at={null} />);
    expect(screen.queryByRole('button')).toBeNull();
  });
});

describe('a suggestion in the open notebook', () => {
  function notebook(dirty: boolean) {
    const sources = ['import math', 'def area(r):\n    return 3'];
    const cells = sources.map((_, index) => ({
      id: `cell-${index}`,
      getSource: () => sources[index],
      setSource: (now: string): void => {
        sources[index] = now;
      }
    }));
    const panel = {
      context: { ready: Promise.resolve(), model: { dirty } },
      content: {
        activeCellIndex: 0,
        scrollToItem: jest.fn(),
        model: {
          sharedModel: {
            cells,
            getCell: (index: number) => cells[index],
            transact: (change: () => void) => change()
          }
        }
      }
    };
    const documents = {
      findWidget: () => panel,
      openOrReveal: jest.fn(() => panel)
    };
    return { sources, panel, documents };
  }

  it('changes its cell and leaves the saving to the user', async () => {
    const { sources, panel, documents } = notebook(false);
    const client = fakeClient();
    client.post.mockResolvedValue({
      cells: [{ index: 1, source: 'def area(r):\n    return 3.14' }]
    });
    show(<Note />, client, documents as unknown as IDocumentManager);
    await click('Apply');
    await userEvent.click(
      screen.getByRole('radio', { name: /in the notebook/ })
    );
    await click('Change the notebook');
    await waitFor(() =>
      expect(sources).toEqual(['import math', 'def area(r):\n    return 3.14'])
    );
    expect(panel.content.activeCellIndex).toBe(1);
    expect(documents.openOrReveal).toHaveBeenCalledWith(
      'train.ipynb',
      'Notebook'
    );
    expect(client.post.mock.calls[0][1].body).toMatchObject({
      path: 'train.ipynb',
      cells: [
        { id: 'cell-0', source: 'import math' },
        { id: 'cell-1', source: 'def area(r):\n    return 3' }
      ],
      suggestions: [ref(1)]
    });
  });

  it('is what is proposed while there are unsaved changes', async () => {
    const { documents, sources } = notebook(true);
    const client = fakeClient();
    client.post.mockRejectedValue(
      new ApiError(409, {
        code: 'suggestion_outdated',
        message: 'The code has moved on since this was suggested.',
        hint: 'Make the change by hand.',
        details: {}
      })
    );
    show(<Note />, client, documents as unknown as IDocumentManager);
    await click('Apply');
    expect(
      screen.getByRole('radio', { name: /in the notebook/ })
    ).toBeChecked();
    await click('Change the notebook');
    expect(
      await screen.findByText('The notebook was not changed.')
    ).toBeVisible();
    expect(sources[1]).toBe('def area(r):\n    return 3');
    await userEvent.click(screen.getByRole('radio', { name: /as a commit/ }));
    expect(screen.getByText(/open with unsaved changes/)).toBeVisible();
  });
});
