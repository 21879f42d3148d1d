"""How git's own diff pairs the raw lines of two versions of a file: what GitLab's comment positions follow.

GitLab diffs with git's default algorithm, the indent heuristic and three lines of context. A comment is accepted on a
row of that diff, and on an unchanged pair outside the hunks whose offset is that of the last common row before it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

CONTEXT = 3
"""Lines of context round a change in GitLab's diffs."""

Position = tuple[int | None, int | None]
"""Old and new line of a comment: one of them for a changed line, both for an unchanged one."""


@dataclass(frozen=True)
class Block:
    """A stretch of changed lines, 1-based and half-open on both sides; one of them may be empty."""

    old: int
    old_end: int
    new: int
    new_end: int


def changed_blocks(
    old: bytes, new: bytes, *, force_text: bool = False, indent_heuristic: bool = True
) -> list[Block] | None:
    """The changed stretches of two texts in order, as git finds them; None if git takes one for binary."""
    create, force, indent = _git()
    flag = (force if force_text else 0) | (indent if indent_heuristic else 0)
    patch = create(old, new, flag=flag, context_lines=0, interhunk_lines=0)
    if patch.delta.is_binary:
        return None
    blocks = []
    for hunk in patch.hunks:
        # git writes an empty side as the line before it
        old_start = hunk.old_start + (not hunk.old_lines)
        new_start = hunk.new_start + (not hunk.new_lines)
        blocks.append(Block(old_start, old_start + hunk.old_lines, new_start, new_start + hunk.new_lines))
    return blocks


@cache
def _git() -> tuple[Any, int, int]:
    """libgit2's diff of two buffers and its flags; imported when first needed, since that takes a tenth of a second."""
    import pygit2
    from pygit2.enums import DiffOption

    return pygit2.Patch.create_from, int(DiffOption.FORCE_TEXT), int(DiffOption.INDENT_HEURISTIC)


def line_count(data: bytes) -> int:
    """Number of lines; a last one without line end counts."""
    return data.count(b"\n") + (not data.endswith(b"\n") and bool(data))


class RawPairing:
    """The pairing of all raw lines of two versions.

    Parameters
    ----------
    old, new: the files' bytes; None for the side of an added or deleted file.
    """

    def __init__(self, old: bytes | None, new: bytes | None) -> None:
        blocks = None if old == new else changed_blocks(old or b"", new or b"")
        self.commentable = blocks is not None
        """False where GitLab has no diff to comment on: equal or binary files."""
        self.blocks: list[Block] = blocks or []
        self.old_count = line_count(old or b"")
        self.new_count = line_count(new or b"")
        self._old_starts = [block.old for block in self.blocks]
        self._new_starts = [block.new for block in self.blocks]

    def of_old(self, line: int) -> Position:
        """Where an old line stands: ``(line, None)`` if removed, else the pair."""
        index = bisect_right(self._old_starts, line) - 1
        if index < 0:
            return line, line
        block = self.blocks[index]
        if line < block.old_end:
            return line, None
        return line, line - block.old_end + block.new_end

    def of_new(self, line: int) -> Position:
        """Where a new line stands: ``(None, line)`` if added, else the pair."""
        index = bisect_right(self._new_starts, line) - 1
        if index < 0:
            return line, line
        block = self.blocks[index]
        if line < block.new_end:
            return None, line
        return line - block.new_end + block.old_end, line

    def changed_old(self, first: int, last: int) -> int | None:
        """The first removed line from *first* to *last*, None if there is none."""
        touching = self._touching(self._old_starts, first, last)
        return _first_changed(((block.old, block.old_end) for block in touching), first, last)

    def changed_new(self, first: int, last: int) -> int | None:
        """The first added line from *first* to *last*, None if there is none."""
        touching = self._touching(self._new_starts, first, last)
        return _first_changed(((block.new, block.new_end) for block in touching), first, last)

    def _touching(self, starts: list[int], first: int, last: int) -> list[Block]:
        return self.blocks[max(0, bisect_right(starts, first) - 1) : bisect_right(starts, last)]

    def hunks(self) -> Iterator[list[Block]]:
        """The blocks grouped into hunks: those whose context would touch stand together."""
        group: list[Block] = []
        for block in self.blocks:
            if group and block.old - group[-1].old_end > 2 * CONTEXT:
                yield group
                group = []
            group.append(block)
        if group:
            yield group

    def rows(self) -> Iterator[Position]:
        """Every row of the diff that takes comments, in git's order: context, removed, added."""
        for group in self.hunks():
            old = max(1, group[0].old - CONTEXT)
            new = group[0].new - (group[0].old - old)
            for block in group:
                yield from zip(range(old, block.old), range(new, block.new), strict=True)
                yield from ((line, None) for line in range(block.old, block.old_end))
                yield from ((None, line) for line in range(block.new, block.new_end))
                old, new = block.old_end, block.new_end
            after = min(CONTEXT, self.old_count - old + 1)
            yield from zip(range(old, old + after), range(new, new + after), strict=True)

    def accepts(self, old: int | None, new: int | None) -> bool:
        """Whether GitLab takes a comment there."""
        if not self.commentable:
            return False
        if old is not None:
            return 1 <= old <= self.old_count and self.of_old(old) == (old, new)
        return new is not None and 1 <= new <= self.new_count and self.of_new(new) == (old, new)


def _first_changed(ranges: Iterable[tuple[int, int]], first: int, last: int) -> int | None:
    for start, end in ranges:
        line = max(start, first)
        if line < end and line <= last:
            return line
    return None
