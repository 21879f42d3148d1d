import * as React from 'react';

import { type ICellLayer, outputKey } from '../diff/layer';
import type { IRowPlace } from '../diff/types';
import type { IBoxes } from './boxes';
import { type IPlacement, type LineIndex, spotKey } from './placement';
import { type ISpotContents, SpotThreads } from './spotThreads';
import type { Discussion, PendingNote } from './types';

type Contents = ReadonlyMap<string, ISpotContents>;

/** The layers of the cells; one whose contents are the same as before is the same object, so that it isn't redrawn. */
export function useCellLayers(
  index: LineIndex,
  threads: IPlacement<Discussion>,
  pending: IPlacement<PendingNote>,
  boxes: IBoxes
): (cell: number) => ICellLayer | null {
  const former = React.useRef<
    Map<number, { contents: Contents; layer: ICellLayer }>
  >(new Map());
  return React.useMemo(() => {
    const now = new Map<number, { contents: Contents; layer: ICellLayer }>();
    for (const [cell, contents] of byCell(threads, pending, boxes)) {
      const before = former.current.get(cell);
      now.set(
        cell,
        before && isSame(before.contents, contents)
          ? before
          : { contents, layer: cellLayer(index, contents, boxes.close) }
      );
    }
    former.current = now;
    return (cell: number) => now.get(cell)?.layer ?? null;
  }, [index, threads, pending, boxes]);
}

function byCell(
  threads: IPlacement<Discussion>,
  pending: IPlacement<PendingNote>,
  boxes: IBoxes
): Map<number, Map<string, ISpotContents>> {
  const cells = new Map<number, Map<string, ISpotContents>>();
  const add = (spot: ISpotContents['spot'], part: Partial<ISpotContents>) => {
    const cell = spot.kind === 'row' ? spot.place.cell : spot.cell;
    const spots = cells.get(cell) ?? new Map<string, ISpotContents>();
    cells.set(cell, spots);
    const key = spotKey(spot);
    const known = spots.get(key);
    spots.set(key, {
      ...(known ?? { spot, threads: [], pending: [], box: null }),
      ...part
    });
  };
  threads.slots.forEach(({ spot, items }) => add(spot, { threads: items }));
  pending.slots.forEach(({ spot, items }) => add(spot, { pending: items }));
  boxes.open.forEach(box => add(box.spot, { box }));
  return cells;
}

function isSameList<T>(a: readonly T[], b: readonly T[]): boolean {
  return a.length === b.length && a.every((each, index) => each === b[index]);
}

function isSame(a: Contents, b: Contents): boolean {
  if (a.size !== b.size) {
    return false;
  }
  for (const [key, contents] of a) {
    const other = b.get(key);
    if (
      !other ||
      other.box !== contents.box ||
      !isSameList(other.threads, contents.threads) ||
      !isSameList(other.pending, contents.pending)
    ) {
      return false;
    }
  }
  return true;
}

function cellLayer(
  index: LineIndex,
  contents: Contents,
  close: (key: string) => void
): ICellLayer {
  const draw = (key: string, each: ISpotContents): React.JSX.Element => (
    <SpotThreads
      key={key}
      index={index}
      contents={each}
      onClose={() => close(key)}
    />
  );
  const rows = new Map<number, [string, ISpotContents]>();
  const outputs = new Map<string, React.ReactNode>();
  let start: React.ReactNode = null;
  for (const [key, each] of contents) {
    const { spot } = each;
    if (spot.kind === 'row') {
      rows.set(spot.place.index, [key, each]);
    } else if (spot.kind === 'output') {
      outputs.set(outputKey(spot.side, spot.output), draw(key, each));
    } else {
      start = draw(key, each);
    }
  }
  return {
    has: row => rows.has(row),
    below: (place: IRowPlace) => {
      const found = rows.get(place.index);
      return found ? draw(...found) : null;
    },
    start,
    outputs
  };
}
