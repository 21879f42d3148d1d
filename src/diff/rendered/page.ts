import type { TranslationBundle } from '@jupyterlab/translation';

import type { IDiffOptions } from '../types';
import type { IBlock } from './blocks';

/** Unchanged blocks shown beside a change; longer runs are folded. */
const CONTEXT = 2;

/** Fewer blocks than this are not worth a fold. */
const MIN_FOLD = 3;

/** The blocks as elements: below each other, or old and new side by side. */
export function layOut(
  blocks: readonly IBlock[],
  mode: IDiffOptions['mode'],
  trans: TranslationBundle
): HTMLElement[] {
  const shown = new Set<number>();
  blocks.forEach((block, index) => {
    if (block.kind !== 'same') {
      for (let i = index - CONTEXT; i <= index + CONTEXT; i++) {
        shown.add(i);
      }
    }
  });
  const elements: HTMLElement[] = [];
  for (let from = 0; from < blocks.length;) {
    let to = from + 1;
    while (to < blocks.length && shown.has(to) === shown.has(from)) {
      to++;
    }
    const rows = blocks
      .slice(from, to)
      .flatMap(block => rowsOf(block, mode, trans));
    // A text without any change is shown whole.
    const fold = shown.size > 0 && !shown.has(from) && to - from >= MIN_FOLD;
    elements.push(...(fold ? folded(rows, to - from, trans) : rows));
    from = to;
  }
  return elements;
}

function rowsOf(
  block: IBlock,
  mode: IDiffOptions['mode'],
  trans: TranslationBundle
): HTMLElement[] {
  const { kind, old, new: now } = block;
  if (mode === 'split') {
    return [
      row(
        side('old', old, kind === 'same' ? null : 'removed', trans),
        side('new', now, kind === 'same' ? null : 'added', trans)
      )
    ];
  }
  if (kind === 'same') {
    return [row(side('both', now, null, trans))];
  }
  const rows: HTMLElement[] = [];
  if (old) {
    rows.push(row(side('old', old, 'removed', trans)));
  }
  if (now) {
    rows.push(row(side('new', now, 'added', trans)));
  }
  return rows;
}

function row(...sides: HTMLElement[]): HTMLElement {
  const element = document.createElement('div');
  element.className = 'jp-gitlab-Rendered-row';
  element.append(...sides);
  return element;
}

/** One block on one side. */
function side(
  name: 'old' | 'new' | 'both',
  block: Element | null,
  sign: 'removed' | 'added' | null,
  trans: TranslationBundle
): HTMLElement {
  const element = document.createElement('div');
  element.className = 'jp-gitlab-Rendered-side';
  element.dataset.side = name;
  if (!block) {
    element.classList.add('jp-gitlab-mod-none');
    return element;
  }
  const gutter = document.createElement('span');
  gutter.className = 'jp-gitlab-Sign';
  if (sign) {
    element.classList.add(`jp-gitlab-mod-${sign}`);
    gutter.setAttribute('role', 'img');
    gutter.setAttribute(
      'aria-label',
      sign === 'added' ? trans.__('added') : trans.__('removed')
    );
    gutter.textContent = sign === 'added' ? '+' : '−';
  }
  const text = document.createElement('div');
  // The classes that JupyterLab's own style of Markdown goes by.
  text.className = 'jp-RenderedHTMLCommon jp-RenderedMarkdown';
  text.append(block);
  element.append(gutter, text);
  return element;
}

/** A run of unchanged rows, hidden until it is asked for or the browser's search finds something in it. */
function folded(
  rows: readonly HTMLElement[],
  count: number,
  trans: TranslationBundle
): HTMLElement[] {
  const fold = document.createElement('div');
  fold.className = 'jp-gitlab-CellFold';
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'jp-gitlab-Button jp-gitlab-mod-link';
  button.setAttribute('aria-expanded', 'false');
  button.textContent = trans._n(
    '%1 unchanged paragraph · show',
    '%1 unchanged paragraphs · show',
    count
  );
  fold.append(button);
  const content = document.createElement('div');
  content.setAttribute('hidden', 'until-found');
  content.append(...rows);
  const open = () => {
    content.removeAttribute('hidden');
    fold.remove();
  };
  button.addEventListener('click', open);
  content.addEventListener('beforematch', open);
  return [fold, content];
}
