import { useLabels, useMembers } from '../api/queries';

/** What is being typed at the caret: a person's or a label's name, from `from` to the caret. */
export interface ICompletable {
  kind: 'member' | 'label';
  from: number;
  search: string;
}

/** One way to go on. */
export interface ISuggestion {
  key: number;
  /** Replaces what was typed. */
  text: string;
  label: string;
  detail?: string;
  color?: string;
}

/** Suggestions shown. */
const MOST = 6;

/** What could be completed at the caret: `@` or `~` at the beginning of a word, and some letters of a name. */
export function completableAt(
  text: string,
  caret: number
): ICompletable | null {
  const found = /(?:^|[\s([{"',;])([@~])("?[\p{L}\p{N}_.:\- ]{0,40})$/u.exec(
    text.slice(Math.max(0, caret - 60), caret)
  );
  if (!found) {
    return null;
  }
  const [, sign, typed] = found;
  const isLabel = sign === '~';
  // Names of labels may hold blanks once they are quoted.
  if (typed.includes(' ') && !(isLabel && typed.startsWith('"'))) {
    return null;
  }
  if (!isLabel && typed.startsWith('"')) {
    return null;
  }
  return {
    kind: isLabel ? 'label' : 'member',
    from: caret - typed.length - 1,
    search: typed.replace(/^"/, '')
  };
}

/** The text with what was typed at the caret completed, and where the caret is then. */
export function complete(
  text: string,
  caret: number,
  at: ICompletable,
  suggestion: ISuggestion
): { text: string; caret: number } {
  const rest = text.slice(caret).replace(/^"/, '');
  const made = suggestion.text + (/^[\s.,;:!?)\]]/.test(rest) ? '' : ' ');
  return {
    text: text.slice(0, at.from) + made + rest,
    caret: at.from + made.length
  };
}

/** A label as a text names it: quoted unless it is one plain word. */
export function labelReference(name: string): string {
  return /^[\p{L}\p{N}_\-:.]+$/u.test(name) ? `~${name}` : `~"${name}"`;
}

/** The people or labels that what was typed may mean. */
export function useSuggestions(
  folder: string,
  at: ICompletable | null
): readonly ISuggestion[] {
  const members = useMembers(
    folder,
    at?.search ?? '',
    at?.kind === 'member'
  ).data;
  const labels = useLabels(folder, at?.search ?? '', at?.kind === 'label').data;
  if (at?.kind === 'member') {
    return byBeginning(members?.users ?? [], at.search, user => user.username)
      .slice(0, MOST)
      .map(user => ({
        key: user.id,
        text: `@${user.username}`,
        label: `@${user.username}`,
        detail: user.name
      }));
  }
  if (at?.kind === 'label') {
    return byBeginning(labels?.labels ?? [], at.search, label => label.name)
      .slice(0, MOST)
      .map((label, key) => ({
        key,
        text: labelReference(label.name),
        label: label.name,
        color: label.color
      }));
  }
  return [];
}

/** Those whose name begins with what was typed first; GitLab finds it anywhere. */
function byBeginning<T>(
  found: readonly T[],
  search: string,
  name: (each: T) => string
): T[] {
  const begins = (each: T) =>
    name(each).toLowerCase().startsWith(search.toLowerCase()) ? 0 : 1;
  return [...found].sort((a, b) => begins(a) - begins(b));
}
