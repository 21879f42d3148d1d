"""The bytes of a file version as raw lines: what git, GitLab and the line numbers of comments count."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

BOM = b"\xef\xbb\xbf"

_MARK = b"\x01"
_LONG = 120
"""Bytes of a line without its end from which it is shortened, if lines are as long on average."""
_KEPT = 24
"""Bytes of a shortened line that stay, for its indentation."""


class RawText:
    """The bytes of one version of a file, cut into lines when first asked for."""

    __slots__ = ("_count", "_lines", "data")

    def __init__(self, data: bytes) -> None:
        self.data = data
        self._lines: list[bytes] | None = None
        self._count: int | None = None

    @property
    def lines(self) -> list[bytes]:
        """The lines without line ends; a last empty one where the text ends with a line end."""
        if self._lines is None:
            self._lines = self.data.split(b"\n")
        return self._lines

    def forget_lines(self) -> None:
        """Frees the lines, which take twice the text's memory where they are short; they are cut again if asked for."""
        self._lines = None

    @property
    def count(self) -> int:
        """Number of lines; a last one without line end counts."""
        if self._count is None:
            ends = self.data.count(b"\n") if self._lines is None else len(self._lines) - 1
            self._count = ends + (not self.data.endswith(b"\n") and bool(self.data))
        return self._count


_Line = TypeVar("_Line", bytes, str)


def common_ends(old: Sequence[_Line], new: Sequence[_Line]) -> tuple[int, int]:
    """How many lines are equal from the beginning, and then from the end.

    By halving, since comparing slices is several times as fast as comparing lines.
    """
    shorter = min(len(old), len(new))
    low, high = 0, shorter
    while low < high:
        middle = (low + high + 1) // 2
        if old[low:middle] == new[low:middle]:
            low = middle
        else:
            high = middle - 1
    start, low, high = low, 0, shorter - low
    while low < high:
        middle = (low + high + 1) // 2
        if old[len(old) - middle : len(old) - low] == new[len(new) - middle : len(new) - low]:
            low = middle
        else:
            high = middle - 1
    return start, low


def shortened(old: RawText, new: RawText) -> tuple[bytes, bytes]:
    """Both texts with long lines replaced by short ones, equal where the long ones are and nowhere else.

    A line diff of the two is that of the texts: it only asks which lines are equal, how far they are indented and
    which are blank. Pictures make lines of megabytes.
    """
    size, count = len(old.data) + len(new.data), old.count + new.count
    if size <= _LONG * count or _MARK in old.data or _MARK in new.data:
        return old.data, new.data
    names: dict[bytes, bytes] = {}
    return _shortened(old.lines, names), _shortened(new.lines, names)


def _shortened(lines: list[bytes], names: dict[bytes, bytes]) -> bytes:
    return b"\n".join([line if len(line) < _LONG else names.get(line) or _name(line, names) for line in lines])


def _name(line: bytes, names: dict[bytes, bytes]) -> bytes:
    head = line[:_KEPT]
    names[line] = line if head.isspace() else b"%b%b%x" % (head, _MARK, len(names))
    return names[line]
