import type { ISuggestOn } from '../suggestions/types';
import { useSuggestedIn } from '../suggestions/view';
import type { DraftTarget } from './drafts';
import type { LinePosition } from './types';

/** The lines that a comment can suggest a change for: those it is on, unless they are gone or of an older version. */
export function useSuggestOn(target: DraftTarget): ISuggestOn | null {
  const thread = useSuggestedIn();
  if (target.kind === 'line') {
    const { position } = target;
    return linesOf(position, position.new_line, position.start?.new_line);
  }
  const position = thread?.position ?? null;
  return target.kind === 'reply' || target.kind === 'note'
    ? ofThread(position)
    : null;
}

function ofThread(position: LinePosition | null): ISuggestOn | null {
  if (position === null || position.outdated) {
    return null;
  }
  const { diff_refs, old_path, new_path, new_line, start } = position;
  const on = { ...diff_refs, old_path: old_path.id, new_path: new_path.id };
  return linesOf(on, new_line, start?.new_line);
}

function linesOf(
  on: Pick<ISuggestOn, 'base_sha' | 'head_sha' | 'old_path' | 'new_path'>,
  last: number | null | undefined,
  first: number | null | undefined
): ISuggestOn | null {
  if (typeof last !== 'number') {
    return null;
  }
  const { base_sha, head_sha, old_path, new_path } = on;
  return { base_sha, head_sha, old_path, new_path, first: first ?? last, last };
}
