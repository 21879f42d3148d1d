import { commonItems } from '../rendered/sequence';
import type { SourceRow } from '../types';

/** Longer lines are not marked word by word. In UTF-16 code units. */
const MAX_MARKED = 2000;

const WORD = /[\p{L}\p{N}_.]+|\s+|[^\p{L}\p{N}_.\s]/gu;

/** The lines of two texts as the rows of a diff, with marks where they differ; nothing in them can be commented. */
export function textRows(old: string, now: string): SourceRow[] {
  const before = linesOf(old);
  const after = linesOf(now);
  const rows: SourceRow[] = [];
  let i = 0;
  let j = 0;
  for (const [nextI, nextJ] of [
    ...commonItems(before, after),
    [before.length, after.length] as const
  ]) {
    const removed = before.slice(i, nextI);
    const added = after.slice(j, nextJ);
    const spans = removed.map((line, index) =>
      index < added.length ? wordSpans(line, added[index]) : null
    );
    removed.forEach((line, index) =>
      rows.push(row('removed', i + index + 1, null, line, spans[index]?.old))
    );
    added.forEach((line, index) =>
      rows.push(row('added', null, j + index + 1, line, spans[index]?.new))
    );
    if (nextI < before.length) {
      rows.push(row('same', nextI + 1, nextJ + 1, before[nextI]));
    }
    i = nextI + 1;
    j = nextJ + 1;
  }
  return rows;
}

function linesOf(text: string): string[] {
  const lines = text.split('\n');
  if (lines[lines.length - 1] === '') {
    lines.pop();
  }
  return lines;
}

function row(
  kind: SourceRow['kind'],
  old: number | null,
  now: number | null,
  text: string,
  spans: [number, number][] = []
): SourceRow {
  return {
    kind,
    old: null,
    new: null,
    old_number: old,
    new_number: now,
    text,
    spans,
    anchor: null,
    old_half: null,
    view_rows: []
  };
}

/** The stretches of two lines that differ; nothing where they have too little in common for marks to help. */
function wordSpans(
  old: string,
  now: string
): { old: [number, number][]; new: [number, number][] } {
  if (old.length > MAX_MARKED || now.length > MAX_MARKED) {
    return { old: [], new: [] };
  }
  const before = old.match(WORD) ?? [];
  const after = now.match(WORD) ?? [];
  const pairs = commonItems(before, after);
  const common = pairs.reduce((sum, [i]) => sum + before[i].trim().length, 0);
  if (4 * common < Math.min(old.length, now.length)) {
    return { old: [], new: [] };
  }
  return {
    old: others(before, new Set(pairs.map(([i]) => i))),
    new: others(after, new Set(pairs.map(([, j]) => j)))
  };
}

function others(
  words: readonly string[],
  common: ReadonlySet<number>
): [number, number][] {
  const spans: [number, number][] = [];
  let position = 0;
  words.forEach((word, index) => {
    const end = position + word.length;
    if (!common.has(index)) {
      const last = spans[spans.length - 1];
      if (last && last[1] === position) {
        last[1] = end;
      } else {
        spans.push([position, end]);
      }
    }
    position = end;
  });
  return spans;
}
