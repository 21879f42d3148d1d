"""Which cell of the old notebook is which of the new one, and in what order both are read."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from .chain import Pair, heaviest_chain
from .likeness import Sketch
from .matching import Matcher
from .model import Cell


class Match(msgspec.Struct, frozen=True, gc=False):
    """A row of the aligned notebook: indices of the cells, None on the side that lacks it."""

    old: int | None
    new: int | None
    moved: bool = False


def align(old: Sequence[Cell], new: Sequence[Cell]) -> list[Match]:
    """All cells of both notebooks in reading order: the new order, removed cells after their former predecessor.

    Cells that are the same from the beginning and from the end, ids included, need no search.
    """
    shorter = min(len(old), len(new))
    start = 0
    while start < shorter and _unchanged(old[start], new[start]):
        start += 1
    end = 0
    while end < shorter - start and _unchanged(old[-1 - end], new[-1 - end]):
        end += 1
    old_end, new_end = len(old) - end, len(new) - end
    return [
        *(Match(index, index) for index in range(start)),
        *_aligned(old[start:old_end], new[start:new_end], start),
        *(Match(old_end + index, new_end + index) for index in range(end)),
    ]


def _unchanged(old: Cell, new: Cell) -> bool:
    return old.id == new.id and old.source.text == new.source.text and old.cell_type == new.cell_type


def _aligned(old: Sequence[Cell], new: Sequence[Cell], offset: int) -> list[Match]:
    """The matches of the cells in between, whose indices begin at *offset*."""
    if not old or not new:
        removed, added = range(offset, offset + len(old)), range(offset, offset + len(new))
        return [*(Match(index, None) for index in removed), *(Match(None, index) for index in added)]
    sketches = [Sketch(cell) for cell in old], [Sketch(cell) for cell in new]
    pairs = Matcher(*sketches).pairs_of_cells()
    chain = _kept_order(pairs, sketches[0])
    stays = dict(chain)
    old_of = {j: i for i, j in pairs.items()}
    ends = [*(i for i, _ in chain), len(old)]

    def removed_cells(first: int, stop: int) -> list[Match]:
        return [Match(offset + i, None) for i in range(first, stop) if i not in pairs]

    ordered = removed_cells(0, ends[0])
    passed = 0
    for j in range(len(new)):
        i = old_of.get(j)
        if i is None:
            ordered.append(Match(None, offset + j))
        elif stays.get(i) != j:
            ordered.append(Match(offset + i, offset + j, moved=True))
        else:
            passed += 1
            ordered.append(Match(offset + i, offset + j))
            ordered += removed_cells(i + 1, ends[passed])
    return ordered


def _kept_order(pairs: dict[int, int], old: Sequence[Sketch]) -> list[Pair]:
    """The heaviest of the pairs that stand in the same order on both sides; the others have moved."""
    listed = sorted(pairs.items())
    news = [j for _, j in listed]
    if news == sorted(news):
        return listed
    return heaviest_chain(listed, [0.1 + old[i].weight for i, _ in listed])
