"""The numbers under which GitLab's notebook view lists raw lines.

GitLab's own line count is kept: it does not see the line end after a number that stands last in its object, so every
later line of the view lags behind the file by one for each of them.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from .model import Notebook
from .places import CellLines
from .raw import RawPairing
from .rawtext import RawText
from .versions import Version, Versions
from .view_text import mapped_lists

_ENDS = frozenset(b"0123456789\r")
"""The last bytes of lines that may end in a number."""
_MAX_ROWS = 50_000
"""Rows of both texts together beyond which the view is not worked out: GitLab itself gives up after a time limit and
shows the raw diff, and its page suppresses patches of 200 kB and more."""


class SideNumbering:
    """The numbers of one side (none for the side of an added or deleted file).

    Parameters
    ----------
    other, pairing: the other side, and how its raw lines pair with these.
    """

    def __init__(self, version: Version, other: SideNumbering | None = None, pairing: RawPairing | None = None) -> None:
        cells, raw = version.notebook.cells, version.notebook.raw
        end = version.lines_of(len(cells) - 1) if cells else None
        last = _last_line(end) if end is not None else 0
        if other is not None and pairing is not None and pairing.commentable:
            self.number_lines = other.paired(raw, pairing)
        else:
            self.number_lines = _number_lines(raw.lines, 1)
        """The lines that end in a number, which a string of valid JSON never does."""
        self.numbers = [line for line in self.number_lines if line < last]
        """The lines after which the view's count lags by one more."""

    def paired(self, raw: RawText, pairing: RawPairing) -> list[int]:
        """The number lines of *raw*, the new text to this old one: those of the unchanged lines are known."""
        if 2 * sum([block.new_end - block.new for block in pairing.blocks]) > raw.count:
            return _number_lines(raw.lines, 1)
        kept = [new for line in self.number_lines if (new := pairing.of_old(line)[1]) is not None]
        lines = raw.lines
        for block in pairing.blocks:
            kept += _number_lines(lines[block.new - 1 : block.new_end - 1], block.new)
        return sorted(kept)

    def listed(self, line: int) -> int:
        """The number under which the view lists a raw line."""
        return line - bisect_left(self.numbers, line)


class Numbering:
    """The numbers of both sides."""

    def __init__(self, versions: Versions) -> None:
        self.old = SideNumbering(versions.old)
        self.new = SideNumbering(versions.new, self.old, versions.pairing)
        self.lags = bool(self.old.numbers or self.new.numbers)
        """Whether some line of the view differs from the file's."""


def view_numbering(versions: Versions) -> Numbering | None:
    """The numbers of a change; None where GitLab has no notebook view of it and shows the raw diff instead."""
    old, new = versions.old, versions.new
    if old.lines is None or new.lines is None or not is_viewable(old.notebook, new.notebook):
        return None
    return Numbering(versions)


def is_viewable(*notebooks: Notebook) -> bool:
    """Whether GitLab makes a notebook view of these versions (those without cells aside): nbformat 4, not too long."""
    if any(notebook.nbformat not in (0, 4) for notebook in notebooks):
        return False
    if sum(notebook.raw.count for notebook in notebooks) <= _MAX_ROWS:
        return True
    rows = 0
    for notebook in notebooks:
        for cell in notebook.cells:
            rows += len(cell.source.elements) + sum(map(len, mapped_lists(cell)))
    return rows <= _MAX_ROWS


def _number_lines(lines: Sequence[bytes], first: int) -> list[int]:
    """Those of the lines, of which the *first* has this number, that end in one."""
    candidates = [(line, text) for line, text in enumerate(lines, first) if text and text[-1] in _ENDS]
    return [line for line, text in candidates if text.rstrip(b"\r")[-1:].isdigit()]


def _last_line(lines: CellLines) -> int:
    """The last line of a cell that the view can show."""
    values = [
        lines.source,
        lines.outputs,
        *(value for output in lines.output_lines for value in output.values.values()),
    ]
    ends = [value.elements[-1] if value.elements else value.line for value in values if value]
    return max([lines.line, *(output.line for output in lines.output_lines), *ends])
