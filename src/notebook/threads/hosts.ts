import type { NotebookPanel } from '@jupyterlab/notebook';
import * as React from 'react';

type Cell = NotebookPanel['content']['widgets'][number];

/** Events in the threads that the notebook must not take for its own. */
const OWN = ['keydown', 'dblclick', 'lm-dragenter'];

/** The elements below cells in which threads are drawn; one a cell, made when it is asked for. */
export class CellHosts {
  /** The host of a cell, at its end. */
  of(cell: Cell): HTMLElement {
    const known = this._hosts.get(cell);
    if (known) {
      return known.inner;
    }
    const outer = document.createElement('div');
    outer.className = 'jp-gitlab-LiveCell';
    // Keys typed here are no commands of the notebook.
    outer.setAttribute('data-lm-suppress-shortcuts', 'true');
    OWN.forEach(type =>
      outer.addEventListener(type, event => event.stopPropagation())
    );
    const inner = document.createElement('div');
    outer.appendChild(inner);
    cell.node.appendChild(outer);
    this._hosts.set(cell, { outer, inner });
    return inner;
  }

  /** Takes away those of all other cells. */
  keep(cells: ReadonlySet<Cell>): void {
    for (const [cell, { outer }] of this._hosts) {
      if (!cells.has(cell)) {
        outer.remove();
        this._hosts.delete(cell);
      }
    }
  }

  private _hosts = new Map<Cell, { outer: HTMLElement; inner: HTMLElement }>();
}

/** The cells of the notebook, kept up to date as they come, go and move. */
export function useCells(panel: NotebookPanel): readonly Cell[] {
  const [cells, setCells] = React.useState<readonly Cell[]>([]);
  React.useEffect(() => {
    const look = () => setCells([...panel.content.widgets]);
    const watch = () => {
      panel.content.model?.cells.changed.connect(later);
      later();
    };
    // The widgets follow the model.
    const later = () => requestAnimationFrame(look);
    panel.content.modelChanged.connect(watch);
    watch();
    return () => {
      panel.content.modelChanged.disconnect(watch);
      if (panel.content.model && !panel.content.model.isDisposed) {
        panel.content.model.cells.changed.disconnect(later);
      }
    };
  }, [panel]);
  return cells;
}
