import { commonItems } from './sequence';

/** One block of a text as it reads (a paragraph, a list, a table) on both sides. */
export interface IBlock {
  kind: 'same' | 'changed' | 'removed' | 'added';
  old: Element | null;
  new: Element | null;
}

/** Share of common words from which on two blocks are two versions of one. */
const ALIKE = 0.35;

/** The blocks of two rendered texts, in order: equal ones together, others beside what they were made from. */
export function alignBlocks(old: Element, now: Element): IBlock[] {
  const before = Array.from(old.children);
  const after = Array.from(now.children);
  const equal = commonItems(
    before.map(each => each.outerHTML),
    after.map(each => each.outerHTML)
  );
  const pairs: [number, number][] = [];
  inGaps(equal, before.length, after.length, (from, to, start, end) => {
    pairs.push(...alikePairs(before, from, to, after, start, end));
  });
  const blocks: IBlock[] = [];
  inGaps(
    [...equal, ...pairs].sort((a, b) => a[0] - b[0]),
    before.length,
    after.length,
    (from, to, start, end) => {
      for (const each of before.slice(from, to)) {
        blocks.push({ kind: 'removed', old: each, new: null });
      }
      for (const each of after.slice(start, end)) {
        blocks.push({ kind: 'added', old: null, new: each });
      }
    },
    (i, j) =>
      blocks.push({
        kind: before[i].outerHTML === after[j].outerHTML ? 'same' : 'changed',
        old: before[i],
        new: after[j]
      })
  );
  return blocks;
}

/** Walks along pairs that rise on both sides: calls back for each stretch between two of them, and for each of them. */
function inGaps(
  pairs: readonly (readonly [number, number])[],
  length: number,
  otherLength: number,
  gap: (from: number, to: number, start: number, end: number) => void,
  pair?: (i: number, j: number) => void
): void {
  let i = 0;
  let j = 0;
  for (const [nextI, nextJ] of pairs) {
    gap(i, nextI, j, nextJ);
    pair?.(nextI, nextJ);
    i = nextI + 1;
    j = nextJ + 1;
  }
  gap(i, length, j, otherLength);
}

/** Each new block with the first of the remaining old ones that is like it. */
function alikePairs(
  before: readonly Element[],
  from: number,
  to: number,
  after: readonly Element[],
  start: number,
  end: number
): [number, number][] {
  const pairs: [number, number][] = [];
  let i = from;
  for (let j = start; j < end; j++) {
    for (let candidate = i; candidate < to; candidate++) {
      if (isAlike(before[candidate], after[j])) {
        pairs.push([candidate, j]);
        i = candidate + 1;
        break;
      }
    }
  }
  return pairs;
}

function isAlike(a: Element, b: Element): boolean {
  if (a.tagName !== b.tagName) {
    return false;
  }
  const first = wordsOf(a);
  const second = wordsOf(b);
  const counts = new Map<string, number>();
  first.forEach(word => counts.set(word, (counts.get(word) ?? 0) + 1));
  let common = 0;
  for (const word of second) {
    const count = counts.get(word) ?? 0;
    if (count > 0) {
      common++;
      counts.set(word, count - 1);
    }
  }
  return (2 * common) / (first.length + second.length || 1) >= ALIKE;
}

function wordsOf(element: Element): string[] {
  return (element.textContent ?? '').split(/\s+/).filter(word => word);
}
