import type * as React from 'react';

/**
 * Key handler of a list: up and down arrows, Home and End move the focus among the elements of one kind.
 *
 * `kinds` are selectors; the kind is the first that the focused element matches. Other keys, and a focus elsewhere, are
 * left alone.
 */
export function moveFocus(
  event: React.KeyboardEvent<HTMLElement>,
  ...kinds: string[]
): void {
  const focused = document.activeElement;
  const kind = kinds.find(selector => focused?.matches(selector));
  if (kind === undefined || event.altKey || event.ctrlKey || event.metaKey) {
    return;
  }
  const all = Array.from(
    event.currentTarget.querySelectorAll<HTMLElement>(kind)
  ).filter(each => !(each as HTMLButtonElement).disabled);
  const index = all.indexOf(focused as HTMLElement);
  const target = {
    ArrowDown: all[index + 1],
    ArrowUp: all[index - 1],
    Home: all[0],
    End: all[all.length - 1]
  }[event.key];
  if (target) {
    event.preventDefault();
    target.focus();
  }
}
