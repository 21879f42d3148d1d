import { Notification } from '@jupyterlab/apputils';
import type { IDocumentManager } from '@jupyterlab/docmanager';
import { type Notebook, NotebookPanel } from '@jupyterlab/notebook';
import type { TranslationBundle } from '@jupyterlab/translation';

/** A cell by its id; by its place where its notebook has no ids. */
export interface ICellPlace {
  id: string | null;
  index: number;
}

/** Where the cell stands in the notebook now; -1 if it is not there any more. */
export function findCell(
  cells: readonly { id: string }[],
  { id, index }: ICellPlace
): number {
  return id === null
    ? index < cells.length
      ? index
      : -1
    : cells.findIndex(cell => cell.id === id);
}

/** Opens the notebook, unless it is open, and brings the reader to the cell. */
export async function openCell(
  docManager: IDocumentManager,
  path: string,
  place: ICellPlace,
  trans: TranslationBundle
): Promise<void> {
  const panel = docManager.openOrReveal(path, 'Notebook');
  if (!(panel instanceof NotebookPanel)) {
    return;
  }
  await panel.context.ready;
  await panel.revealed;
  const notebook = panel.content;
  const index = findCell(
    notebook.widgets.map(cell => cell.model),
    place
  );
  if (index === -1) {
    Notification.info(trans.__('The cell is not in the notebook any more.'), {
      autoClose: 4000
    });
    return;
  }
  await showCell(notebook, index);
}

/** Frames that a notebook which is just being opened gets to lay itself out. */
const PATIENCE = 60;

async function showCell(notebook: Notebook, index: number): Promise<void> {
  notebook.deselectAll();
  notebook.mode = 'command';
  notebook.activeCellIndex = index;
  notebook.activate();
  await notebook.scrollToItem(index, 'start');
  // What is above it may still be growing.
  for (let still = 0, frame = 0; still < 5 && frame < PATIENCE; frame++) {
    await new Promise(requestAnimationFrame);
    if (isVisible(notebook, index)) {
      still++;
    } else {
      still = 0;
      await notebook.scrollToItem(index, 'start');
    }
  }
  // A cell that was not on the page could not take the focus: the one that had it before still does.
  const { node } = notebook.widgets[index];
  if (!node.contains(document.activeElement)) {
    node.focus({ preventScroll: true });
  }
}

function isVisible(notebook: Notebook, index: number): boolean {
  const outer = notebook.node.getBoundingClientRect();
  const { top, bottom } = notebook.widgets[index].node.getBoundingClientRect();
  return bottom > outer.top && top < outer.bottom && bottom > top;
}
