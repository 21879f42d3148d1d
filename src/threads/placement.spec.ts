import { cell, DIFF_REFS, notebook, text } from '../testing/diffs';
import { discussion, position } from '../testing/mergeRequests';
import { LineIndex, placeItems } from './placement';

const FILE = {
  oldPath: 'train.ipynb',
  newPath: 'train.ipynb',
  headSha: DIFF_REFS.head_sha
};

const DIFF = notebook([
  cell(1, [' a', '-b', '+c', ' d']),
  cell(2, [' e'], {
    outputs: [
      {
        kind: 'same',
        old: null,
        new: {
          index: 0,
          output_type: 'stream',
          kind: 'text',
          mime_types: [],
          size: 1,
          digest: 'x',
          line: 220,
          first_line: 217,
          last_line: 230
        }
      }
    ]
  })
]);

function spot(lines: { old_line?: number; new_line?: number }) {
  const found = new LineIndex(DIFF).find(lines);
  return found.kind === 'row'
    ? `${found.place.cell}:${found.place.index}`
    : found.kind === 'output'
      ? `cell ${found.cell} output ${found.output}`
      : found.kind === 'cell'
        ? `cell ${found.cell}`
        : found.kind;
}

describe('LineIndex', () => {
  it('finds the row whose anchor the position is', () => {
    expect(spot({ old_line: 101, new_line: 101 })).toBe('0:0');
    expect(spot({ old_line: 102 })).toBe('0:1');
    expect(spot({ new_line: 102 })).toBe('0:2');
  });

  it('finds a row by its line where git pairs the lines otherwise', () => {
    expect(spot({ new_line: 103 })).toBe('0:3');
    expect(spot({ old_line: 103 })).toBe('0:3');
  });

  it('finds the cell, and its output, of a line that is no source', () => {
    expect(spot({ new_line: 150 })).toBe('cell 0');
    expect(spot({ new_line: 225 })).toBe('cell 1 output 0');
    expect(spot({ new_line: 217 })).toBe('cell 1 output 0');
    expect(spot({ new_line: 231 })).toBe('cell 1');
  });

  it('knows lines before the first cell and behind the last one to be nowhere', () => {
    expect(spot({ new_line: 3 })).toBe('file');
    expect(spot({ new_line: 300 })).toBe('file');
  });

  it('prefers a row’s own anchor to a line under which GitLab lists another', () => {
    const lagging = cell(1, [' a', ' b']);
    lagging.rows[1].view_rows = [
      { old: null, new: 101, anchor: { old_line: 101, new_line: 101 } },
      { old: null, new: 90, anchor: { old_line: null, new_line: 90 } }
    ];
    const index = new LineIndex(notebook([lagging]));
    expect(index.find({ old_line: 101, new_line: 101 })).toMatchObject({
      place: { index: 0 }
    });
    expect(index.find({ new_line: 90 })).toMatchObject({ place: { index: 1 } });
  });

  it('finds a comment on the old half of a row', () => {
    const half = cell(1, [' a']);
    half.rows[0].anchor = { old_line: null, new_line: 101 };
    half.rows[0].old_half = {
      old: 101,
      new: null,
      anchor: { old_line: 101, new_line: null }
    };
    const index = new LineIndex(notebook([half]));
    expect(index.find({ old_line: 101 })).toMatchObject({ kind: 'row' });
  });

  it('takes the first of many rows on one raw line', () => {
    const single = cell(1, [' a', ' b']);
    single.rows.forEach(row => {
      row.new = 101;
      row.anchor = { old_line: 101, new_line: 101 };
    });
    expect(
      new LineIndex(notebook([single])).find({ old_line: 101, new_line: 101 })
    ).toMatchObject({ place: { index: 0 } });
  });

  it('works on text files', () => {
    const index = new LineIndex(text([' a', '+b']));
    expect(index.find({ new_line: 2 })).toMatchObject({
      place: { cell: -1, index: 1 }
    });
  });
});

describe('placeItems', () => {
  it('sorts threads by where they are shown', () => {
    const placed = placeItems(
      new LineIndex(DIFF),
      [
        discussion('row', { position: position({ new_line: 102 }) }),
        discussion('cell', { position: position({ new_line: 225 }) }),
        discussion('file', { position: position({ new_line: 1 }) }),
        discussion('general'),
        discussion('outdated', {
          position: position({ new_line: 102 }, { outdated: true })
        }),
        discussion('newer', {
          position: position(
            { new_line: 102 },
            { diff_refs: { ...DIFF_REFS, head_sha: 'd'.repeat(40) } }
          )
        }),
        discussion('elsewhere', {
          position: position(
            { new_line: 102 },
            {
              old_path: { id: 'x', display: 'x', contents_path: null },
              new_path: { id: 'x', display: 'x', contents_path: null }
            }
          )
        })
      ],
      FILE
    );
    const ids = (list: readonly { id: string }[] | undefined) =>
      list?.map(each => each.id);
    expect([...placed.slots.keys()]).toEqual(['row:0:2', 'output:1:new:0']);
    expect(ids(placed.slots.get('row:0:2')?.items)).toEqual(['row']);
    expect(ids(placed.slots.get('output:1:new:0')?.items)).toEqual(['cell']);
    expect(ids(placed.file)).toEqual(['file', 'newer']);
    expect(ids(placed.outdated)).toEqual(['outdated']);
  });

  it('finds the threads of a renamed file under its old name', () => {
    const renamed = position(
      { old_line: 102 },
      { new_path: { id: 'new.ipynb', display: '', contents_path: null } }
    );
    const placed = placeItems(
      new LineIndex(DIFF),
      [discussion('a', { position: renamed })],
      { ...FILE, newPath: 'new.ipynb' }
    );
    expect(placed.slots.size).toBe(1);
  });
});

describe('what was said of a cell or an output', () => {
  const path = { id: 'train.ipynb', display: '', contents_path: null };
  const mark = {
    path,
    side: 'new' as const,
    index: 9,
    id: 'cell-2' as string | null,
    output: null as number | null
  };
  const keys = (more: Parameters<typeof discussion>[1]) => [
    ...placeItems(
      new LineIndex(DIFF),
      [discussion('a', more)],
      FILE
    ).slots.keys()
  ];

  it('stands there, whatever line GitLab has it on', () => {
    expect(
      keys({
        position: position({ old_line: 201, new_line: 201 }),
        cell: { ...mark, output: 0 }
      })
    ).toEqual(['output:1:new:0']);
    expect(keys({ position: position({ new_line: 225 }), cell: mark })).toEqual(
      ['cell:1']
    );
  });

  it('follows the line that GitLab keeps up to date, not the old cell', () => {
    expect(keys({ position: position({ new_line: 102 }), cell: mark })).toEqual(
      ['cell:0']
    );
  });

  it('is found by the id of the cell when GitLab has no line for it, or no more', () => {
    expect(keys({ cell: mark })).toEqual(['cell:1']);
    expect(
      keys({
        position: position({ new_line: 7 }, { outdated: true }),
        cell: mark
      })
    ).toEqual(['cell:1']);
  });

  it('is found by its place where cells have no ids, and nowhere if the cell is gone', () => {
    expect(keys({ cell: { ...mark, id: null, index: 1 } })).toEqual(['cell:0']);
    expect(keys({ cell: { ...mark, id: 'gone' } })).toEqual([]);
    expect(
      placeItems(
        new LineIndex(DIFF),
        [discussion('a', { cell: { ...mark, id: 'gone' } })],
        FILE
      ).file
    ).toHaveLength(1);
  });

  it('stands at the cell when the output is gone', () => {
    expect(keys({ cell: { ...mark, output: 4 } })).toEqual(['cell:1']);
  });
});
