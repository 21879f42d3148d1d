/** A comment's text with, at its end, the change that it suggests. */
export interface ISuggesting {
  /** What stands above the block. */
  text: string;
  /** Null: nothing is suggested. */
  change: IChange | null;
}

/** What takes the place of the comment's line and of so many lines above it. */
export interface IChange {
  above: number;
  code: string;
}

/** The comment as GitLab takes it. The fence is longer than any in the code. */
export function joined({ text, change }: ISuggesting): string {
  if (change === null) {
    return text;
  }
  const runs = change.code.match(/^ {0,3}`+/gm) ?? [];
  const longest = Math.max(2, ...runs.map(run => run.trimStart().length));
  const fence = '`'.repeat(longest + 1);
  const lines = change.code === '' ? [] : [change.code];
  const block = [`${fence}suggestion:-${change.above}+0`, ...lines, fence].join(
    '\n'
  );
  return text === '' ? block : `${text}\n\n${block}`;
}

/** What `joined` wrote, in parts; any other text suggests nothing that could be edited here. */
export function parted(body: string): ISuggesting {
  for (const found of body.matchAll(
    /(?:^|\n\n)(`{3,})suggestion:-(\d{1,6})\+0\n/g
  )) {
    const [opening, fence, above] = found;
    const code = body.slice(found.index + opening.length);
    if (code === fence || code.endsWith(`\n${fence}`)) {
      const parts = {
        text: body.slice(0, found.index),
        change: {
          above: Number(above),
          code: code.slice(0, Math.max(0, code.length - fence.length - 1))
        }
      };
      if (joined(parts) === body) {
        return parts;
      }
    }
  }
  return { text: body, change: null };
}
