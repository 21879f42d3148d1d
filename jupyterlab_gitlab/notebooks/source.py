"""Which lines of two texts belong together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from .chain import heaviest_chain
from .fuzzy import distances, processing
from .raw import Block, changed_blocks, only_block
from .rawtext import common_ends
from .spans import Spans, changed_spans

_MAX_PAIRS = 2_500
"""Line pairs of one changed block that are compared with each other; beyond it, lines pair by their order."""
_MAX_IN_ORDER = 5_000
"""Line pairs of one changed block that are compared by their order."""
_MAX_LIKE = 8
"""How many lines a line may be like, the best ones."""
_MAX_COMPARED = 1_000
"""Characters of a line that count for its likeness to another."""
_MAX_BY_WORDS = 1_000
"""Changed lines of one comparison that are compared word by word; of those after them one stretch is marked."""
_ALIKE = 0.5
"""Likeness (0 to 1) from which two lines are one changed line."""


class Same(msgspec.Struct, frozen=True, gc=False):
    """*count* unchanged lines from indices *old* and *new* on (from 0)."""

    old: int
    new: int
    count: int


class Changed(msgspec.Struct, frozen=True, gc=False):
    """A removed or an added line: its index from 0, None on the other side, and what of it has changed."""

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
    if not ignore_whitespace and (block := only_block(old, new, *common_ends(old, new))) is not None:
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
) -> Iterator[Same | Changed]:
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
    at_old = at_new = marked = 0
    for block in blocks:
        yield from _same(at_old, at_new, block.old - at_old, context, first=not at_old and not at_new)
        at_old, at_new = block.old, block.new
        for i, j in _alike(old, new, block):
            yield from _one_sided(at_old, i, at_new, j)
            marked += 1
            old_spans, new_spans = changed_spans(
                old[i], new[j], by_words=marked <= _MAX_BY_WORDS, ignore_whitespace=ignore_whitespace
            )
            yield Changed(i, None, old_spans)
            yield Changed(None, j, new_spans)
            at_old, at_new = i + 1, j + 1
        yield from _one_sided(at_old, block.old_end, at_new, block.new_end)
        at_old, at_new = block.old_end, block.new_end
    yield from _same(at_old, at_new, len(old) - at_old, context, first=not blocks, last=bool(blocks))


def _same(
    old: int, new: int, count: int, context: int | None, *, first: bool = False, last: bool = False
) -> list[Same]:
    """Unchanged lines: of the *first* stretch only the end, of the *last* one only the beginning, if there is a limit
    of *context*."""
    if not count:
        return []
    before, after = (0 if first else context), (0 if last else context)
    if before is None or after is None or before + after >= count:
        return [Same(old, new, count)]
    parts = [Same(old, new, before), Same(old + count - after, new + count - after, after)]
    return [part for part in parts if part.count]


def _one_sided(old: int, old_end: int, new: int, new_end: int) -> list[Changed]:
    removed = [Changed(index, None) for index in range(old, old_end)]
    return removed + [Changed(None, index) for index in range(new, new_end)]


def _alike(old: Sequence[str], new: Sequence[str], block: Block) -> list[tuple[int, int]]:
    """Pairs of lines of a block that are one changed line, in order on both sides."""
    rows, columns = block.old_end - block.old, block.new_end - block.new
    if not rows or not columns:
        return []
    scorer = distances().Indel.normalized_similarity
    if rows == columns == 1:
        pair = old[block.old][:_MAX_COMPARED].strip(), new[block.new][:_MAX_COMPARED].strip()
        return [(block.old, block.new)] if scorer(*pair, score_cutoff=_ALIKE) else []
    olds = [line[:_MAX_COMPARED].strip() for line in old[block.old : block.old_end]]
    news = [line[:_MAX_COMPARED].strip() for line in new[block.new : block.new_end]]
    in_order = [
        (block.old + k, block.new + k)
        for k in range(min(rows, columns, _MAX_IN_ORDER))
        if scorer(olds[k], news[k], score_cutoff=_ALIKE)
    ]
    if rows * columns > _MAX_PAIRS or len(in_order) == rows == columns:
        return in_order
    extract = processing().extract
    candidates = [
        (block.old + i, block.new + j, score)
        for i, line in enumerate(olds)
        for _, score, j in extract(line, news, scorer=scorer, processor=None, limit=_MAX_LIKE, score_cutoff=_ALIKE)
    ]
    return heaviest_chain([(i, j) for i, j, _ in candidates], [score for _, _, score in candidates])
