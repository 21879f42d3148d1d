import { nullTranslator } from '@jupyterlab/translation';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';

import { DiffSettings } from '../diff/settings';
import { type FakeClient, fakeClient, renderWithApi } from '../testing/api';
import { text } from '../testing/diffs';
import { fileCommit } from '../testing/history';
import { HistoryDocument } from './document';
import { changeOf, diffArgs, eventText, historyEntries } from './entries';

const trans = nullTranslator.load('jupyterlab_gitlab');
const sha = (number: number) => String(number).repeat(40);

describe('the versions of a file', () => {
  const old = { id: 'b.py', display: 'b.py', contents_path: null };
  const entries = historyEntries('a.py', [
    fileCommit(3, { status: 'renamed', old_path: old }),
    fileCommit(2, { path: old })
  ]);

  it('begin with the work tree', () => {
    expect(entries.map(({ key }) => key)).toEqual(['WORKTREE', sha(3), sha(2)]);
  });

  it('are compared under the names that they have', () => {
    expect(diffArgs('clone', entries, changeOf(entries, 1))).toEqual({
      folder: 'clone',
      old: sha(2),
      oldPath: 'b.py',
      new: sha(3),
      newPath: 'a.py',
      label: ''
    });
  });

  it('are compared with nothing before the first', () => {
    expect(diffArgs('clone', entries, changeOf(entries, 2))).toEqual({
      folder: 'clone',
      old: 'EMPTY',
      oldPath: 'b.py',
      new: sha(2),
      newPath: 'b.py',
      label: ''
    });
  });

  it('say what else happened to the file', () => {
    expect(eventText(fileCommit(1, { status: 'added' }), trans)).toBe('added');
    expect(
      eventText(fileCommit(1, { status: 'renamed', old_path: old }), trans)
    ).toBe('renamed from b.py');
    expect(eventText(fileCommit(1), trans)).toBe('');
  });
});

describe('the history of a file', () => {
  /** Two pages of two commits. */
  function pages(client: FakeClient): void {
    client.get.mockImplementation((path, { query }) => {
      if (path === '/file-history') {
        const items =
          query.page === 1
            ? [fileCommit(4), fileCommit(3)]
            : [fileCommit(2), fileCommit(1, { status: 'added' })];
        return Promise.resolve({
          items,
          next_page: query.page === 1 ? 2 : null
        });
      }
      return Promise.resolve(text([`+${query.old} ${query.new}`]));
    });
  }

  function show(client: FakeClient) {
    return renderWithApi(
      <HistoryDocument
        folder="clone"
        path="a.py"
        settings={new DiffSettings(null)}
      />,
      { client }
    );
  }

  it('shows what the newest commit changed', async () => {
    const client = fakeClient();
    pages(client);
    show(client);
    expect(await screen.findByText('Commit 4')).toBeInTheDocument();
    expect(await screen.findByText(`${sha(3)} ${sha(4)}`)).toBeInTheDocument();
    expect(screen.getByLabelText('Compare to 44444444')).toBeChecked();
    expect(screen.getByLabelText('Compare from 33333333')).toBeChecked();
  });

  it('compares any two versions, the older one with the newer', async () => {
    const client = fakeClient();
    pages(client);
    show(client);
    await userEvent.click(await screen.findByText('Older commits'));
    await userEvent.click(
      await screen.findByLabelText('Compare from 11111111')
    );
    await userEvent.click(screen.getByLabelText('Compare to work tree'));
    expect(await screen.findByText(`${sha(1)} WORKTREE`)).toBeInTheDocument();
    expect(screen.getByLabelText('Compare from work tree')).toBeDisabled();
    expect(screen.getByLabelText('Compare to 11111111')).toBeDisabled();
  });

  it('loads the next page to know what a commit changed', async () => {
    const client = fakeClient();
    pages(client);
    show(client);
    await userEvent.click(
      await screen.findByRole('button', { name: /^Commit 3/ })
    );
    expect(await screen.findByText(`${sha(2)} ${sha(3)}`)).toBeInTheDocument();
  });

  it('shows the whole file as the first commit has it', async () => {
    const client = fakeClient();
    pages(client);
    show(client);
    await userEvent.click(await screen.findByText('Older commits'));
    await userEvent.click(
      await screen.findByRole('button', { name: /^Commit 1/ })
    );
    expect(await screen.findByText(`EMPTY ${sha(1)}`)).toBeInTheDocument();
  });

  it('says that there is none', async () => {
    const client = fakeClient();
    client.get.mockResolvedValue({ items: [], next_page: null });
    show(client);
    expect(
      await screen.findByText('No commit has changed this file yet')
    ).toBeInTheDocument();
  });

  it('says why it could not be read, and tries again', async () => {
    const client = fakeClient();
    client.get.mockRejectedValueOnce(new Error('no such branch'));
    show(client);
    const box = await screen.findByRole('alert');
    expect(box).toHaveTextContent('no such branch');
    pages(client);
    await userEvent.click(within(box).getByRole('button', { name: /again/ }));
    await waitFor(() =>
      expect(screen.getByText('Commit 4')).toBeInTheDocument()
    );
  });
});
