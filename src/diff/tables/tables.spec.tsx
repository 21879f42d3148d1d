import { render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';

import { rows } from '../../testing/diffs';
import { compareTables, type ITableDiff } from './compare';
import { csvDiff } from './csv';
import { type ITable, parseLines, parseTable } from './table';
import { TableDiff } from './tableDiff';

/** What pandas shows: a row is its name and its values. */
function frame(columns: string[], ...lines: string[][]): string {
  const head = columns.map(column => `<th>${column}</th>`).join('');
  const body = lines
    .map(
      ([name, ...values]) =>
        `<tr><th>${name}</th>${values.map(value => `<td>${value}</td>`).join('')}</tr>`
    )
    .join('');
  return `<div><style>td {}</style><table><thead><tr><th></th>${head}</tr></thead><tbody>${body}</tbody></table><p>${lines.length} rows</p></div>`;
}

function parsed(html: string): ITable {
  const table = parseTable(html);
  if (table === null) {
    throw new Error('no table');
  }
  return table;
}

function compared(old: string, now: string): ITableDiff {
  return compareTables(parsed(old), parsed(now));
}

function changes(diff: ITableDiff): string[] {
  return diff.rows.map(
    ({ kind, cells }) =>
      `${kind}: ${cells.map(({ old, new: now }) => (old === now ? now : `${old ?? ''}→${now ?? ''}`)).join(' ')}`
  );
}

describe('a table in HTML', () => {
  it('is read into names and values', () => {
    expect(parsed(frame(['a', 'b'], ['x', '1', '2']))).toEqual({
      columns: ['', 'a', 'b'],
      names: 1,
      rows: [['x', '1', '2']],
      caption: '1 rows'
    });
  });

  it('repeats values at all places that they span', () => {
    const table = parsed(
      '<table><tr><th></th><th colspan="2">sum</th></tr><tr><th rowspan="2">a</th><td>1</td><td>2</td></tr><tr><td>3</td><td>4</td></tr></table>'
    );
    expect(table.columns).toEqual(['', 'sum', 'sum']);
    expect(table.rows).toEqual([
      ['a', '1', '2'],
      ['a', '3', '4']
    ]);
  });

  it('is not guessed where there are several, or none', () => {
    expect(parseTable('<p>text</p>')).toBeNull();
    expect(parseTable('<table></table><table></table>')).toBeNull();
  });
});

describe('two tables', () => {
  it('are compared value by value', () => {
    const diff = compared(
      frame(['train', 'test'], ['accuracy', '0.9', '0.8'], ['loss', '1', '2']),
      frame(['train', 'test'], ['accuracy', '0.9', '0.7'], ['AUC', '5', '6'])
    );
    expect(changes(diff)).toEqual([
      'changed: accuracy 0.9 0.8→0.7',
      'removed: loss→ 1→ 2→',
      'added: →AUC →5 →6'
    ]);
    expect(diff.values).toBe(1);
  });

  it('match columns by their headers', () => {
    const diff = compared(
      frame(['a', 'b'], ['x', '1', '2']),
      frame(['a', 'new', 'b'], ['x', '1', '9', '2'])
    );
    expect(diff.columns.map(({ kind }) => kind)).toEqual([
      'same',
      'same',
      'added',
      'same'
    ]);
    expect(diff.values).toBe(0);
  });

  it('go by what is in the rows where their names only count them', () => {
    const diff = compared(
      frame(['a'], ['0', 'x'], ['1', 'gone'], ['2', 'y'], ['3', 'z']),
      frame(['a'], ['0', 'x'], ['1', 'y'], ['2', 'w'])
    );
    expect(diff.rows.map(({ kind }) => kind)).toEqual([
      'same',
      'removed',
      'same',
      'changed'
    ]);
  });

  it('are equal where numbers are only written differently', () => {
    const diff = compared(
      frame(['a'], ['x', '1,000.0'], ['y', '0.30000000000000004']),
      frame(['a'], ['x', '1000'], ['y', '0.3'])
    );
    expect(diff.values).toBe(0);
  });
});

describe('comma-separated values', () => {
  it('are read with their quotes', () => {
    expect(parseLines(['a,b', '"x, ""y""",2'])).toEqual([
      ['a', 'b'],
      ['x, "y"', '2']
    ]);
    expect(parseLines(['a\tb', '1\t2'])).toEqual([
      ['a', 'b'],
      ['1', '2']
    ]);
  });

  it('are no table where a value goes over the end of its line', () => {
    expect(parseLines(['a,b', '"x', 'y",2'])).toBeNull();
  });

  it('are compared by columns', () => {
    const diff = csvDiff(rows([' name,plan', ' a,pro', '-b,pro', '+b,basic']));
    expect(diff && changes(diff)).toEqual([
      'same: a pro',
      'changed: b pro→basic'
    ]);
    expect(diff?.columns.map(column => column.new)).toEqual(['name', 'plan']);
  });

  it('follow a new column', () => {
    const diff = csvDiff(rows(['-name', '-a', '+name,plan', '+a,pro']));
    expect(diff && changes(diff)).toEqual(['changed: a →pro']);
  });
});

describe('the view of two tables', () => {
  const lines = (change: string) =>
    Array.from({ length: 30 }, (_, index) => [
      `row ${index}`,
      index === 20 ? change : '1'
    ]);
  const diff = compared(
    frame(['a'], ...lines('old')),
    frame(['a'], ...lines('new'))
  );

  it('has old and new value in one cell', () => {
    render(<TableDiff diff={diff} label="Table" mode="inline" />);
    const row = screen.getByRole('row', { name: 'row 20 old new' });
    expect(within(row).getByText('old').tagName).toBe('DEL');
    expect(within(row).getByText('new').tagName).toBe('INS');
  });

  it('has one side in each table in split mode', () => {
    render(<TableDiff diff={diff} label="Table" mode="split" />);
    const [before, after] = screen.getAllByRole('table');
    expect(
      within(before).getByRole('row', { name: 'row 20 old' })
    ).toBeTruthy();
    expect(within(after).getByRole('row', { name: 'row 20 new' })).toBeTruthy();
  });

  it('folds unchanged rows, which the search of the browser finds', async () => {
    render(<TableDiff diff={diff} label="Table" mode="inline" />);
    expect(screen.queryByRole('row', { name: 'row 3 1' })).toBeNull();
    const folded = document.querySelector('[hidden="until-found"]');
    expect(folded?.textContent).toContain('row 3\t1');
    await userEvent.click(screen.getByText('19 unchanged rows · show'));
    expect(screen.getByRole('row', { name: 'row 3 1' })).toBeInTheDocument();
  });
});
