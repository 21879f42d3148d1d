import * as React from 'react';

import { useTrans } from '../api/context';
import type { ICellPlace, IDiffLayer } from '../diff/layer';
import type { Anchor, IRowPlace } from '../diff/types';
import { homeOf, useBoxes } from './boxes';
import { useCellLayers } from './cellLayers';
import { useThreads } from './context';
import { usePlacedDrafts } from './drafts';
import { FileThreads } from './fileThreads';
import { usePending } from './pending';
import { LineIndex, placeItems } from './placement';
import { rangeTarget } from './range';
import type { Discussion, IThreadsFile } from './types';

/** What hangs on a diff, and how a comment on several rows begins. */
export interface IThreadsLayer {
  layer: IDiffLayer;
  /** Opens a box for the rows from one place to the other, which lie in one cell. */
  commentRange: (
    from: IRowPlace,
    to: IRowPlace,
    half: 'old' | 'new' | null
  ) => void;
  /** Finds rows by the lines of a position. */
  index: LineIndex;
}

/** The threads and comment boxes of one file as a layer of its diff. Mount anew (`key`) for another file. */
export function useThreadsLayer(
  file: IThreadsFile,
  discussions: readonly Discussion[]
): IThreadsLayer {
  const { drafts } = useThreads();
  const { notes: pending } = usePending();
  const trans = useTrans();
  const { diff, oldPath, newPath, diffRefs } = file;
  const index = React.useMemo(() => new LineIndex(diff), [diff]);
  const shown = React.useMemo(
    () => ({ oldPath, newPath, headSha: diffRefs.head_sha }),
    [oldPath, newPath, diffRefs]
  );
  const threads = React.useMemo(
    () => placeItems(index, discussions, shown),
    [index, discussions, shown]
  );
  const waiting = React.useMemo(
    () => placeItems(index, pending, shown),
    [index, pending, shown]
  );
  const placed = usePlacedDrafts(drafts);
  const boxes = useBoxes(index, placed, file, drafts);
  const { show } = boxes;

  const lines = React.useMemo(
    () => ({ ...diffRefs, old_path: oldPath, new_path: newPath }),
    [diffRefs, oldPath, newPath]
  );
  const comment = React.useCallback(
    (place: IRowPlace, anchor: Anchor) => {
      show({
        spot: { kind: 'row', place },
        target: { kind: 'line', position: { ...lines, ...anchor } }
      });
    },
    [show, lines]
  );
  const commentRange = React.useCallback(
    (from: IRowPlace, to: IRowPlace, half: 'old' | 'new' | null) => {
      const target = rangeTarget(diff, from, to, half);
      if (target) {
        const { place, end, start } = target;
        show({
          spot: { kind: 'row', place },
          target: {
            kind: 'line',
            position: { ...lines, ...end, ...(start ? { start } : {}) }
          }
        });
      }
    },
    [show, diff, lines]
  );
  const commentCell = React.useCallback(
    ({ cell, side, index, output }: ICellPlace) => {
      show({
        spot:
          output === null
            ? { kind: 'cell', cell }
            : { kind: 'output', cell, side, output },
        target: { kind: 'cell', position: { ...lines, side, index, output } }
      });
    },
    [show, lines]
  );

  const cells = useCellLayers(index, threads, waiting, boxes);
  const homeless = React.useMemo(
    () =>
      placed.filter(
        target =>
          target.position.new_path === newPath &&
          homeOf(index, target, file) === null
      ),
    [placed, newPath, file, index]
  );
  const end = React.useMemo(
    () => (
      <FileThreads
        file={threads.file}
        outdated={threads.outdated}
        pending={[...waiting.file, ...waiting.outdated]}
        drafts={homeless}
      />
    ),
    [threads, waiting, homeless]
  );
  const layer = React.useMemo(
    () => ({ cell: cells, end, comment, commentCell }),
    // The words of the boxes change with the language.
    // eslint-disable-next-line react-hooks/exhaustive-deps
    [cells, end, comment, commentCell, trans]
  );
  return React.useMemo(
    () => ({ layer, commentRange, index }),
    [layer, commentRange, index]
  );
}
