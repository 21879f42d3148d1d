import type { IDocumentManager } from '@jupyterlab/docmanager';
import type { NotebookPanel } from '@jupyterlab/notebook';

import type { ApiClient } from '../api/client';
import type { ISuggested, ISuggestionsOf } from './types';

/** Whether the notebook is open with changes that are not on the disk. */
export function isUnsaved(documents: IDocumentManager, path: string): boolean {
  return documents.findWidget(path, 'Notebook')?.context.model.dirty ?? false;
}

/**
 * Puts suggestions for one notebook into its cells and shows the first of them; nothing is saved. Throws `ApiError` if
 * the open notebook's code is not what they were made for.
 */
export async function editOpenNotebook(
  client: ApiClient,
  documents: IDocumentManager,
  what: {
    of: ISuggestionsOf;
    suggested: readonly ISuggested[];
    /** The head of the merge request. */
    sha: string;
  }
): Promise<void> {
  const { of, suggested, sha } = what;
  const { position, contentsPath } = suggested[0];
  const file = position.new_path;
  const panel =
    contentsPath === null
      ? undefined
      : (documents.openOrReveal(contentsPath, 'Notebook') as
          NotebookPanel | undefined);
  if (!panel) {
    throw new Error(`${file.display} could not be opened.`);
  }
  await panel.context.ready;
  const model = panel.content.model;
  if (!model) {
    throw new Error(`${file.display} could not be read.`);
  }
  const { sharedModel } = model;
  const edited = await client.post(
    '/merge-requests/{iid}/suggestions/open-notebook',
    {
      path: { iid: of.iid },
      query: { folder: of.folder },
      body: {
        sha,
        path: file.id,
        cells: sharedModel.cells.map(cell => ({
          id: cell.id,
          source: cell.getSource()
        })),
        suggestions: suggested.map(each => each.ref)
      }
    }
  );
  sharedModel.transact(() => {
    for (const { index, source } of edited.cells) {
      sharedModel.getCell(index).setSource(source);
    }
  });
  const first = edited.cells[0];
  if (first) {
    panel.content.activeCellIndex = first.index;
    await panel.content.scrollToItem(first.index);
  }
}
