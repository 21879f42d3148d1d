import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';

import { fakeClient, renderWithApi } from '../../testing/api';
import { cell, notebook } from '../../testing/diffs';
import { FileDiffView } from '../fileDiffView';
import {
  DEFAULT_OPTIONS,
  type IDiffOptions,
  type OutputDiff,
  type OutputSummary
} from '../types';

type Kind = OutputSummary['kind'];

function summary(kind: Kind, digest: string, size = 100): OutputSummary {
  return {
    index: 0,
    output_type: 'display_data',
    kind,
    mime_types: [],
    size,
    digest,
    line: null,
    first_line: null,
    last_line: null
  };
}

/** Shows a cell with one output on each side; `bodies` are what the server has under "old" and "new". */
function show(
  output: OutputDiff,
  bodies: Record<string, object>,
  options: Partial<IDiffOptions> = {}
) {
  const client = fakeClient();
  client.get.mockImplementation((_path, { query }) =>
    Promise.resolve({ output: bodies[query.digest] })
  );
  renderWithApi(
    <FileDiffView
      folder="clone"
      diff={notebook([
        cell(0, [' a'], {
          kind: 'changed',
          outputs_changed: true,
          outputs: [output]
        })
      ])}
      options={{ ...DEFAULT_OPTIONS, ...options }}
    />,
    { client }
  );
  return client;
}

function changed(kind: Kind, size?: number): OutputDiff {
  return {
    kind: 'changed',
    old: summary(kind, 'old', size),
    new: summary(kind, 'new', size)
  };
}

const stream = (text: string) => ({
  output_type: 'stream',
  name: 'stdout',
  text
});
const html = (value: string) => ({
  output_type: 'display_data',
  metadata: {},
  data: { 'text/html': value, 'text/plain': '' }
});

// Without an observer everything counts as near; jest's own never says so.
beforeAll(() => {
  // @ts-expect-error Browsers always have one.
  delete globalThis.IntersectionObserver;
});

describe('a changed output', () => {
  it('that is text is compared line by line', async () => {
    show(changed('text'), {
      old: stream('one\ntwo\n'),
      new: stream('one\nthree\n')
    });
    const table = await screen.findByRole('table', {
      name: 'Output changed · text'
    });
    const rows = within(table).getAllByRole('row').slice(1);
    expect(rows.map(row => row.textContent)).toEqual([
      '11one',
      '2−two',
      '2+three'
    ]);
  });

  it('that differs in colours only says so', async () => {
    show(changed('text'), {
      old: stream('a'),
      new: stream('\u001b[31ma\u001b[0m')
    });
    expect(await screen.findByText('The text is the same.')).toBeVisible();
  });

  it('that is an error shows its name before the traceback', async () => {
    const error = (ename: string) => ({
      output_type: 'error',
      ename,
      evalue: 'no',
      traceback: [`${ename}: no`, 'line 1']
    });
    show(changed('error'), {
      old: error('KeyError'),
      new: error('ValueError')
    });
    expect(
      await screen.findByRole('table', { name: 'Error' })
    ).toHaveTextContent('−KeyError: no');
    expect(screen.getByRole('table', { name: 'Traceback' })).toBeVisible();
  });

  it('that is a table is compared value by value', async () => {
    const table = (value: string) =>
      html(
        `<table><tr><th></th><th>auc</th></tr><tr><th>test</th><td>${value}</td></tr></table>`
      );
    show(changed('table'), { old: table('0.8'), new: table('0.9') });
    expect(
      await screen.findByText('Output changed · table · 1 value changed')
    ).toBeVisible();
    expect(
      screen.getByRole('row', { name: 'test 0.8 0.9' })
    ).toBeInTheDocument();
  });

  it('of any other kind stands on both sides as the notebook shows it', async () => {
    show(changed('html'), {
      old: html('<b>12 left</b>'),
      new: html('<b>14 left</b>')
    });
    const before = await screen.findByRole('group', { name: 'Before' });
    expect(await within(before).findByText('12 left')).toBeVisible();
    const after = screen.getByRole('group', { name: 'After' });
    expect(await within(after).findByText('14 left')).toBeVisible();
  });

  it('that is large waits until it is asked for', async () => {
    const client = show(changed('text', 3_000_000), {
      old: stream('a'),
      new: stream('b')
    });
    expect(client.get).not.toHaveBeenCalled();
    await userEvent.click(screen.getByText('Show output (6.0 MB)'));
    expect(
      await screen.findByRole('table', { name: 'Output changed · text' })
    ).toBeVisible();
  });
});

describe('an output on one side', () => {
  it('says whether it was added or removed', () => {
    show({ kind: 'added', old: null, new: summary('text', 'new') }, {});
    expect(
      screen.getByRole('group', { name: '+ Output added · text' })
    ).toBeVisible();
  });

  it('that has not changed is folded', async () => {
    const same = summary('text', 'new');
    show(
      { kind: 'same', old: same, new: same },
      { new: { ...stream('unchanged words') } }
    );
    expect(screen.queryByRole('group', { name: /unchanged/ })).toBeNull();
    await userEvent.click(screen.getByText('1 unchanged output · show'));
    expect(
      screen.getByRole('group', { name: 'Output, unchanged · text' })
    ).toBeVisible();
    expect(await screen.findByText('unchanged words')).toBeVisible();
  });
});
