/** A stretch of one line with the same look, half-open in UTF-16 code units. */
export interface IToken {
  from: number;
  to: number;
  className: string;
}

/** A piece of a line to render. */
export interface ISegment {
  text: string;
  className: string;
  marked: boolean;
}

/**
 * Joins the syntax colours of a line with the marks of what changed in it.
 *
 * `tokens` and `spans` are sorted and don't overlap among themselves; parts beyond the text are ignored.
 */
export function segments(
  text: string,
  tokens: readonly IToken[],
  spans: readonly (readonly number[])[]
): ISegment[] {
  const cuts = new Set<number>([0, text.length]);
  for (const { from, to } of tokens) {
    cuts.add(Math.min(from, text.length));
    cuts.add(Math.min(to, text.length));
  }
  for (const [from, to] of spans) {
    cuts.add(Math.min(from, text.length));
    cuts.add(Math.min(to, text.length));
  }
  const sorted = [...cuts].sort((a, b) => a - b);
  const result: ISegment[] = [];
  let token = 0;
  let span = 0;
  for (let i = 0; i + 1 < sorted.length; i++) {
    const from = sorted[i];
    const to = sorted[i + 1];
    while (token < tokens.length && tokens[token].to <= from) {
      token++;
    }
    while (span < spans.length && spans[span][1] <= from) {
      span++;
    }
    const inToken = token < tokens.length && tokens[token].from <= from;
    const marked = span < spans.length && spans[span][0] <= from;
    result.push({
      text: text.slice(from, to),
      className: inToken ? tokens[token].className : '',
      marked
    });
  }
  return result;
}

/** Splits the tokens of a text at its line ends. */
export function tokensByLine(
  text: string,
  tokens: readonly IToken[]
): IToken[][] {
  const result: IToken[][] = [];
  let token = 0;
  let start = 0;
  for (const line of text.split('\n')) {
    const end = start + line.length;
    const own: IToken[] = [];
    while (token < tokens.length && tokens[token].to <= start) {
      token++;
    }
    for (let i = token; i < tokens.length && tokens[i].from < end; i++) {
      const from = Math.max(tokens[i].from, start) - start;
      const to = Math.min(tokens[i].to, end) - start;
      if (from < to) {
        own.push({ from, to, className: tokens[i].className });
      }
    }
    result.push(own);
    start = end + 1;
  }
  return result;
}
