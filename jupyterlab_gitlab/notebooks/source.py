"""Which lines of two texts belong together, and which stretches of a changed line differ."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Literal

from .raw import Block, changed_blocks

Span = tuple[int, int]

_TOKEN = re.compile(r"\w+|\s+|[^\w\s]")
_MAX_PAIRS = 900
"""Line pairs of one changed block that are compared with each other; beyond it, lines pair by their order."""
_MAX_IN_ORDER = 5_000
"""Line pairs of one changed block that are compared by their order."""
_MAX_COMPARED = 1_000
"""Characters of a line that count for its likeness to another."""
_MAX_TOKEN_PAIRS = 1_000_000
"""Tokens times tokens of a changed line (its common ends aside) that are aligned; beyond it, one stretch is marked."""
_MAX_TOKENISED = 400_000
"""Characters of a changed line on both sides together that are cut into tokens; beyond it, one stretch is marked."""
_ALIKE = 0.5
"""Likeness (0 to 1) from which two lines are one changed line."""


@dataclass(frozen=True)
class Line:
    """One line of the comparison: indices from 0 into the old and the new lines."""

    kind: Literal["same", "removed", "added"]
    old: int | None
    new: int | None
    spans: tuple[Span, ...] = ()


def line_blocks(old: Sequence[str], new: Sequence[str], *, indent_heuristic: bool = True) -> list[Block]:
    """The changed stretches of two lists of lines (without line ends), as git would find them; indices from 0."""
    if not old or not new:
        return [Block(0, len(old), 0, len(new))] if old or new else []
    texts = ("\n".join([*lines, ""]).encode() for lines in (old, new))
    found = changed_blocks(*texts, force_text=True, indent_heuristic=indent_heuristic) or []
    return [Block(block.old - 1, block.old_end - 1, block.new - 1, block.new_end - 1) for block in found]


def compare_lines(
    old: Sequence[str], new: Sequence[str], blocks: Sequence[Block] | None = None, context: int | None = None
) -> Iterator[Line]:
    """The lines of both sides in reading order.

    A removed line directly followed by an added one is one changed line, with its spans.

    Parameters
    ----------
    blocks: the changed stretches (indices from 0), found here if not given.
    context: how many unchanged lines to tell before and after each change; all if not given.
    """
    if blocks is None:
        blocks = [] if old == new else line_blocks(old, new)
    at_old = at_new = 0
    for block in blocks:
        yield from _same(at_old, block.old, at_new, context if at_old or at_new else 0, context)
        yield from _changed(old, new, block)
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


def _changed(old: Sequence[str], new: Sequence[str], block: Block) -> Iterator[Line]:
    at_old, at_new = block.old, block.new
    for i, j in [*_alike(old, new, block), (block.old_end, block.new_end)]:
        yield from (Line("removed", index, None) for index in range(at_old, i))
        yield from (Line("added", None, index) for index in range(at_new, j))
        if i < block.old_end:
            old_spans, new_spans = changed_spans(old[i], new[j])
            yield Line("removed", i, None, old_spans)
            yield Line("added", None, j, new_spans)
        at_old, at_new = i + 1, j + 1


def _alike(old: Sequence[str], new: Sequence[str], block: Block) -> list[tuple[int, int]]:
    """Pairs of lines of a block that are one changed line, in order on both sides."""
    rows, columns = block.old_end - block.old, block.new_end - block.new
    if not rows or not columns:
        return []
    from rapidfuzz.distance import Indel

    def likeness(i: int, j: int) -> float:
        a, b = old[block.old + i][:_MAX_COMPARED].strip(), new[block.new + j][:_MAX_COMPARED].strip()
        return float(Indel.normalized_similarity(a, b, score_cutoff=_ALIKE))

    if rows * columns > _MAX_PAIRS:
        in_order = range(min(rows, columns, _MAX_IN_ORDER))
        return [(block.old + k, block.new + k) for k in in_order if likeness(k, k) >= _ALIKE]
    best = [[0.0] * (columns + 1) for _ in range(rows + 1)]
    score = [[likeness(i, j) for j in range(columns)] for i in range(rows)]
    for i in range(rows - 1, -1, -1):
        for j in range(columns - 1, -1, -1):
            pair = best[i + 1][j + 1] + score[i][j] if score[i][j] >= _ALIKE else 0.0
            best[i][j] = max(best[i + 1][j], best[i][j + 1], pair)
    pairs, i, j = [], 0, 0
    while i < rows and j < columns and best[i][j] > 0:
        if best[i][j] == best[i + 1][j]:
            i += 1
        elif best[i][j] == best[i][j + 1]:
            j += 1
        else:
            pairs.append((block.old + i, block.new + j))
            i, j = i + 1, j + 1
    return pairs


def changed_spans(old: str, new: str) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
    """The stretches of each text that the other lacks, half-open, in UTF-16 code units; by words, not characters."""
    if len(old) + len(new) > _MAX_TOKENISED:
        return _middle(old, new)
    old_tokens, new_tokens = _TOKEN.findall(old), _TOKEN.findall(new)
    shorter = min(len(old_tokens), len(new_tokens))
    start = 0
    while start < shorter and old_tokens[start] == new_tokens[start]:
        start += 1
    end = 0
    while end < shorter - start and old_tokens[-1 - end] == new_tokens[-1 - end]:
        end += 1
    old_middle = old_tokens[start : len(old_tokens) - end]
    new_middle = new_tokens[start : len(new_tokens) - end]
    kept = _common(old_middle, new_middle)
    return (
        _spans(old_tokens, start, _gaps([(i, size) for i, _, size in kept], len(old_middle))),
        _spans(new_tokens, start, _gaps([(j, size) for _, j, size in kept], len(new_middle))),
    )


def _middle(old: str, new: str) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
    """One stretch a side: what stands between the common beginning and the common end."""
    start = _common_length(old, new, lambda text, size: text[:size])
    rest = min(len(old), len(new)) - start
    end = _common_length(old[len(old) - rest :], new[len(new) - rest :], lambda text, size: text[len(text) - size :])
    spans = []
    for text in (old, new):
        first = _units(text[:start])
        stop = first + _units(text[start : len(text) - end])
        spans.append(((first, stop),) if stop > first else ())
    return spans[0], spans[1]


def _common_length(old: str, new: str, part: Callable[[str, int], str]) -> int:
    """Length of the common beginning or end, by halving: comparing slices is much faster than characters."""
    low, high = 0, min(len(old), len(new))
    while low < high:
        middle = (low + high + 1) // 2
        if part(old, middle) == part(new, middle):
            low = middle
        else:
            high = middle - 1
    return low


def _common(old: list[str], new: list[str]) -> list[tuple[int, int, int]]:
    """Common runs (old index, new index, length) worth leaving unmarked: blanks between two changes are not."""
    if not old or not new or len(old) * len(new) > _MAX_TOKEN_PAIRS:
        return []
    from rapidfuzz.distance import Indel

    runs = []
    for code in Indel.opcodes(old, new):
        if code.tag == "equal" and not "".join(old[code.src_start : code.src_end]).isspace():
            runs.append((code.src_start, code.dest_start, code.src_end - code.src_start))
    return runs


def _gaps(runs: list[tuple[int, int]], size: int) -> list[Span]:
    gaps, at = [], 0
    for start, length in [*runs, (size, 0)]:
        if start > at:
            gaps.append((at, start))
        at = start + length
    return gaps


def _spans(tokens: list[str], offset: int, gaps: list[Span]) -> tuple[Span, ...]:
    if not gaps:
        return ()
    ends = [0]
    for token in tokens:
        ends.append(ends[-1] + _units(token))
    return tuple((ends[offset + start], ends[offset + stop]) for start, stop in gaps)


def _units(text: str) -> int:
    """Length in UTF-16 code units."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2
