import { act, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';

import { renderWithApi } from '../testing/api';
import { cell, notebook, text } from '../testing/diffs';
import { FileDiffView, type IFileDiffViewProps } from './fileDiffView';
import { jumpTo } from './jump';
import type { IDiffLayer } from './layer';
import { DEFAULT_OPTIONS } from './types';

function show(
  props: Partial<IFileDiffViewProps> & Pick<IFileDiffViewProps, 'diff'>
) {
  return renderWithApi(
    <FileDiffView folder="" options={DEFAULT_OPTIONS} {...props} />
  );
}

const same = (count: number) =>
  Array.from({ length: count }, (_, index) => ` same ${index}`);

function numbers(row: HTMLElement): string[] {
  return within(row)
    .getAllByRole('cell')
    .map(each => each.textContent ?? '');
}

describe('the notebook view', () => {
  it('folds unchanged cells and shows them on demand', async () => {
    show({
      diff: notebook([cell(0, [' a']), cell(1, [' b']), cell(2, ['-c', '+d'])])
    });
    expect(screen.getAllByRole('group', { name: /^In/ })).toHaveLength(1);
    await userEvent.click(screen.getByText('2 unchanged cells · show'));
    expect(screen.getAllByRole('group', { name: /^In/ })).toHaveLength(3);
  });

  it('lets the search of the browser find what is folded', () => {
    const { container } = show({
      diff: notebook([cell(0, [' hidden = 1']), cell(1, ['+x'])])
    });
    const text = container.querySelector('[hidden="until-found"]') as Element;
    expect(text.textContent).toBe('hidden = 1');
    act(() => void text.dispatchEvent(new Event('beforematch')));
    expect(screen.getAllByRole('group', { name: /^In/ })).toHaveLength(2);
  });

  it('says at their old place where cells have gone to', async () => {
    const side = (index: number) => ({
      index,
      id: null,
      execution_count: null,
      line: null,
      last_line: null
    });
    const moved = { moved: true, old: side(2), new: side(0) };
    show({
      diff: notebook([
        cell(0, [' a'], moved),
        cell(0, [' b'], { new: side(1) }),
        cell(1, [' c'], { new: side(2) })
      ])
    });
    Element.prototype.scrollIntoView = jest.fn();
    await userEvent.click(
      screen.getByText('↑ In [ ] has moved to place 1 · go there')
    );
    expect(screen.getByRole('group', { name: /moved from/ })).toHaveFocus();
  });

  it('hides cells of which only the outputs changed, if asked to', () => {
    show({
      diff: notebook([cell(0, [' a'], { outputs_changed: true })]),
      options: { ...DEFAULT_OPTIONS, outputOnly: false }
    });
    expect(
      screen.getByText('1 cell with changes in its outputs only · show')
    ).toBeInTheDocument();
  });

  it('leads to what is left out where there is nothing else', async () => {
    const onOptions = jest.fn();
    const metadata = [{ path: '/tags', old: null, new: ['a'] }] as never;
    const diff = notebook([
      cell(0, [' a'], { outputs_changed: true, metadata })
    ]);
    const options = { ...DEFAULT_OPTIONS, outputs: false, metadata: false };
    const { unmount } = show({ diff, options, onOptions });
    expect(screen.getByText('No changes in code')).toBeInTheDocument();
    await userEvent.click(
      screen.getByRole('button', { name: 'Show changed outputs' })
    );
    await userEvent.click(
      screen.getByRole('button', { name: 'Show changed metadata' })
    );
    expect(onOptions.mock.calls).toEqual([
      [{ ...options, outputs: true, outputOnly: true }],
      [{ ...options, metadata: true }]
    ]);
    unmount();
    show({ diff, options: { ...options, metadata: true } });
    expect(screen.queryByText('No changes in code')).toBeNull();
  });

  it('brings the reader to a cell, folded or not', () => {
    Element.prototype.scrollIntoView = jest.fn();
    const cells = Array.from({ length: 60 }, (_, index) =>
      cell(index, [index % 2 === 0 ? '+x' : ' same'])
    );
    const diff = notebook(cells);
    show({ diff, jump: jumpTo({ id: 'cell-55', index: 0 }) });
    expect(screen.getByRole('group', { name: /^In \[56\]/ })).toHaveFocus();
  });

  it('tells old and new line, sign and code of each row', () => {
    show({ diff: notebook([cell(0, [' a', '-b', '+c'])]) });
    const [, ...rows] = screen.getAllByRole('row');
    expect(rows.map(numbers)).toEqual([
      ['1', '1', '', 'a'],
      ['2', '', '−', 'b'],
      ['', '2', '+', 'c']
    ]);
    expect(screen.getByLabelText('removed')).toHaveTextContent('−');
  });

  it('puts both sides beside each other in split mode', () => {
    show({
      diff: notebook([cell(0, ['-b', '+c'])]),
      options: { ...DEFAULT_OPTIONS, mode: 'split' }
    });
    const [, row] = screen.getAllByRole('row');
    expect(numbers(row)).toEqual(['1', '−', 'b', '1', '+', 'c']);
  });

  it('puts nothing beside a cell that is on one side only', () => {
    show({
      diff: notebook([cell(0, ['+a'], { kind: 'added', old: null })]),
      options: { ...DEFAULT_OPTIONS, mode: 'split' }
    });
    const [row] = screen.getAllByRole('row').slice(1);
    expect(numbers(row)).toEqual(['', '1', '+', 'a']);
  });

  it('folds long unchanged runs inside a cell', async () => {
    show({ diff: notebook([cell(0, [...same(30), '+x'])]) });
    expect(screen.queryByText('same 5')).toBeNull();
    expect(
      document.querySelector('[hidden="until-found"]')?.textContent
    ).toContain('same 5\n');
    await userEvent.click(screen.getByText('27 unchanged lines · show'));
    expect(screen.getByText('same 5')).toBeInTheDocument();
  });

  it('says of each cell what happened to it', () => {
    const cells = [
      cell(0, ['+a'], { kind: 'added', old: null }),
      cell(1, ['-a'], { kind: 'removed', new: null }),
      cell(2, [' a'], {
        moved: true,
        new: {
          index: 0,
          id: null,
          execution_count: 9,
          line: null,
          last_line: null
        }
      })
    ];
    show({ diff: notebook(cells) });
    expect(
      screen.getByRole('group', { name: 'In [1] code + added' })
    ).toBeInTheDocument();
    expect(
      screen.getByRole('group', { name: 'In [2] code − removed' })
    ).toBeInTheDocument();
    expect(
      screen.getByRole('group', {
        name: 'In [3] → [9] code ↑ moved from place 3 to 1'
      })
    ).toBeInTheDocument();
  });

  it('marks what changed within a line', () => {
    const diff = notebook([cell(0, ['-acc(y)', '+auc(y)'])]);
    diff.cells[0].rows[1].spans = [[0, 3]];
    const { container } = show({ diff });
    expect(
      Array.from(container.querySelectorAll('mark'), mark => mark.textContent)
    ).toEqual(['auc']);
  });

  it('shows changed metadata only when asked to', () => {
    const diff = notebook([
      cell(0, ['+a'], {
        metadata: [{ path: '/tags', old: null, new: '["x"]' }]
      })
    ]);
    const { rerender } = show({ diff });
    expect(screen.queryByText('/tags')).toBeNull();
    rerender(
      <FileDiffView
        folder=""
        diff={diff}
        options={{ ...DEFAULT_OPTIONS, metadata: true }}
      />
    );
    expect(screen.getByText('/tags')).toBeInTheDocument();
  });

  it('cuts a line of a megabyte', () => {
    show({ diff: notebook([cell(0, [`+${'x'.repeat(1_000_000)}`])]) });
    expect(
      screen.getByText('… 996000 more characters · show')
    ).toBeInTheDocument();
  });

  it('says that there are no changes', () => {
    show({ diff: notebook([cell(0, [' a'])], { equal: true }) });
    expect(screen.getByText('Both versions are the same.')).toBeInTheDocument();
  });
});

describe('other faces', () => {
  it('say that only white space has changed, and show it on demand', async () => {
    const onOptions = jest.fn();
    const options = { ...DEFAULT_OPTIONS, whitespace: false };
    show({ diff: text([' a', ' b']), options, onOptions });
    expect(screen.queryByRole('table')).toBeNull();
    await userEvent.click(screen.getByText('Show changes in white space'));
    expect(onOptions).toHaveBeenCalledWith(DEFAULT_OPTIONS);
  });

  it('says where lines of a very long text are missing', () => {
    const { rows } = text(['-a', '+A', ' b', ' c', ' d', ' e']);
    const diff = text([], { truncated: true });
    show({ diff: { ...diff, rows: [...rows.slice(0, 3), rows[5]] } });
    expect(
      screen.getByText('2 unchanged lines, not shown')
    ).toBeInTheDocument();
  });

  it('says why a notebook is compared as text', () => {
    show({ diff: text(['+<<<<<<<'], { reason: 'it has conflict markers' }) });
    expect(
      screen.getByText('Compared as text: it has conflict markers')
    ).toBeInTheDocument();
  });

  it('gives the sizes of a binary file', () => {
    const { old, new: now } = text([]);
    show({
      diff: {
        type: 'binary',
        old,
        new: now && { ...now, size: 2_500_000 },
        equal: false,
        mime_type: null,
        reason: null
      }
    });
    expect(
      screen.getByText('Before: 1.0 kB · After: 2.5 MB')
    ).toBeInTheDocument();
  });
});

describe('the keys', () => {
  const diff = notebook([
    cell(0, ['+a']),
    cell(1, [' b']),
    cell(2, ['+c', ' d'])
  ]);

  function layer(comment = jest.fn()): IDiffLayer {
    return { cell: () => null, end: null, comment, commentCell: jest.fn() };
  }

  beforeAll(() => {
    Element.prototype.scrollIntoView = jest.fn();
  });

  it('go from change to change', async () => {
    show({ diff });
    screen.getByRole('region', { name: /Press \?/ }).focus();
    await userEvent.keyboard('j');
    expect(screen.getByRole('group', { name: /^In \[1\]/ })).toHaveFocus();
    await userEvent.keyboard('j');
    expect(screen.getByRole('group', { name: /^In \[3\]/ })).toHaveFocus();
    await userEvent.keyboard('k');
    expect(screen.getByRole('group', { name: /^In \[1\]/ })).toHaveFocus();
  });

  it('comment on the row that has the focus', async () => {
    const comment = jest.fn();
    show({ diff, layer: layer(comment) });
    screen.getByRole('group', { name: /^In \[3\]/ }).focus();
    await userEvent.keyboard('{ArrowDown}{ArrowDown}c');
    expect(comment).toHaveBeenCalledTimes(1);
    const [place, anchor] = comment.mock.calls[0];
    expect(place).toMatchObject({ cell: 2, index: 1 });
    expect(anchor).toEqual({ old_line: 201, new_line: 202 });
  });

  it('offer no comment where GitLab takes none', () => {
    const bare = notebook([cell(0, ['+a'])]);
    bare.cells[0].rows[0].anchor = null;
    show({ diff: bare, layer: layer() });
    expect(
      screen.queryByRole('button', { name: /Comment on (old )?line/ })
    ).toBeNull();
  });
});

describe('copying', () => {
  /** jsdom has no usable ranges here: a selection of these rows. */
  function select(rows: readonly Element[], from: Element): void {
    const contents = document.createDocumentFragment();
    contents.append(...rows.map(row => row.cloneNode(true)));
    jest.spyOn(document, 'getSelection').mockReturnValue({
      isCollapsed: false,
      rangeCount: 1,
      anchorNode: from,
      getRangeAt: () => ({ cloneContents: () => contents })
    } as unknown as Selection);
  }

  function copied(from: Element): string {
    const setData = jest.fn();
    const event = new Event('copy', { bubbles: true, cancelable: true });
    Object.assign(event, { clipboardData: { setData } });
    from.dispatchEvent(event);
    return setData.mock.calls[0][1];
  }

  afterEach(() => jest.restoreAllMocks());

  it('gives the code without numbers and signs', () => {
    const { container } = show({
      diff: notebook([cell(0, [' a', '-b', '', '+c'])])
    });
    const rows = Array.from(container.querySelectorAll('tbody tr'));
    select(rows, rows[0]);
    expect(copied(rows[0])).toBe('a\nb\n\nc');
  });

  it('keeps to the side where the selection began', () => {
    const { container } = show({
      diff: notebook([cell(0, [' a', '-b', '+c'])]),
      options: { ...DEFAULT_OPTIONS, mode: 'split' }
    });
    const rows = Array.from(container.querySelectorAll('tbody tr'));
    const from = rows[0].querySelector('td[data-side="new"]') as Element;
    select(rows, from);
    expect(copied(from)).toBe('a\nc');
  });
});
