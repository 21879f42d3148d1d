import type { AccordionPanel } from '@lumino/widgets';

/**
 * How high each section should be: its natural height where there is room, and the higher ones cut to the same height
 * where there isn't. What is left over goes to the last.
 *
 * `natural` are pixels; a folded section counts 0.
 */
export function shareHeight(
  natural: readonly number[],
  available: number
): number[] {
  const total = natural.reduce((sum, height) => sum + height, 0);
  const last = natural.reduce(
    (found, height, index) => (height > 0 ? index : found),
    -1
  );
  if (total <= available) {
    return natural.map((height, index) =>
      index === last ? height + available - total : height
    );
  }
  // Fill all to the same level; those that need less leave the rest to the others.
  let rest = available;
  let level = 0;
  const sorted = natural.filter(height => height > 0).sort((a, b) => a - b);
  sorted.forEach((height, index) => {
    const share = rest / (sorted.length - index);
    level = Math.max(level, Math.min(height, share));
    rest -= Math.min(height, share);
  });
  return natural.map(height => Math.min(height, level));
}

/** Gives the open sections the heights of their contents, until the user drags a border. */
export function fitSections(accordion: AccordionPanel): void {
  let moved = false;
  let scheduled = false;

  const fit = (): void => {
    scheduled = false;
    if (moved || !accordion.isVisible) {
      return;
    }
    const natural = accordion.widgets.map(section =>
      section.isHidden ? 0 : contentHeight(section.node)
    );
    const titles = accordion.titles.reduce(
      (sum, title) => sum + title.offsetHeight,
      0
    );
    const gaps = accordion.handles.filter(
      handle => !handle.classList.contains('lm-mod-hidden')
    ).length;
    const available =
      accordion.node.clientHeight - titles - gaps * accordion.spacing;
    if (available > 0 && natural.some(height => height > 0)) {
      accordion.setRelativeSizes(shareHeight(natural, available));
    }
  };
  const schedule = (): void => {
    if (!scheduled) {
      scheduled = true;
      window.requestAnimationFrame(fit);
    }
  };

  const observer = new ResizeObserver(schedule);
  observer.observe(accordion.node);
  for (const section of accordion.widgets) {
    for (const part of section.node.querySelectorAll('.jp-gitlab-Part')) {
      observer.observe(part);
    }
  }
  accordion.expansionToggled.connect(schedule);
  accordion.handleMoved.connect(() => {
    moved = true;
  });
}

function contentHeight(section: HTMLElement): number {
  let height = 0;
  for (const part of section.querySelectorAll<HTMLElement>(
    ':scope > .jp-gitlab-Part'
  )) {
    height += part.offsetHeight;
  }
  return height;
}
