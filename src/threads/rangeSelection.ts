import * as React from 'react';

import type { FileDiff, IRowPlace } from '../diff/types';
import { rowsOf } from './range';
import { markRows } from './rangeMarks';

type Half = 'old' | 'new' | null;

/** A row of the page: its cell, its place there, and the half of the split view. */
interface ISpotOfRow {
  cell: number;
  index: number;
  half: Half;
}

interface ISelection {
  anchor: ISpotOfRow;
  head: number;
}

export type OnRange = (from: IRowPlace, to: IRowPlace, half: Half) => void;

const NUMBER = 'td[data-gitlab-place]';
const ROW = '[data-gitlab-row]';

/** What the element around a diff listens to. */
export type RangeHandlers = Pick<
  React.DOMAttributes<HTMLElement>,
  'onPointerDownCapture' | 'onKeyDownCapture' | 'onClickCapture'
>;

/**
 * Selects rows of one cell: by dragging over the line numbers, by a click on one and another with Shift, or by Shift
 * with the arrow keys; `onRange` opens the box for them.
 */
export function useRangeSelection(
  diff: FileDiff,
  onRange: OnRange
): RangeHandlers {
  const selection = React.useRef<ISelection | null>(null);
  const unmark = React.useRef<() => void>(() => undefined);

  return React.useMemo(() => {
    const clear = () => {
      unmark.current();
      unmark.current = () => undefined;
      selection.current = null;
    };
    const select = (root: HTMLElement, anchor: ISpotOfRow, head: number) => {
      clear();
      selection.current = { anchor, head };
      unmark.current = markRows(
        root,
        'selected',
        {
          cell: anchor.cell,
          from: Math.min(anchor.index, head),
          to: Math.max(anchor.index, head)
        },
        anchor.half
      );
    };
    const open = () => {
      if (selection.current) {
        const { anchor, head } = selection.current;
        const rows = rowsOf(diff, anchor.cell);
        const place = (index: number): IRowPlace => ({
          cell: anchor.cell,
          index,
          row: rows[index]
        });
        clear();
        onRange(place(anchor.index), place(head), anchor.half);
      }
    };
    let dragged = false;

    const onPointerDownCapture = (event: React.PointerEvent<HTMLElement>) => {
      const root = event.currentTarget;
      const number = (event.target as Element).closest<HTMLElement>(NUMBER);
      const here = spotOf(number);
      dragged = false;
      if (event.button !== 0 || here === null) {
        if (!(event.target as Element).closest(ROW)) {
          clear();
        }
        return;
      }
      const former = selection.current?.anchor;
      const anchor =
        event.shiftKey && former && isBeside(former, here) ? former : here;
      select(root, anchor, here.index);
      number?.closest<HTMLElement>(ROW)?.focus({ preventScroll: true });
      // No text is selected by dragging over numbers.
      event.preventDefault();
      const onMove = (move: PointerEvent) => {
        const over = document
          .elementFromPoint(move.clientX, move.clientY)
          ?.closest<HTMLElement>('tr[data-gitlab-row]');
        const spot = over && spotOf(numberOf(over, anchor.half));
        if (spot && isBeside(anchor, spot)) {
          if (spot.index !== selection.current?.head) {
            dragged = dragged || spot.index !== here.index;
            select(root, anchor, spot.index);
          }
        }
      };
      const onUp = () => {
        document.removeEventListener('pointermove', onMove);
        document.removeEventListener('pointerup', onUp);
        document.removeEventListener('pointercancel', onUp);
        if (dragged || anchor !== here) {
          dragged = true;
          open();
        }
      };
      document.addEventListener('pointermove', onMove);
      document.addEventListener('pointerup', onUp);
      document.addEventListener('pointercancel', onUp);
    };

    // A press on the row's button that became a range must not open a box for one row, too.
    const onClickCapture = (event: React.MouseEvent<HTMLElement>) => {
      if ((event.target as Element).closest(NUMBER)) {
        if (dragged) {
          event.stopPropagation();
          event.preventDefault();
          dragged = false;
        } else if ((event.target as Element).closest('button')) {
          clear();
        }
      }
    };

    const onKeyDownCapture = (event: React.KeyboardEvent<HTMLElement>) => {
      const target = event.target as HTMLElement;
      if (!target.matches(ROW) || event.altKey || event.ctrlKey) {
        return;
      }
      const step =
        event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
      if (event.shiftKey && step !== 0) {
        const anchor =
          selection.current?.anchor ??
          spotOf(numberOf(target, 'new')) ??
          spotOf(numberOf(target, null));
        const next = neighbourRow(event.currentTarget, target, step);
        const there = next && spotOf(numberOf(next, anchor?.half ?? null));
        if (next && anchor && there && isBeside(anchor, there)) {
          select(event.currentTarget, anchor, there.index);
          next.focus({ preventScroll: true });
          next.scrollIntoView({ block: 'nearest' });
        }
      } else if (event.key === 'c' && selection.current) {
        open();
      } else if (event.key === 'Escape' && selection.current) {
        clear();
      } else {
        if (event.key !== 'Shift') {
          clear();
        }
        return;
      }
      event.preventDefault();
      event.stopPropagation();
    };

    return { onPointerDownCapture, onKeyDownCapture, onClickCapture };
  }, [diff, onRange]);
}

function spotOf(number: Element | null | undefined): ISpotOfRow | null {
  const place = number?.getAttribute('data-gitlab-place');
  if (!number || !place) {
    return null;
  }
  const [cell, index] = place.split(':').map(Number);
  return {
    cell,
    index,
    half: number.getAttribute('data-gitlab-half') as Half
  };
}

/** The number of a row on one side; in an inline view the first one. */
function numberOf(row: Element, half: Half): Element | null {
  return (
    (half && row.querySelector(`${NUMBER}[data-gitlab-half="${half}"]`)) ??
    (half && row.querySelector(`${NUMBER}[data-gitlab-half]`)
      ? null
      : row.querySelector(NUMBER))
  );
}

function isBeside(a: ISpotOfRow, b: ISpotOfRow): boolean {
  return a.cell === b.cell && a.half === b.half;
}

function neighbourRow(
  root: HTMLElement,
  row: HTMLElement,
  step: 1 | -1
): HTMLElement | null {
  const rows = [...root.querySelectorAll<HTMLElement>(ROW)];
  return rows[rows.indexOf(row) + step] ?? null;
}
