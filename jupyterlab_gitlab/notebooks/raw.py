"""How git's own diff pairs the raw lines of two versions of a file: what GitLab's comment positions follow.

GitLab diffs with git's default algorithm, the indent heuristic and three lines of context. A comment is accepted on a
row of that diff, and on an unchanged pair outside the hunks whose offset is that of the last common row before it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import TypeVar

import msgspec

from .rawtext import RawText, common_ends, shortened

CONTEXT = 3
"""Lines of context round a change in GitLab's diffs."""
_BINARY_PROBE = 8_000
_AT_ONCE = 50
"""Lines that are looked for before all are."""

_Line = TypeVar("_Line", bytes, str)

Position = tuple[int | None, int | None]
"""Old and new line of a comment: one of them for a changed line, both for an unchanged one."""


class Block(msgspec.Struct, frozen=True, gc=False):
    """A stretch of changed lines, 1-based and half-open on both sides; one of them may be empty."""

    old: int
    old_end: int
    new: int
    new_end: int


def changed_blocks(
    old: bytes, new: bytes, *, indent_heuristic: bool = True, ignore_whitespace: bool = False
) -> list[Block]:
    """The changed stretches of two texts in order, as git finds them."""
    from .libgit2 import changes  # not before it is needed: this imports pygit2

    blocks = []
    for hunk in changes(old, new, indent_heuristic=indent_heuristic, ignore_whitespace=ignore_whitespace):
        old_lines, new_lines = hunk.old_lines, hunk.new_lines
        # git writes an empty side as the line before it
        old_start = hunk.old_start + (not old_lines)
        new_start = hunk.new_start + (not new_lines)
        blocks.append(Block(old_start, old_start + old_lines, new_start, new_start + new_lines))
    return blocks


def is_binary(data: bytes) -> bool:
    """git's rule: a NUL byte among the first 8,000."""
    return b"\0" in data[:_BINARY_PROBE]


def only_block(old: Sequence[_Line], new: Sequence[_Line], start: int, end: int) -> Block | None:
    """The one changed stretch of two lists of lines, from 0, where git has no choice: the lines between the common ends
    have none in common and can't be moved along equal ones.

    Parameters
    ----------
    start, end: how many lines are equal from the beginning, and then from the end.
    """
    block = Block(start, len(old) - end, start, len(new) - end)
    if block.old == block.old_end or block.new == block.new_end:
        lines, stop = (new, block.new_end) if block.old == block.old_end else (old, block.old_end)
        return None if stop > start and start and lines[start - 1] == lines[stop - 1] else block
    olds, news = old[start : block.old_end], new[start : block.new_end]
    # most that have a line in common have one at once
    return block if set(olds[:_AT_ONCE]).isdisjoint(news) and set(olds).isdisjoint(news) else None


def _raw_blocks(old: RawText, new: RawText) -> list[Block]:
    start, end = common_ends(old.lines, new.lines)
    # without it, a last line may differ in its line end alone
    if end:
        block = only_block(old.lines, new.lines, start, end)
        if block is not None:
            return [Block(block.old + 1, block.old_end + 1, block.new + 1, block.new_end + 1)]
    return changed_blocks(*shortened(old, new))


_NOTHING = RawText(b"")


class RawPairing:
    """The pairing of all raw lines of two versions.

    Parameters
    ----------
    old, new: the texts; None for the side of an added or deleted file.
    """

    def __init__(self, old: RawText | None, new: RawText | None) -> None:
        before, after = old or _NOTHING, new or _NOTHING
        self.equal = before.data == after.data
        self.commentable = not self.equal and not is_binary(before.data) and not is_binary(after.data)
        """False where GitLab has no diff to comment on: equal or binary files."""
        self.blocks = _raw_blocks(before, after) if self.commentable else []
        self.old_count = before.count
        self.new_count = after.count
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

    def stretches(self) -> Iterator[tuple[int, int, int]]:
        """The unchanged stretches: the first old line, the one after the last, and how many lines further down they
        stand in the new text."""
        line = 1
        by = 0
        for block in self.blocks:
            yield line, block.old, by
            line, by = block.old_end, block.new_end - block.old_end
        yield line, self.old_count + 1, by

    def run(self, old: int, new: int, most: int) -> int:
        """How many lines from *old* on are, unchanged, the lines from *new* on; *most* at most."""
        index = bisect_right(self._old_starts, old)
        if not index:
            if old != new:
                return 0
        else:
            block = self.blocks[index - 1]
            if old < block.old_end or old - block.old_end != new - block.new_end:
                return 0
        return most if index == len(self._old_starts) else min(most, self._old_starts[index] - old)

    def changed_old(self, first: int, last: int) -> int | None:
        """The first removed line from *first* to *last*, None if there is none."""
        starts = self._old_starts
        for index in range(max(0, bisect_right(starts, first) - 1), bisect_right(starts, last)):
            line = max(starts[index], first)
            if line < self.blocks[index].old_end and line <= last:
                return line
        return None

    def changed_new(self, first: int, last: int) -> int | None:
        """The first added line from *first* to *last*, None if there is none."""
        starts = self._new_starts
        for index in range(max(0, bisect_right(starts, first) - 1), bisect_right(starts, last)):
            line = max(starts[index], first)
            if line < self.blocks[index].new_end and line <= last:
                return line
        return None

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
