import type { CellDiff } from './types';

/**
 * Where moved cells stood before, so that their old place shows as well: by the position in the diff of the cell that
 * now follows there (the number of cells, for the end), the positions of the moved ones.
 */
export function formerPlaces(
  cells: readonly CellDiff[]
): ReadonlyMap<number, readonly number[]> {
  const places = new Map<number, number[]>();
  cells.forEach((cell, index) => {
    const from = cell.old?.index;
    if (!cell.moved || from === undefined) {
      return;
    }
    const next = cells.findIndex(
      each => !each.moved && each.old !== null && each.old.index > from
    );
    const place = next === -1 ? cells.length : next;
    // Beside its own new place it would say nothing.
    if (place !== index && place !== index + 1) {
      places.set(place, [...(places.get(place) ?? []), index]);
    }
  });
  return places;
}
