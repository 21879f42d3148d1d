import { Notification } from '@jupyterlab/apputils';
import type { IDocumentManager } from '@jupyterlab/docmanager';
import type { IFileBrowserFactory } from '@jupyterlab/filebrowser';
import { nullTranslator } from '@jupyterlab/translation';
import { CommandRegistry } from '@lumino/commands';
import { fireEvent, render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';

import { press } from '../testing/dialog';
import { fileCommit } from '../testing/history';
import { FakeServer, Says } from '../testing/server';
import type { IGitLab } from '../tokens';
import {
  compareWithBranch,
  compareWithCommit,
  compareWithFile,
  compareWithHead,
  type ICompareServices,
  locate
} from './actions';
import { PickList } from './pickList';
import { chosenFile, type IPlaces } from './places';

const trans = nullTranslator.load('jupyterlab_gitlab');

function setUp(hasCommits = true) {
  const server = new FakeServer({
    'GET /file-places': {
      folder: 'clone',
      path: { id: 'nb/a.ipynb', display: 'nb/a.ipynb', contents_path: null },
      has_commits: hasCommits
    },
    'GET /branches': {
      branches: [
        { name: 'main', remote: null, sha: 'a'.repeat(40), title: 'Start' },
        { name: 'topic', remote: 'origin', sha: 'b'.repeat(40), title: 'Go on' }
      ].map(each => ({ ...each, committed_at: '2026-01-01T00:00:00Z' })),
      default: 'main'
    },
    'GET /file-history': {
      items: [
        fileCommit(2),
        fileCommit(1, {
          path: { id: 'old.ipynb', display: 'old.ipynb', contents_path: null }
        })
      ],
      next_page: null
    }
  });
  const opened: unknown[] = [];
  const commands = new CommandRegistry();
  commands.addCommand('gitlab:open-diff', {
    execute: args => void opened.push(args)
  });
  const services: ICompareServices = {
    commands,
    docManager: {} as IDocumentManager,
    gitlab: { client: server.client() } as IGitLab,
    trans
  };
  return { server, services, opened };
}

// jsdom does not open <dialog>: all in it counts as hidden.
const hidden = { hidden: true };

describe('comparing a file', () => {
  it('with the last commit takes HEAD and the work tree', async () => {
    const { services, opened, server } = setUp();
    await compareWithHead(services, 'clone/nb/a.ipynb');
    expect(server.seen[0].query.get('contents_path')).toBe('clone/nb/a.ipynb');
    expect(opened).toEqual([
      {
        folder: 'clone',
        old: 'HEAD',
        new: 'WORKTREE',
        old_path: 'nb/a.ipynb',
        new_path: 'nb/a.ipynb',
        label: 'HEAD → work tree'
      }
    ]);
  });

  it('before the first commit shows all of it as new', async () => {
    const { services, opened } = setUp(false);
    await compareWithHead(services, 'clone/nb/a.ipynb');
    expect(opened).toMatchObject([{ old: 'EMPTY' }]);
  });

  it('with a branch asks which', async () => {
    const { services, opened } = setUp();
    const done = compareWithBranch(services, 'clone/nb/a.ipynb');
    const input = await screen.findByRole('combobox', hidden);
    await userEvent.type(input, 'topic');
    await press('Compare');
    await done;
    expect(opened).toMatchObject([
      { old: 'b'.repeat(40), label: 'origin/topic → work tree' }
    ]);
  });

  it('with a branch that is named asks nothing', async () => {
    const { services, opened } = setUp();
    await compareWithBranch(services, 'clone/nb/a.ipynb', 'main');
    expect(opened).toMatchObject([{ old: 'a'.repeat(40) }]);
  });

  it('with one of its commits takes the name that it had there', async () => {
    const { services, opened } = setUp();
    const done = compareWithCommit(services, 'clone/nb/a.ipynb');
    const option = await screen.findByRole('option', {
      name: /^Commit 1/,
      ...hidden
    });
    // jsdom has no selections, which userEvent's double click needs.
    fireEvent.click(option);
    fireEvent.doubleClick(option);
    await done;
    expect(opened).toMatchObject([
      { old: '1'.repeat(40), old_path: 'old.ipynb', new_path: 'nb/a.ipynb' }
    ]);
  });

  it('opens nothing when the choice is cancelled', async () => {
    const { services, opened } = setUp();
    const done = compareWithCommit(services, 'clone/nb/a.ipynb');
    await screen.findByRole('option', {
      name: /^Commit 1/,
      ...hidden
    });
    await press('Cancel');
    await done;
    expect(opened).toEqual([]);
  });

  it('with another file takes both as they lie on the disk', async () => {
    const { services, opened } = setUp();
    await compareWithFile(services, 'clone/a b.py', 'other/c.py');
    expect(opened).toEqual([
      {
        folder: 'clone',
        old: 'CONTENTS',
        new: 'CONTENTS',
        old_path: 'other/c.py',
        new_path: 'clone/a%20b.py',
        label: 'c.py → a b.py'
      }
    ]);
  });

  it('says why it can not be done', async () => {
    const { services, server } = setUp();
    server.answer(
      'GET /file-places',
      new Says(404, {
        code: 'not_a_repository',
        message: 'This folder is not inside a git repository.',
        hint: 'Open a folder of a clone.',
        details: {}
      })
    );
    const error = jest.spyOn(Notification, 'error').mockReturnValue('');
    expect(await locate(services, 'a.py')).toBeNull();
    expect(error.mock.calls[0][0]).toBe(
      'The file could not be compared. This folder is not inside a git repository. Open a folder of a clone.'
    );
    error.mockRestore();
  });
});

describe('the file that a command is about', () => {
  function places(open: string | null, ...selected: string[]): IPlaces {
    const items = selected.map(path => ({ path, type: 'file' }));
    return {
      app: { shell: { currentWidget: open === null ? null : {} } },
      docManager: { contextForWidget: () => ({ path: open }) },
      browsers: {
        tracker: {
          currentWidget: {
            selectedItems: () =>
              [{ path: 'folder', type: 'directory' }, ...items].values()
          }
        }
      } as unknown as IFileBrowserFactory
    } as unknown as IPlaces;
  }

  it('is the one that is named', () => {
    expect(chosenFile(places('a', 'b'), { path: 'c' })).toBe('c');
  });

  it('is the selected one in the browser’s own menu', () => {
    expect(chosenFile(places('a', 'b'), { isMenu: true })).toBe('b');
    expect(chosenFile(places('a'), { isMenu: true })).toBeNull();
  });

  it('is the open one elsewhere, else the selected one', () => {
    expect(chosenFile(places('a', 'b'), {})).toBe('a');
    expect(chosenFile(places(null, 'b'), {})).toBe('b');
    expect(chosenFile({ ...places(null), browsers: null }, {})).toBeNull();
  });
});

describe('a list to pick from', () => {
  const options = ['one', 'two', 'three'].map(label => ({
    key: label,
    label,
    detail: `${label} more`,
    value: label
  }));

  it('is filtered, and chosen from by keys', async () => {
    const onChoose = jest.fn();
    render(
      <PickList
        load={() => Promise.resolve({ options, next: null })}
        trans={trans}
        onChoose={onChoose}
        onAccept={jest.fn()}
      />
    );
    await screen.findByRole('option', { name: /^one/ });
    await userEvent.type(screen.getByRole('combobox'), 't{ArrowDown}');
    expect(onChoose).toHaveBeenLastCalledWith(options[2]);
    await userEvent.type(screen.getByRole('combobox'), 'hr');
    expect(screen.getAllByRole('option')).toHaveLength(1);
    await userEvent.type(screen.getByRole('combobox'), 'x');
    expect(screen.getByText('Nothing found.')).toBeInTheDocument();
    expect(onChoose).toHaveBeenLastCalledWith(null);
  });

  it('goes on with the next page', async () => {
    const load = jest.fn((page: number) =>
      Promise.resolve({
        options: [options[page - 1]],
        next: page < 2 ? page + 1 : null
      })
    );
    render(
      <PickList
        load={load}
        trans={trans}
        onChoose={jest.fn()}
        onAccept={jest.fn()}
      />
    );
    await userEvent.click(await screen.findByText('Show more'));
    await waitFor(() => expect(screen.getAllByRole('option')).toHaveLength(2));
    expect(screen.queryByText('Show more')).toBeNull();
  });
});
