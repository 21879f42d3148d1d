import type { Suggestion } from './types';

/** A stretch of a note: Markdown, or a suggestion in its place. */
export type NotePart =
  | { kind: 'text'; text: string }
  | { kind: 'suggestion'; suggestion: Suggestion };

/** A note's text cut at its suggestions, which stand where the server part says. */
export function noteParts(
  body: string,
  suggestions: readonly Suggestion[]
): NotePart[] {
  if (suggestions.length === 0) {
    return [{ kind: 'text', text: body }];
  }
  const lines = body.split('\n');
  const parts: NotePart[] = [];
  let at = 0;
  const addText = (end: number) => {
    const text = lines.slice(at, end).join('\n');
    if (text.trim() !== '') {
      parts.push({ kind: 'text', text });
    }
  };
  for (const suggestion of suggestions) {
    addText(suggestion.begins);
    parts.push({ kind: 'suggestion', suggestion });
    at = suggestion.ends;
  }
  addText(lines.length);
  return parts;
}
