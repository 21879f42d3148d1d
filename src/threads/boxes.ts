import * as React from 'react';

import { type Drafts, type PlacedTarget, targetKey } from './drafts';
import { type LineIndex, type Spot, spotKey, spotOfTarget } from './placement';
import type { IThreadsFile } from './types';

/** An open comment box. */
export interface IBox {
  spot: Exclude<Spot, { kind: 'file' }>;
  target: PlacedTarget;
}

/** The comment boxes that are open in one file. */
export interface IBoxes {
  /** By `spotKey`: one a spot. */
  open: ReadonlyMap<string, IBox>;
  show: (box: IBox) => void;
  close: (key: string) => void;
}

/** Boxes that were opened here, and at first those whose text was kept. */
export function useBoxes(
  index: LineIndex,
  placed: readonly PlacedTarget[],
  file: IThreadsFile,
  drafts: Drafts
): IBoxes {
  const [open, setOpen] = React.useState<ReadonlyMap<string, IBox>>(() =>
    keptBoxes(index, placed, file)
  );
  const close = React.useCallback(
    (key: string) =>
      setOpen(before => {
        const after = new Map(before);
        after.delete(key);
        return after;
      }),
    []
  );
  const show = React.useCallback(
    (box: IBox) => {
      const key = spotKey(box.spot);
      setOpen(before => {
        const former = before.get(key)?.target;
        if (former && targetKey(former) !== targetKey(box.target)) {
          // The same spot for more or fewer lines: what was typed goes along.
          drafts.write(box.target, drafts.get(former));
          drafts.set(former, '');
        }
        return new Map(before).set(key, box);
      });
    },
    [drafts]
  );
  return React.useMemo(() => ({ open, show, close }), [open, show, close]);
}

function keptBoxes(
  index: LineIndex,
  placed: readonly PlacedTarget[],
  file: IThreadsFile
): Map<string, IBox> {
  const boxes = new Map<string, IBox>();
  for (const target of placed) {
    const spot = homeOf(index, target, file);
    if (spot !== null) {
      boxes.set(spotKey(spot), { spot, target });
    }
  }
  return boxes;
}

/** Where the box of a kept text stands in this version of this file; null: nowhere. */
export function homeOf(
  index: LineIndex,
  target: PlacedTarget,
  file: IThreadsFile
): IBox['spot'] | null {
  const { position } = target;
  if (
    position.new_path !== file.newPath ||
    position.head_sha !== file.diffRefs.head_sha
  ) {
    return null;
  }
  const spot = spotOfTarget(index, target);
  return spot.kind === 'file' ? null : spot;
}
