"""Which lines of two texts belong together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import Literal

import msgspec

from .chain import heaviest_chain
from .raw import Block, changed_blocks, only_block
from .spans import Spans, changed_spans

_MAX_PAIRS = 2_500
"""Line pairs of one changed block that are compared with each other; beyond it, lines pair by their order."""
_MAX_IN_ORDER = 5_000
"""Line pairs of one changed block that are compared by their order."""
_MAX_LIKE = 8
"""How many lines a line may be like, the best ones."""
_MAX_COMPARED = 1_000
"""Characters of a line that count for its likeness to another."""
_ALIKE = 0.5
"""Likeness (0 to 1) from which two lines are one changed line."""


class Line(msgspec.Struct, frozen=True, gc=False):
    """One line of the comparison: indices from 0 into the old and the new lines."""

    kind: Literal["same", "removed", "added"]
    old: int | None
    new: int | None
    spans: Spans = ()


def line_blocks(
    old: Sequence[str], new: Sequence[str], *, indent_heuristic: bool = True, ignore_whitespace: bool = False
) -> list[Block]:
    """The changed stretches of two lists of lines (without line ends), as git would find them; indices from 0."""
    if old == new:
        return []
    if not old or not new:
        return [Block(0, len(old), 0, len(new))]
    if not ignore_whitespace and (block := only_block(old, new)) is not None:
        return [block]
    found = changed_blocks(
        *("\n".join([*lines, ""]).encode("utf-8", "surrogatepass") for lines in (old, new)),
        indent_heuristic=indent_heuristic,
        ignore_whitespace=ignore_whitespace,
    )
    return [Block(block.old - 1, block.old_end - 1, block.new - 1, block.new_end - 1) for block in found]


def compare_lines(
    old: Sequence[str],
    new: Sequence[str],
    blocks: Sequence[Block] | None = None,
    context: int | None = None,
    *,
    ignore_whitespace: bool = False,
) -> Iterator[Line]:
    """The lines of both sides in reading order.

    A removed line directly followed by an added one is one changed line, with its spans.

    Parameters
    ----------
    blocks: the changed stretches (indices from 0), found here if not given.
    context: how many unchanged lines to tell before and after each change; all if not given.
    ignore_whitespace: lines that differ in blanks only are the same.
    """
    if blocks is None:
        blocks = line_blocks(old, new, ignore_whitespace=ignore_whitespace)
    at_old = at_new = 0
    for block in blocks:
        yield from _same(at_old, block.old, at_new, context if at_old or at_new else 0, context)
        yield from _changed(old, new, block, ignore_whitespace)
        at_old, at_new = block.old_end, block.new_end
    yield from _same(at_old, len(old), at_new, context if blocks else None, 0 if blocks else None)


def _same(start: int, stop: int, new: int, first: int | None, last: int | None) -> Iterator[Line]:
    """Unchanged lines; only the *first* and *last* so many, unless both are None."""
    if first is None or last is None or first + last >= stop - start:
        chosen: Iterable[int] = range(start, stop)
    else:
        chosen = chain(range(start, start + first), range(stop - last, stop))
    for index in chosen:
        yield Line("same", index, index - start + new)


def _changed(old: Sequence[str], new: Sequence[str], block: Block, ignore_whitespace: bool) -> Iterator[Line]:
    at_old, at_new = block.old, block.new
    for i, j in [*_alike(old, new, block), (block.old_end, block.new_end)]:
        yield from (Line("removed", index, None) for index in range(at_old, i))
        yield from (Line("added", None, index) for index in range(at_new, j))
        if i < block.old_end:
            old_spans, new_spans = changed_spans(old[i], new[j], ignore_whitespace=ignore_whitespace)
            yield Line("removed", i, None, old_spans)
            yield Line("added", None, j, new_spans)
        at_old, at_new = i + 1, j + 1


def _alike(old: Sequence[str], new: Sequence[str], block: Block) -> list[tuple[int, int]]:
    """Pairs of lines of a block that are one changed line, in order on both sides."""
    rows, columns = block.old_end - block.old, block.new_end - block.new
    if not rows or not columns:
        return []
    from rapidfuzz.distance import Indel
    from rapidfuzz.process import extract

    olds = [line[:_MAX_COMPARED].strip() for line in old[block.old : block.old_end]]
    news = [line[:_MAX_COMPARED].strip() for line in new[block.new : block.new_end]]
    scorer = Indel.normalized_similarity
    in_order = [
        (block.old + k, block.new + k)
        for k in range(min(rows, columns, _MAX_IN_ORDER))
        if scorer(olds[k], news[k], score_cutoff=_ALIKE)
    ]
    if rows * columns > _MAX_PAIRS or len(in_order) == rows == columns:
        return in_order
    candidates = [
        (block.old + i, block.new + j, score)
        for i, line in enumerate(olds)
        for _, score, j in extract(line, news, scorer=scorer, processor=None, limit=_MAX_LIKE, score_cutoff=_ALIKE)
    ]
    return heaviest_chain([(i, j) for i, j, _ in candidates], [score for _, _, score in candidates])
