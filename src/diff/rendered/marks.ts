import { commonItems } from './sequence';

/** Formulas are one word each, so that marks don't cut them; else words, and single characters between them. */
const WORD =
  /\$\$[\s\S]+?\$\$|\$[^$\n]+\$|\\\([\s\S]+?\\\)|\\\[[\s\S]+?\\\]|[\p{L}\p{N}_]+|\s+|[^\p{L}\p{N}_\s]/gu;

/** A word of a rendered text, or a picture in it. */
interface IWord {
  key: string;
  node: Node;
  /** Stretch of a text node's data. */
  from: number;
  to: number;
}

/** Marks the words and pictures of a changed block that the other side does not have: `<del>` before, `<ins>` after. */
export function markWords(old: Element, now: Element): void {
  const before = wordsOf(old);
  const after = wordsOf(now);
  const pairs = commonItems(
    before.map(word => word.key),
    after.map(word => word.key)
  );
  const kept = new Set(pairs.map(([i]) => before[i]));
  const keptNow = new Set(pairs.map(([, j]) => after[j]));
  mark(
    before.filter(word => !kept.has(word)),
    'del'
  );
  mark(
    after.filter(word => !keptNow.has(word)),
    'ins'
  );
}

function wordsOf(element: Element): IWord[] {
  const words: IWord[] = [];
  const walker = document.createTreeWalker(
    element,
    NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT
  );
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (node instanceof HTMLImageElement) {
      words.push({ key: `image ${node.src}`, node, from: 0, to: 0 });
    } else if (node instanceof Text) {
      for (const { 0: key, index = 0 } of node.data.matchAll(WORD)) {
        words.push({ key, node, from: index, to: index + key.length });
      }
    }
  }
  return words;
}

/** Neighbouring words share one mark. */
function mark(words: readonly IWord[], tag: 'ins' | 'del'): void {
  const runs: IWord[] = [];
  for (const word of words) {
    const last = runs[runs.length - 1];
    if (last && last.node === word.node && last.to === word.from) {
      last.to = word.to;
    } else {
      runs.push({ ...word });
    }
  }
  // From the end, so that the places before it stay right.
  for (const { node, from, to } of runs.reverse()) {
    const wrapper = document.createElement(tag);
    wrapper.className = 'jp-gitlab-Mark';
    if (node instanceof Text) {
      const changed = node.splitText(from);
      changed.splitText(to - from);
      if (changed.data.trim() !== '') {
        changed.replaceWith(wrapper);
        wrapper.append(changed);
      }
    } else {
      const image = node as Element;
      image.replaceWith(wrapper);
      wrapper.append(image);
    }
  }
}
