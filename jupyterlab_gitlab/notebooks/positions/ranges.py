"""Line codes and ranges of several lines, as GitLab writes and keeps them.

A *line code* is ``sha1(path)_old_new``, where *old* and *new* are the counters that run along the raw diff: an added
line carries the counter of the old side, too (``lib/gitlab/diff/parser.rb``, ``lib/gitlab/git.rb``). A range names its
first and its last line; the thread hangs on the last one. GitLab stores a range as it was sent and carries it over to
later versions without changing a number, even where the thread's own lines move.
"""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_right
from typing import Literal

import msgspec

from ..raw import Position, RawPairing

_LINE_CODE = re.compile(r"[0-9a-f]{1,64}_(\d{1,9})_(\d{1,9})")

LineType = Literal["new", "old"]


class RangeEnd(msgspec.Struct, frozen=True, kw_only=True):
    """One end of a ``line_range``. *type* is null for an unchanged line."""

    line_code: str
    type: LineType | None
    old_line: int | None
    new_line: int | None


class LineRange(msgspec.Struct, frozen=True, kw_only=True):
    """A ``line_range`` as GitLab's API takes it."""

    start: RangeEnd
    end: RangeEnd


def line_type(position: Position) -> LineType | None:
    """Whether a line was added or removed; null if it is unchanged."""
    old, new = position
    if old is not None and new is not None:
        return None
    return "new" if new is not None else "old"


def line_code(path: str, position: Position, pairing: RawPairing) -> str:
    """The line code of a line that takes comments.

    Parameters
    ----------
    path: the file's new path; the old one if it has no other.
    """
    old, new = position
    if old is None or new is None:
        old, new = _counters(position, pairing)
    return f"{hashlib.sha1(path.encode('utf-8', 'replace'), usedforsecurity=False).hexdigest()}_{old}_{new}"


def _counters(position: Position, pairing: RawPairing) -> tuple[int, int]:
    """Both counters at a changed line: git writes removed lines before added ones, and counts an empty file from 0."""
    old, new = position
    if new is not None:
        index = bisect_right([block.new for block in pairing.blocks], new) - 1
        return (pairing.blocks[index].old_end if pairing.old_count else 0), new
    assert old is not None
    index = bisect_right([block.old for block in pairing.blocks], old) - 1
    return old, (pairing.blocks[index].new if pairing.new_count else 0)


def line_range(path: str, start: Position, end: Position, pairing: RawPairing) -> LineRange:
    """The range from *start* to *end*, both of which must take comments (:meth:`.RawPairing.accepts`)."""
    first, last = (
        RangeEnd(line_code=line_code(path, each, pairing), type=line_type(each), old_line=each[0], new_line=each[1])
        for each in (start, end)
    )
    return LineRange(start=first, end=last)


def in_order(start: Position, end: Position, pairing: RawPairing) -> bool:
    """Whether *start* stands before *end* in the raw diff, or is the same line."""
    return _order(start, pairing) <= _order(end, pairing)


def _order(position: Position, pairing: RawPairing) -> tuple[int, int]:
    """Added lines of a block come after the removed ones; common lines have the same order on both sides."""
    old, new = position
    if old is None or new is None:
        old, new = _counters(position, pairing)
    return old, new


def end_of(code: str | None, kind: str | None, old: int | None, new: int | None) -> Position | None:
    """One end of a range as another client wrote it: those that give no lines are read from the line code."""
    if old is not None or new is not None:
        return old, new
    match = _LINE_CODE.fullmatch(code or "")
    if match is None:
        return None
    first, second = int(match[1]), int(match[2])
    if kind == "new":
        return None, second
    return (first, None) if kind == "old" else (first, second)


def current_start(start: Position, end: Position, now: Position) -> Position | None:
    """Where a range begins today, null if that can't be told or it is a single line.

    Parameters
    ----------
    start, end: the range as it is stored, with the lines of the version that it was made on.
    now: the thread's lines, which GitLab keeps up to date.
    """
    if start == end:
        return None
    if now == end:
        return start
    found = tuple(
        first + here - last if first is not None and last is not None and here is not None else None
        for first, last, here in zip(start, end, now, strict=True)
    )
    old, new = found
    known = [line for line in found if line is not None]
    return (old, new) if known and min(known) > 0 else None
