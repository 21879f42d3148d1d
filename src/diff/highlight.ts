import {
  type IEditorLanguage,
  type IEditorLanguageRegistry,
  jupyterHighlightStyle
} from '@jupyterlab/codemirror';
import { highlightTree } from '@lezer/highlight';
import * as React from 'react';

import { type IToken, tokensByLine } from './segments';
import type { SourceRow } from './types';

/** Longer sources stay plain: parsing them would hold up the page. In UTF-16 code units. */
const MAX_LENGTH = 200_000;

/** Sources whose colours are remembered. */
const CACHE_SIZE = 400;

/** Milliseconds of work before the page gets a chance to draw. */
const SLICE = 8;

const NO_TOKENS: readonly (readonly IToken[])[] = [];

/** Colours sources by JupyterLab's own editor languages. */
export class Highlighter {
  constructor(private _languages: IEditorLanguageRegistry | null) {}

  /** The editor language for a kernel language's name; IPython's for Python, so that magics don't confuse it. */
  forKernel(language: string): IEditorLanguage | null {
    const name = language.toLowerCase();
    if (name === 'python' || name === 'ipython') {
      return (
        this._languages?.findByMIME('text/x-ipython') ??
        this._languages?.findByName('python') ??
        null
      );
    }
    return this._languages?.findBest(language) ?? null;
  }

  /** The editor language of a Markdown cell. */
  forMarkdown(): IEditorLanguage | null {
    return this._languages?.findByMIME('text/x-ipythongfm') ?? null;
  }

  /** The editor language for a file's name. */
  forFile(path: string): IEditorLanguage | null {
    return (
      this._languages?.findByFileName(path.slice(path.lastIndexOf('/') + 1)) ??
      null
    );
  }

  /** The tokens of each line. One source after the other, with pauses in which the page can draw. */
  tokens(text: string, language: IEditorLanguage): Promise<IToken[][]> {
    const key = `${language.name}\0${text}`;
    const known = this._cache.get(key);
    if (known) {
      return known;
    }
    const result = this._last.then(() => this._tokens(text, language));
    this._last = result.catch(() => undefined);
    this._cache.set(key, result);
    if (this._cache.size > CACHE_SIZE) {
      this._cache.delete(this._cache.keys().next().value as string);
    }
    return result;
  }

  private async _tokens(
    text: string,
    language: IEditorLanguage
  ): Promise<IToken[][]> {
    mountStyle();
    const loaded = await this._languages?.getLanguage(language);
    const parse = loaded?.support?.language.parser.startParse(text);
    let tree = parse?.advance() ?? null;
    while (parse && tree === null) {
      await this._pause();
      tree = parse.advance();
    }
    const tokens: IToken[] = [];
    if (tree) {
      highlightTree(tree, jupyterHighlightStyle, (from, to, className) =>
        tokens.push({ from, to, className })
      );
    }
    await this._pause();
    return tokensByLine(text, tokens);
  }

  /** Lets the page draw if it has been kept from that for long enough. */
  private async _pause(): Promise<void> {
    if (performance.now() - this._sliceStart > SLICE) {
      await new Promise(resolve => setTimeout(resolve, 0));
      this._sliceStart = performance.now();
    }
  }

  private _cache = new Map<string, Promise<IToken[][]>>();
  private _last: Promise<unknown> = Promise.resolve();
  private _sliceStart = 0;
}

let mounted = false;

/** The colours' style sheet is otherwise added by the first editor, and there may be none yet. */
function mountStyle(): void {
  if (!mounted && jupyterHighlightStyle.module) {
    const style = document.createElement('style');
    style.textContent = jupyterHighlightStyle.module.getRules();
    document.head.appendChild(style);
    mounted = true;
  }
}

/** As much of a row as its colours need. */
type ColouredRow = Pick<SourceRow, 'kind' | 'text'>;

/** The tokens of a row by its index among the rows. */
export type RowTokens = (index: number) => readonly IToken[];

const PLAIN: RowTokens = () => [];

/** Colours both sides of a source; plain until they are known. */
export function useRowTokens(
  highlighter: Highlighter,
  language: IEditorLanguage | null,
  rows: readonly ColouredRow[]
): RowTokens {
  const [result, setResult] = React.useState<{
    rows: readonly ColouredRow[];
    tokens: RowTokens;
  } | null>(null);

  React.useEffect(() => {
    if (!language || rows.length === 0) {
      return;
    }
    const sides = sourceSides(rows);
    if (sides.old.length + sides.new.length > 2 * MAX_LENGTH) {
      return;
    }
    let stale = false;
    const colour = async () => {
      const ofNew = await highlighter.tokens(sides.new, language);
      const ofOld =
        sides.old === sides.new
          ? NO_TOKENS
          : await highlighter.tokens(sides.old, language);
      if (stale) {
        return;
      }
      const at = lineIndexes(rows);
      setResult({
        rows,
        tokens: index =>
          (rows[index].kind === 'removed'
            ? ofOld[at[index]]
            : ofNew[at[index]]) ?? []
      });
    };
    colour().catch((reason: unknown) => {
      console.warn('The source stays without colours.', reason);
    });
    return () => {
      stale = true;
    };
  }, [highlighter, language, rows]);

  return result?.rows === rows ? result.tokens : PLAIN;
}

/** The whole text of each side. */
export function sourceSides(rows: readonly ColouredRow[]): {
  old: string;
  new: string;
} {
  const text = (skip: SourceRow['kind']) =>
    rows
      .filter(row => row.kind !== skip)
      .map(row => row.text)
      .join('\n');
  return { old: text('added'), new: text('removed') };
}

/** For each row, which line of its side it is, from 0 (the new side for unchanged rows). */
function lineIndexes(rows: readonly ColouredRow[]): number[] {
  let ofOld = 0;
  let ofNew = 0;
  return rows.map(row => {
    if (row.kind === 'removed') {
      return ofOld++;
    }
    if (row.kind === 'same') {
      ofOld++;
    }
    return ofNew++;
  });
}
