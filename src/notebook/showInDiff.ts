import { Notification } from '@jupyterlab/apputils';
import type { NotebookPanel } from '@jupyterlab/notebook';
import type { TranslationBundle } from '@jupyterlab/translation';
import type { CommandRegistry } from '@lumino/commands';

import { describeError } from '../api/describe';
import { CommandIDs, type IGitLab } from '../tokens';

/** Shows a cell of a notebook in the notebook's diff with the last commit; `node`: of another than the active one. */
export async function showInDiff(
  panel: NotebookPanel,
  node: HTMLElement | undefined,
  services: {
    commands: CommandRegistry;
    gitlab: IGitLab;
    trans: TranslationBundle;
  }
): Promise<void> {
  const { commands, gitlab, trans } = services;
  const { widgets, activeCellIndex } = panel.content;
  const pointed = widgets.findIndex(cell => cell.node === node);
  const index = pointed === -1 ? activeCellIndex : pointed;
  try {
    if (panel.context.model.dirty) {
      await panel.context.save();
    }
    const place = await gitlab.client.get('/file-places', {
      query: { contents_path: panel.context.path }
    });
    await commands.execute(CommandIDs.openDiff, {
      folder: place.folder,
      old: place.has_commits ? 'HEAD' : 'EMPTY',
      new: 'WORKTREE',
      old_path: place.path.id,
      new_path: place.path.id,
      cell_id: widgets[index]?.model.id,
      cell_index: index
    });
  } catch (error) {
    const { message, hint } = describeError(error, trans);
    Notification.error(
      [trans.__('The diff could not be opened.'), message, hint]
        .filter(part => part)
        .join(' '),
      { autoClose: false }
    );
  }
}
