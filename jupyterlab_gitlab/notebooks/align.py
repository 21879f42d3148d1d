"""Which cell of the old notebook is which of the new one, and in what order both are read."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import msgspec

from .chain import Pair, heaviest_chain
from .likeness import weight
from .matching import Matcher
from .model import Cell

_MOST = 0.8
"""Share of cells that have to be unchanged for the others to be looked for between them only."""
_NEARBY = 6
"""Cells that are looked ahead."""


class Match(msgspec.Struct, frozen=True, gc=False):
    """A row of the aligned notebook: indices of the cells, None on the side that lacks it."""

    old: int | None
    new: int | None
    moved: bool = False


def align(old: Sequence[Cell], new: Sequence[Cell], proceed: Callable[[], object] = lambda: None) -> list[Match]:
    """All cells of both notebooks in reading order: the new order, removed cells after their former predecessor.

    Cells that are the same from the beginning and from the end, ids included, need no search. *proceed* is called now
    and then; what it raises ends the work.
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
        *[Match(index, index) for index in range(start)],
        *_aligned(old[start:old_end], new[start:new_end], start, proceed),
        *[Match(old_end + index, new_end + index) for index in range(end)],
    ]


def _unchanged(old: Cell, new: Cell) -> bool:
    return old is new or (old.written == new.written and old.id == new.id and old.cell_type == new.cell_type)


def _aligned(old: Sequence[Cell], new: Sequence[Cell], offset: int, proceed: Callable[[], object]) -> list[Match]:
    """The matches of the cells in between, whose indices begin at *offset*."""
    if not old or not new:
        removed, added = range(offset, offset + len(old)), range(offset, offset + len(new))
        return [*(Match(index, None) for index in removed), *(Match(None, index) for index in added)]
    if _comes_before(new, old):
        turned = Matcher(new, old, _in_step(new, old), proceed).pairs_of_cells()
        pairs = {i: j for j, i in turned.items()}
        chain = [(i, j) for j, i in _kept_order(turned, new)]
    else:
        pairs = Matcher(old, new, _in_step(old, new), proceed).pairs_of_cells()
        chain = _kept_order(pairs, old)
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


def _comes_before(one: Sequence[Cell], other: Sequence[Cell]) -> bool:
    """An order of lists of cells: the search goes the same way whichever of two is the new one, so that swapping them
    mirrors what is found."""
    for a, b in zip(one, other, strict=False):
        keys = (a.source.text, a.cell_type, a.id or ""), (b.source.text, b.cell_type, b.id or "")
        if keys[0] != keys[1]:
            return keys[0] < keys[1]
    return len(one) < len(other)


def _in_step(old: Sequence[Cell], new: Sequence[Cell]) -> dict[int, int]:
    """The unchanged cells, where most are and the others are few and stand between them; else none.

    Both sides are read in step; where they differ, the nearest place is looked for from which on they agree again.
    """
    pairs: dict[int, int] = {}
    allowed = min(len(old), len(new)) * (1 - _MOST)
    i = j = lost = 0
    while i < len(old) and j < len(new):
        if _unchanged(old[i], new[j]):
            pairs[i] = j
            i, j = i + 1, j + 1
            continue
        step = _next_agreement(old, new, i, j)
        lost += max(step)
        if lost > allowed:
            return {}
        i, j = i + step[0], j + step[1]
    return pairs


def _next_agreement(old: Sequence[Cell], new: Sequence[Cell], i: int, j: int) -> tuple[int, int]:
    """How many cells to pass on each side until two cells in a row agree; all that are left if there is no such place
    nearby."""
    for distance in range(1, _NEARBY):
        for by_old, by_new in ((distance, distance), (0, distance), (distance, 0)):
            a, b = i + by_old, j + by_new
            ends = len(old) - a, len(new) - b
            if ends == (0, 0):
                return by_old, by_new
            if min(ends) < 1 or not _unchanged(old[a], new[b]):
                continue
            if ends == (1, 1) or (min(ends) > 1 and _unchanged(old[a + 1], new[b + 1])):
                return by_old, by_new
    return len(old) - i, len(new) - j


def _kept_order(pairs: dict[int, int], old: Sequence[Cell]) -> list[Pair]:
    """The heaviest of the pairs that stand in the same order on both sides; the others have moved."""
    listed = sorted(pairs.items())
    news = [j for _, j in listed]
    if news == sorted(news):
        return listed
    return heaviest_chain(listed, [0.1 + weight(old[i]) for i, _ in listed])
