import * as React from 'react';

/** A place to bring the reader to: a thread of a file; without one, the first unresolved thread. */
export interface IJump {
  path: string;
  discussionId: string | null;
}

/** On the page: the thread that was shown last. */
const VISITED = 'data-visited';

/** Milliseconds to wait for a thread to be drawn. */
const PATIENCE = 2000;

/** Brings a thread into sight and gives it the focus, as soon as it is there. */
export function useJump(
  ref: React.RefObject<HTMLElement>,
  jump: IJump | null,
  onJumped: () => void
): void {
  React.useEffect(() => {
    if (!jump) {
      return;
    }
    const end = performance.now() + PATIENCE;
    let frame = 0;
    const look = () => {
      const thread = threadsIn(ref.current).find(each =>
        jump.discussionId === null
          ? isUnresolved(each)
          : idOf(each) === jump.discussionId
      );
      if (thread) {
        showThread(thread);
      }
      if (thread || performance.now() > end) {
        onJumped();
        return;
      }
      frame = requestAnimationFrame(look);
    };
    look();
    return () => cancelAnimationFrame(frame);
  }, [ref, jump, onJumped]);
}

export function showThread(thread: HTMLElement): void {
  thread.focus({ preventScroll: true });
  thread.scrollIntoView({ block: 'center' });
}

/** The first unresolved thread of the page behind the one that has the focus. */
export function nextUnresolved(
  root: HTMLElement | null
): HTMLElement | undefined {
  const threads = threadsIn(root).filter(isUnresolved);
  const focused = document.activeElement;
  const current = threads.findIndex(thread => thread.contains(focused));
  if (current !== -1) {
    return threads[current + 1];
  }
  // A press on the button has taken the focus: go on behind what was shown last. Kept here and not with the thread,
  // which may be drawn anew when it is shown.
  const last = threads.findIndex(
    thread => idOf(thread) === root?.getAttribute(VISITED)
  );
  const next = threads[last + 1] as HTMLElement | undefined;
  if (next) {
    root?.setAttribute(VISITED, idOf(next) ?? '');
  } else {
    root?.removeAttribute(VISITED);
  }
  return next;
}

function idOf(thread: HTMLElement): string | null {
  return thread.getAttribute('data-gitlab-thread');
}

function threadsIn(root: HTMLElement | null): HTMLElement[] {
  return Array.from(
    root?.querySelectorAll<HTMLElement>('[data-gitlab-thread]') ?? []
  );
}

function isUnresolved(thread: HTMLElement): boolean {
  return thread.getAttribute('data-resolved') === 'false';
}
