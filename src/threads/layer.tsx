import * as React from 'react';

import { useTrans } from '../api/context';
import type { ICellLayer, IDiffLayer } from '../diff/layer';
import type { CommentSpot, FileDiff, IRowPlace } from '../diff/types';
import { useThreads } from './context';
import { useDraftLines } from './drafts';
import { FileThreads } from './fileThreads';
import {
  LineIndex,
  placeKey,
  placeThreads,
  type IPlacement
} from './placement';
import { CellThreads, RowThreads } from './rowThreads';
import type {
  DiffRefs,
  Discussion,
  IBox,
  IRowContents,
  NewPosition
} from './types';

/** What the threads of one file need to know of it. */
export interface IThreadsFile {
  diff: FileDiff;
  oldPath: string;
  newPath: string;
  /** The version that is shown: comments are made on it. */
  diffRefs: DiffRefs;
}

/** What hangs on the rows of one cell. */
interface ICellContents {
  rows: Map<number, IRowContents>;
  cell: readonly Discussion[];
}

/** The threads and comment boxes of one file as a layer of its diff. Mount anew (`key`) for another file. */
export function useThreadsLayer(
  file: IThreadsFile,
  discussions: readonly Discussion[]
): IDiffLayer {
  const { drafts } = useThreads();
  const trans = useTrans();
  const { diff, oldPath, newPath, diffRefs } = file;
  const index = React.useMemo(() => new LineIndex(diff), [diff]);
  const placement = React.useMemo(
    () =>
      placeThreads(index, discussions, {
        oldPath,
        newPath,
        headSha: diffRefs.head_sha
      }),
    [index, discussions, oldPath, newPath, diffRefs]
  );
  const draftLines = useDraftLines(drafts);

  // Boxes that were opened here, and at first those whose text was kept.
  const [boxes, setBoxes] = React.useState<ReadonlyMap<string, IBox>>(() =>
    keptBoxes(index, draftLines, file)
  );
  const close = React.useCallback(
    (key: string) =>
      setBoxes(before => {
        const after = new Map(before);
        after.delete(key);
        return after;
      }),
    []
  );
  const comment = React.useCallback(
    (place: IRowPlace, { anchor, shown }: CommentSpot) => {
      if (anchor) {
        setBoxes(before =>
          new Map(before).set(placeKey(place), {
            shown,
            position: {
              ...diffRefs,
              old_path: oldPath,
              new_path: newPath,
              old_line: anchor.old_line,
              new_line: anchor.new_line
            }
          })
        );
      }
    },
    [diffRefs, oldPath, newPath]
  );

  const cells = useStableCells(placement, boxes, close);
  const homeless = React.useMemo(
    () =>
      draftLines.filter(
        position =>
          position.new_path === newPath &&
          (position.head_sha !== diffRefs.head_sha ||
            index.find(position).kind !== 'row')
      ),
    [draftLines, newPath, diffRefs, index]
  );
  const end = React.useMemo(
    () => (
      <FileThreads
        file={placement.file}
        outdated={placement.outdated}
        drafts={homeless}
      />
    ),
    [placement, homeless]
  );
  return React.useMemo(
    () => ({ cell: cell => cells.get(cell) ?? null, end, comment }),
    // The words of the boxes change with the language.
    // eslint-disable-next-line react-hooks/exhaustive-deps
    [cells, end, comment, trans]
  );
}

function keptBoxes(
  index: LineIndex,
  lines: readonly NewPosition[],
  file: IThreadsFile
): Map<string, IBox> {
  const boxes = new Map<string, IBox>();
  for (const position of lines) {
    if (
      position.new_path === file.newPath &&
      position.head_sha === file.diffRefs.head_sha
    ) {
      const spot = index.find(position);
      if (spot.kind === 'row') {
        boxes.set(placeKey(spot.place), {
          position,
          shown: spot.place.row.shown
        });
      }
    }
  }
  return boxes;
}

/** The layers of the cells; one whose contents are the same as before is the same object, so that it isn't redrawn. */
function useStableCells(
  placement: IPlacement,
  boxes: ReadonlyMap<string, IBox>,
  close: (key: string) => void
): ReadonlyMap<number, ICellLayer> {
  const former = React.useRef(
    new Map<number, { contents: ICellContents; layer: ICellLayer }>()
  );
  return React.useMemo(() => {
    const contents = cellContents(placement, boxes);
    const now = new Map<
      number,
      { contents: ICellContents; layer: ICellLayer }
    >();
    for (const [cell, each] of contents) {
      const before = former.current.get(cell);
      now.set(
        cell,
        before && isSameContents(before.contents, each)
          ? before
          : { contents: each, layer: cellLayer(each, close) }
      );
    }
    former.current = now;
    return new Map([...now].map(([cell, { layer }]) => [cell, layer]));
  }, [placement, boxes, close]);
}

function cellContents(
  placement: IPlacement,
  boxes: ReadonlyMap<string, IBox>
): Map<number, ICellContents> {
  const cells = new Map<number, ICellContents>();
  const at = (cell: number): ICellContents => {
    const known = cells.get(cell) ?? { rows: new Map(), cell: [] };
    cells.set(cell, known);
    return known;
  };
  const row = (key: string, part: Partial<IRowContents>) => {
    const [cell, index] = key.split(':').map(Number);
    const { rows } = at(cell);
    rows.set(index, {
      ...(rows.get(index) ?? { threads: [], box: null }),
      ...part
    });
  };
  placement.rows.forEach((threads, key) => row(key, { threads }));
  boxes.forEach((box, key) => row(key, { box }));
  placement.cells.forEach((threads, cell) => {
    at(cell).cell = threads;
  });
  return cells;
}

function isSameList<T>(a: readonly T[], b: readonly T[]): boolean {
  return a.length === b.length && a.every((each, index) => each === b[index]);
}

function isSameContents(a: ICellContents, b: ICellContents): boolean {
  if (a.rows.size !== b.rows.size || !isSameList(a.cell, b.cell)) {
    return false;
  }
  for (const [index, row] of a.rows) {
    const other = b.rows.get(index);
    if (
      !other ||
      other.box !== row.box ||
      !isSameList(row.threads, other.threads)
    ) {
      return false;
    }
  }
  return true;
}

function cellLayer(
  contents: ICellContents,
  close: (key: string) => void
): ICellLayer {
  return {
    has: index => contents.rows.has(index),
    below: place => (
      <RowThreads
        place={place}
        contents={contents.rows.get(place.index) ?? { threads: [], box: null }}
        onClose={() => close(placeKey(place))}
      />
    ),
    end:
      contents.cell.length > 0 ? <CellThreads threads={contents.cell} /> : null
  };
}
