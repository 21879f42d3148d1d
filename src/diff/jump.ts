import type { CellDiff } from './types';

/** A cell that the reader is to be brought to; another object for each time. */
export interface ICellJump {
  /** Its position in the diff; null if it is not there. */
  find: (cells: readonly CellDiff[]) => number | null;
}

/** The cell of the new side with this id, else the one at this place. */
export function jumpTo(wanted: {
  id: string | null;
  index: number;
}): ICellJump {
  return {
    find: cells => {
      const byId = cells.findIndex(
        cell => wanted.id !== null && cell.new?.id === wanted.id
      );
      const found =
        byId !== -1
          ? byId
          : cells.findIndex(cell => cell.new?.index === wanted.index);
      return found === -1 ? null : found;
    }
  };
}
