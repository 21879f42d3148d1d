import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';

import type { Schemas } from '../../api/client';
import { CommandIDs } from '../../tokens';
import {
  changedFile,
  changesOf,
  panelFixture,
  renderPart,
  repository
} from '../../testing/panel';
import { FakeServer, refuse } from '../../testing/server';
import { ChangesSection } from './section';

const summary = (
  change: Partial<Schemas['ChangeSummary']>
): Schemas['ChangeSummary'] => ({
  path: { id: '', display: '', contents_path: null },
  notebook: true,
  cells_changed: 0,
  outputs_changed: 0,
  classification: null,
  added: 0,
  removed: 0,
  cells: [],
  ...change
});

const cell: Schemas['ChangedCell'] = {
  index: 4,
  cell_type: 'code',
  kind: 'changed',
  execution_count: 7,
  title: 'score = roc_auc(y, p)',
  added: 4,
  removed: 1,
  output_kinds: []
};

async function draw(answers: Record<string, unknown>, repo = repository()) {
  const server = new FakeServer(answers);
  const fixture = await panelFixture(server, repo);
  renderPart(fixture.services, <ChangesSection current={fixture.current} />);
  return { server, ...fixture };
}

const row = async (name: string) =>
  within(
    (await screen.findByText(name)).closest('[role=listitem]') as HTMLElement
  );

describe('ChangesSection', () => {
  it('says what would fill it when nothing has changed', async () => {
    await draw({ 'GET /changes': changesOf() });
    expect(await screen.findByText('Nothing to commit')).toBeInTheDocument();
  });

  it('says what failed and tries again', async () => {
    const { server } = await draw({
      'GET /changes': refuse(504, 'git_timeout', 'git took too long.')
    });
    // The query itself tries once more first.
    const box = await screen.findByRole('alert', {}, { timeout: 4000 });
    expect(box).toHaveTextContent('git took too long.');
    server.answer('GET /changes', changesOf());
    fireEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByText('Nothing to commit')).toBeInTheDocument();
  });

  it('tells notebooks in cells and outputs, texts in lines', async () => {
    const words: Record<string, Schemas['ChangeSummary']> = {
      'train.ipynb': summary({ cells_changed: 3, outputs_changed: 2 }),
      'eda.ipynb': summary({ classification: 'outputs' }),
      'features.py': summary({ notebook: false, added: 12, removed: 3 })
    };
    await draw({
      'GET /changes': changesOf(...Object.keys(words).map(p => changedFile(p))),
      'GET /changes/summaries': (seen: { query: URLSearchParams }) =>
        words[seen.query.get('path') ?? '']
    });
    expect(await screen.findByText('3 cells · 2 outputs')).toBeInTheDocument();
    expect(screen.getByText('only outputs')).toBeInTheDocument();
    expect(
      screen.getByLabelText('12 lines added, 3 removed')
    ).toBeInTheDocument();
  });

  it('opens a notebook row to its changed cells', async () => {
    const { executed } = await draw({
      'GET /changes': changesOf(changedFile('train.ipynb')),
      'GET /changes/summaries': summary({
        cells_changed: 1,
        cells: [
          cell,
          {
            ...cell,
            kind: 'output_only',
            execution_count: 9,
            added: 0,
            removed: 0,
            output_kinds: ['image']
          }
        ]
      })
    });
    fireEvent.click(
      await screen.findByRole('button', {
        name: 'Show the cells of train.ipynb'
      })
    );
    const cells = await screen.findByRole('list', { name: 'Changed cells' });
    expect(cells).toHaveTextContent('[7]score = roc_auc(y, p)+4−1');
    expect(cells).toHaveTextContent('output only · image');
    fireEvent.click(within(cells).getAllByText(cell.title)[0]);
    expect(executed).toEqual([
      [CommandIDs.openDiff, expect.objectContaining({ cell_index: 4 })]
    ]);
  });

  it('warns of a large file and does not ask what is in it to be told', async () => {
    await draw({
      'GET /changes': changesOf(
        changedFile('data/raw.csv', {
          status: 'untracked',
          large: true,
          size: 12_400_000
        })
      ),
      'GET /changes/summaries': summary({ notebook: false, added: 99 })
    });
    const large = await row('raw.csv');
    expect(large.getByText('12 MB')).toBeInTheDocument();
    expect(large.getByText('new')).toBeInTheDocument();
    expect(large.queryByText('+99')).toBeNull();
  });

  it('lets a conflict be neither ticked nor discarded', async () => {
    const { server } = await draw({
      'GET /changes': changesOf(
        changedFile('a.ipynb', { status: 'conflicted', conflict: 'UU' })
      )
    });
    const conflict = await row('a.ipynb');
    expect(conflict.getByText('conflict')).toBeInTheDocument();
    expect(conflict.getByRole('checkbox')).toBeDisabled();
    expect(conflict.getByRole('button', { name: /Discard/ })).toBeDisabled();
    expect(
      screen.getByText('Resolve the conflicts first.')
    ).toBeInTheDocument();
    expect(server.to('GET /changes/summaries')).toHaveLength(0);
  });

  it.each([
    ['modified', 'HEAD', 'WORKTREE'],
    ['untracked', 'EMPTY', 'WORKTREE'],
    ['deleted', 'HEAD', 'EMPTY']
  ] as const)(
    'opens the diff of a file that is %s',
    async (status, old, now) => {
      const { executed } = await draw({
        'GET /changes': changesOf(changedFile('a.py', { status })),
        'GET /changes/summaries': summary({ notebook: false })
      });
      fireEvent.click(await screen.findByText('a.py'));
      expect(executed).toEqual([
        [
          CommandIDs.openDiff,
          expect.objectContaining({
            folder: 'clone',
            old,
            new: now,
            new_path: 'a.py'
          })
        ]
      ]);
    }
  );

  it('compares a renamed file with its old name', async () => {
    const { executed } = await draw({
      'GET /changes': changesOf(
        changedFile('b.py', {
          status: 'renamed',
          old_path: { id: 'a.py', display: 'a.py', contents_path: null }
        })
      ),
      'GET /changes/summaries': summary({ notebook: false })
    });
    fireEvent.click(await screen.findByText('b.py'));
    expect(executed[0][1]).toMatchObject({
      old_path: 'a.py',
      new_path: 'b.py'
    });
  });

  it('says how many files are not listed', async () => {
    await draw({
      'GET /changes': {
        ...changesOf(changedFile('a.py')),
        total: 1501,
        truncated: true
      },
      'GET /changes/summaries': summary({ notebook: false })
    });
    expect(await screen.findByText(/1500 more are not listed/)).toBeVisible();
  });
});

describe('the keys of the list', () => {
  it('move between files and between their boxes, and open a notebook', async () => {
    await draw({
      'GET /changes': changesOf(
        changedFile('a.ipynb'),
        changedFile('b.py'),
        changedFile('c.py')
      ),
      'GET /changes/summaries': summary({ cells_changed: 1, cells: [cell] })
    });
    const name = (await screen.findByText('a.ipynb')).closest('button')!;
    name.focus();
    await userEvent.keyboard('{ArrowRight}');
    expect(
      await screen.findByRole('list', { name: 'Changed cells' })
    ).toBeVisible();
    await userEvent.keyboard('{ArrowDown}');
    expect(document.activeElement).toHaveTextContent('score = roc_auc(y, p)');
    await userEvent.keyboard('{ArrowDown}');
    expect(document.activeElement).toHaveTextContent('b.py');
    await userEvent.keyboard('{Home}{ArrowLeft}');
    expect(screen.queryByRole('list', { name: 'Changed cells' })).toBeNull();
    screen.getByRole('checkbox', { name: 'Commit a.ipynb' }).focus();
    await userEvent.keyboard('{End}');
    expect(screen.getByRole('checkbox', { name: 'Commit c.py' })).toHaveFocus();
    await userEvent.keyboard('{ArrowUp}');
    expect(screen.getByRole('checkbox', { name: 'Commit b.py' })).toHaveFocus();
  });
});

describe('the commit box', () => {
  const ticked = changedFile('a.py', { staged: 'modified', unstaged: null });

  it('says what is missing before a commit', async () => {
    const { server } = await draw({
      'GET /changes': changesOf(changedFile('a.py')),
      'GET /changes/summaries': summary({ notebook: false }),
      'POST /changes/stage': changesOf(ticked)
    });
    expect(await screen.findByText('Tick what to commit.')).toBeInTheDocument();
    expect(screen.getByRole('button', { name: 'Commit' })).toBeDisabled();
    fireEvent.click(screen.getByRole('checkbox', { name: 'Commit a.py' }));
    expect(await screen.findByText('Write a message.')).toBeInTheDocument();
    fireEvent.change(screen.getByRole('textbox'), { target: { value: 'M' } });
    expect(screen.getByRole('button', { name: 'Commit' })).toBeEnabled();
    expect(server.to('POST /commits')).toHaveLength(0);
  });

  it('takes the focus when a command has asked for it, before or after it was drawn', async () => {
    const server = new FakeServer({
      'GET /changes': changesOf(ticked),
      'GET /changes/summaries': summary({ notebook: false })
    });
    const { services, model, current } = await panelFixture(server);
    model.requestPanel('focus-message');
    renderPart(services, <ChangesSection current={current} />);
    const box = await screen.findByRole('textbox', { name: 'Commit message' });
    expect(box).toHaveFocus();
    box.blur();
    model.requestPanel('focus-message');
    expect(box).toHaveFocus();
  });

  it('commits with Ctrl+Enter', async () => {
    const { server } = await draw({
      'GET /changes': changesOf(ticked),
      'GET /changes/summaries': summary({ notebook: false }),
      'POST /commits': { commit: {}, output: '' }
    });
    const box = await screen.findByRole('textbox', { name: 'Commit message' });
    fireEvent.change(box, { target: { value: 'Why' } });
    fireEvent.keyDown(box, { key: 'Enter', ctrlKey: true });
    await waitFor(() =>
      expect(server.to('POST /commits')[0]?.body).toEqual({
        message: 'Why',
        restage: []
      })
    );
    await waitFor(() => expect(box).toHaveValue(''));
  });

  it('offers the newer version of ticked files, on by default', async () => {
    await draw({
      'GET /changes': changesOf(
        changedFile('a.py', { staged: 'modified', unstaged: 'modified' })
      ),
      'GET /changes/summaries': summary({ notebook: false })
    });
    expect(
      await screen.findByRole('checkbox', {
        name: 'Include newer changes in 1 file'
      })
    ).toBeChecked();
    expect(
      screen.getByRole('checkbox', { name: 'Commit a.py' })
    ).toHaveAttribute('aria-checked', 'mixed');
  });

  it('lets a merge be finished when no file differs any more', async () => {
    await draw(
      { 'GET /changes': changesOf() },
      repository({ operation: 'merge' })
    );
    fireEvent.change(await screen.findByRole('textbox'), {
      target: { value: 'Merge main' }
    });
    expect(screen.getByRole('button', { name: 'Commit' })).toBeEnabled();
  });
});
