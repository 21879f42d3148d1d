import * as React from 'react';

import { useOnPage } from '../screen/onPage';
import { type IOutputRequest, useOutput } from '../queries';
import type {
  CellDiff,
  IDiffOptions,
  NotebookDiff,
  OutputSummary
} from '../types';
import type { OutputBody } from './body';

/** Bytes above which outputs are only fetched when asked for. */
const MAX_AUTOMATIC = 2_000_000;

/** Bytes that an output takes on the page at least: its elements are larger than its text. */
const LEAST = 100_000;

/** Whose outputs, and how they are shown. */
export interface IOutputsProps {
  folder: string;
  diff: NotebookDiff;
  cell: CellDiff;
  options: IDiffOptions;
  /** Fetched at once, before it is known where on the screen they are. */
  eager: boolean;
}

/** Which output of a cell's side. */
export function outputRequest(
  place: { folder: string; diff: NotebookDiff; cell: CellDiff },
  side: 'old' | 'new',
  summary: OutputSummary
): IOutputRequest {
  const { folder, diff, cell } = place;
  const file = diff[side];
  return {
    folder,
    revision: file?.revision ?? '',
    path: file?.path.id ?? '',
    cell: cell[side]?.index ?? 0,
    output: summary.index,
    digest: summary.digest
  };
}

/** Outputs that are shown together. */
export interface IOutputs {
  /** All of them, once they are there; null while they are not, or not wanted on the page. */
  bodies: OutputBody[] | null;
  error: Error | null;
  retry: () => void;
  /** Bytes, if they are so large that they wait to be asked for. */
  waiting: number | null;
  ask: () => void;
  /** Pixels that they took when they were last on the page; null if they never were. */
  height: number | null;
}

/** Up to two outputs, fetched when the element comes near the screen and let go when it has been scrolled far away. */
export function useOutputs(
  ref: React.RefObject<HTMLElement>,
  first: { request: IOutputRequest; size: number },
  second: { request: IOutputRequest; size: number } | null,
  eager: boolean
): IOutputs {
  const size = first.size + (second?.size ?? 0);
  const { shown, height } = useOnPage(ref, {
    size: Math.max(size, LEAST),
    eager,
    name: JSON.stringify([first.request, second?.request])
  });
  const [asked, setAsked] = React.useState(false);
  const large = Math.max(first.size, second?.size ?? 0) > MAX_AUTOMATIC;
  const wanted = shown && (!large || asked);
  const one = useOutput(first.request, wanted);
  const other = useOutput((second ?? first).request, wanted && second !== null);
  const firstBody = one.data?.output;
  const secondBody = other.data?.output;
  const bodies = React.useMemo(() => {
    const found = second === null ? [firstBody] : [firstBody, secondBody];
    return found.every(each => each !== undefined)
      ? (found as OutputBody[])
      : null;
    // Only whether there is a second one matters.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [firstBody, secondBody, second === null]);
  return {
    bodies: wanted ? bodies : null,
    error: one.error ?? other.error,
    retry: () => {
      void one.refetch();
      if (second !== null) {
        void other.refetch();
      }
    },
    waiting: large && !asked ? size : null,
    ask: () => setAsked(true),
    height
  };
}
