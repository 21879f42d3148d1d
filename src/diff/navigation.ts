import * as React from 'react';

const STOP = '[data-gitlab-stop]';
const THREAD = '[data-gitlab-thread]';
const ROW = '[data-gitlab-row]';

/** Elements that take keys themselves. */
const TYPING =
  'input, textarea, select, [contenteditable="true"], .jp-OutputArea-output';

/** The checkbox of the file, outside the view itself. */
const VIEWED = '[data-gitlab-viewed]';

/**
 * The next or previous of `places`, counted from the one that has the focus or, without one, from the top of what is
 * visible.
 */
export function neighbour(
  root: HTMLElement,
  selector: string,
  step: 1 | -1
): HTMLElement | null {
  const places = Array.from(root.querySelectorAll<HTMLElement>(selector));
  const focused = document.activeElement;
  if (focused && focused !== root && root.contains(focused)) {
    const others = step === 1 ? places : places.reverse();
    const wanted =
      step === 1
        ? Node.DOCUMENT_POSITION_FOLLOWING
        : Node.DOCUMENT_POSITION_PRECEDING;
    return (
      others.find(
        place =>
          place !== focused &&
          !place.contains(focused) &&
          (focused.compareDocumentPosition(place) & wanted) !== 0
      ) ?? null
    );
  }
  const { top } = root.getBoundingClientRect();
  const below = places.findIndex(
    place => place.getBoundingClientRect().top >= top
  );
  if (step === 1) {
    return places[below === -1 ? places.length : below] ?? null;
  }
  return places[(below === -1 ? places.length : below) - 1] ?? null;
}

function go(place: HTMLElement | null): void {
  if (place) {
    place.focus({ preventScroll: true });
    place.scrollIntoView({ block: place.matches(ROW) ? 'nearest' : 'start' });
  }
}

/** Goes to the next or previous change of the view, counted from what has the focus in it, else from what is seen. */
export function goToChange(root: HTMLElement, step: 1 | -1): void {
  go(neighbour(root, STOP, step));
}

/** The keys of the diff view; `onHelp` shows what they are. */
export function useNavigation(onHelp: () => void): {
  onKeyDown: (event: React.KeyboardEvent<HTMLElement>) => void;
} {
  const onKeyDown = React.useCallback(
    (event: React.KeyboardEvent<HTMLElement>) => {
      const target = event.target as HTMLElement;
      if (
        event.altKey ||
        event.ctrlKey ||
        event.metaKey ||
        event.defaultPrevented ||
        target.closest(TYPING)
      ) {
        return;
      }
      const root = event.currentTarget;
      const row = target.closest<HTMLElement>(ROW);
      switch (event.key) {
        case 'j':
          goToChange(root, 1);
          break;
        case 'k':
          goToChange(root, -1);
          break;
        case 'n':
          go(neighbour(root, THREAD, 1));
          break;
        case 'p':
          go(neighbour(root, THREAD, -1));
          break;
        case 'c':
          row?.querySelector<HTMLElement>('.jp-gitlab-RowComment')?.click();
          break;
        case 'v':
          root
            .closest('.jp-gitlab-Document')
            ?.querySelector<HTMLElement>(VIEWED)
            ?.click();
          break;
        case '?':
          onHelp();
          break;
        case 'ArrowDown':
        case 'ArrowUp':
          // Only between rows: elsewhere the arrows scroll.
          if (!row && !target.matches(STOP)) {
            return;
          }
          go(neighbour(root, ROW, event.key === 'ArrowDown' ? 1 : -1));
          break;
        default:
          return;
      }
      event.preventDefault();
      event.stopPropagation();
    },
    [onHelp]
  );
  return { onKeyDown };
}

/** Code of rows, and of those that are not made into rows yet; what is folded away is not copied. */
const CODE = 'td.jp-gitlab-Code, .jp-gitlab-LazyText:not([hidden])';

/** Copying a selection gives the code of one side, without numbers, signs and threads. */
export function copyCode(event: React.ClipboardEvent<HTMLElement>): void {
  const selection = document.getSelection();
  if (!selection || selection.isCollapsed || selection.rangeCount === 0) {
    return;
  }
  const range = selection.getRangeAt(0);
  const side =
    (selection.anchorNode instanceof Element
      ? selection.anchorNode
      : selection.anchorNode?.parentElement
    )
      ?.closest('[data-side]')
      ?.getAttribute('data-side') ?? null;
  const codes = Array.from(range.cloneContents().querySelectorAll(CODE)).filter(
    code => side === null || (code.getAttribute('data-side') ?? side) === side
  );
  if (codes.length === 0) {
    return;
  }
  const lines = codes.map(code =>
    (
      (code.querySelector('.jp-gitlab-Code-text') ?? code).textContent ?? ''
    ).replace(/\n$/, '')
  );
  event.clipboardData.setData('text/plain', lines.join('\n'));
  event.preventDefault();
}
