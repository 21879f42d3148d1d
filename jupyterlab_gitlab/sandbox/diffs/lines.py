"""Rows of one raw diff, numbered as GitLab numbers them.

GitLab keeps two running counters while it reads a diff (``lib/gitlab/diff/parser.rb`` and ``line.rb`` of its
source). Every row remembers both counters, also the one of the side it does not belong to; a *line code* is made
of them. The nullable line numbers that a comment's position carries are derived from the counters and the kind.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass

_HUNK = re.compile(r"@@ -(\d+)(?:,\d+)? \+(\d+)(?:,\d+)? @@")


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a diff.

    ``kind`` is ``new``, ``old``, None (unchanged), ``match`` (a hunk's header) or ``…-nonewline``;
    ``old_pos`` and ``new_pos`` are the running counters, 1-based, at this row.
    """

    kind: str | None
    old_pos: int
    new_pos: int

    @property
    def discussable(self) -> bool:
        """Whether a comment may hang on this row: every row but hunk headers and no-newline marks."""
        return self.kind in (None, "new", "old")

    @property
    def old_line(self) -> int | None:
        return self.old_pos if self.kind in (None, "old") else None

    @property
    def new_line(self) -> int | None:
        return self.new_pos if self.kind in (None, "new") else None


def parse_rows(text: str) -> tuple[Row, ...]:
    """Read a diff's text, which starts at its first ``@@``; anything before a hunk is skipped.

    The header of a hunk at the very top of the file yields no row, as in GitLab.
    """
    rows: list[Row] = []
    old = new = 1
    inside = False
    context = ""
    lines = text.split("\n")
    if lines and not lines[-1]:
        lines.pop()
    for line in lines:
        mark = line[:1]
        if mark == "@" and (hunk := _HUNK.match(line)):
            inside = True
            old, new = int(hunk[1]), int(hunk[2])
            if old > 1 or new > 1:
                rows.append(Row("match", old, new))
        elif not inside:
            continue
        elif mark == "\\":
            rows.append(Row(f"{context}-nonewline", old, new))
        elif mark == "+":
            context = "new"
            rows.append(Row("new", old, new))
            new += 1
        elif mark == "-":
            context = "old"
            rows.append(Row("old", old, new))
            old += 1
        else:
            rows.append(Row(None, old, new))
            old += 1
            new += 1
    return tuple(rows)


def line_code(path: str, old_pos: int, new_pos: int) -> str:
    """``sha1(path)_old_new``, the counters being those of the raw diff's row, never null."""
    digest = hashlib.sha1(path.encode("utf-8", "replace"), usedforsecurity=False).hexdigest()
    return f"{digest}_{old_pos}_{new_pos}"


def map_line(rows: tuple[Row, ...], number: int, *, to_new: bool) -> int | None:
    """Where a line of one side lies on the other side of a diff; None when the diff takes it away.

    A line outside all hunks is shifted by the offset of the next hunk, or of the last one. No rows mean that the
    file did not change (``lib/gitlab/diff/line_mapper.rb``).
    """
    row = None
    for candidate in rows:
        here = candidate.old_line if to_new else candidate.new_line
        if here is not None and here >= number:
            row = candidate
            break
    if row is None:
        if not rows:
            return number
        row = rows[-1]
    here, there = (row.old_line, row.new_line) if to_new else (row.new_line, row.old_line)
    if here is None or there is None:
        return None
    return there - (here - number)


def find_row(rows: tuple[Row, ...], old_line: int | None, new_line: int | None) -> Row | None:
    """The row with exactly these two line numbers, None standing for a side the row is not on."""
    if old_line is None and new_line is None:
        return None
    for row in rows:
        if row.discussable and row.old_line == old_line and row.new_line == new_line:
            return row
    return None


def unfold_row(rows: tuple[Row, ...], old_line: int, new_line: int, old_size: int) -> Row | None:
    """The unchanged row that unfolding the context round ``old_line`` would bring in, or None.

    ``old_size`` is the number of lines of the old blob. The line must lie between two hunks (or before the first or
    after the last one) and the pair must have the offset that holds there (``lib/gitlab/diff/lines_unfolder.rb``).
    """
    if not rows or old_line > old_size:
        return None
    last = rows[-1]
    if old_line > last.old_pos:
        before, after = last.old_pos, None
        offset = last.new_pos - last.old_pos
    else:
        index = next((i for i, row in enumerate(rows) if row.kind == "match" and row.old_pos > old_line), None)
        if index is None:
            return None
        after = rows[index].old_pos
        before = rows[index - 1].old_pos if index else 0
        offset = rows[index].new_pos - after
    if old_line <= before or (after is not None and old_line >= after) or new_line != old_line + offset:
        return None
    return Row(None, old_line, new_line)
