import type { IEditorLanguage } from '@jupyterlab/codemirror';
import { useQuery } from '@tanstack/react-query';

import { useClient } from '../api/context';
import type { Highlighter } from '../diff/highlight';
import { fileDiffQuery } from '../diff/queries';
import { useDiffServices } from '../diff/services';
import type { FileDiff } from '../diff/types';
import { displayPath } from '../diff/words';
import type { LinePosition, Suggestible } from './types';

/** The language of the lines that a change is suggested for. */
export function suggestibleLanguage(
  highlighter: Highlighter,
  path: string,
  suggestible: Suggestible | undefined
): IEditorLanguage | null {
  if (!suggestible) {
    return null;
  }
  return suggestible.cell_type === null
    ? highlighter.forFile(displayPath(path))
    : cellLanguage(highlighter, suggestible.cell_type, suggestible.language);
}

/** What is known of a position's file from the diff that is on the screen: nothing is asked for. */
export interface IKnownFile {
  /** Of the line. */
  language: IEditorLanguage | null;
  contentsPath: string | null;
}

export function useKnownFile(
  folder: string,
  position: LinePosition | null
): IKnownFile {
  const client = useClient();
  const { highlighter } = useDiffServices();
  const { data } = useQuery({
    ...fileDiffQuery(client, {
      folder,
      old: position?.diff_refs.base_sha ?? '',
      new: position?.diff_refs.head_sha ?? '',
      oldPath: position?.old_path.id ?? '',
      newPath: position?.new_path.id ?? ''
    }),
    enabled: false
  });
  return {
    language: data && position ? languageAt(highlighter, data, position) : null,
    contentsPath: data?.new?.path.contents_path ?? null
  };
}

function languageAt(
  highlighter: Highlighter,
  diff: FileDiff,
  position: LinePosition
): IEditorLanguage | null {
  if (diff.type !== 'notebook') {
    return highlighter.forFile(position.new_path.display);
  }
  const cell = diff.cells.find(each =>
    each.rows.some(row => row.new === position.new_line)
  );
  return cell ? cellLanguage(highlighter, cell.cell_type, diff.language) : null;
}

function cellLanguage(
  highlighter: Highlighter,
  cellType: string,
  language: string
): IEditorLanguage | null {
  return cellType === 'code'
    ? highlighter.forKernel(language)
    : cellType === 'markdown'
      ? highlighter.forMarkdown()
      : null;
}
