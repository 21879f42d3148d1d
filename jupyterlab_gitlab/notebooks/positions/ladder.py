"""Which raw line a comment on a cell or an output hangs on.

GitLab knows comments on lines only. The best line of a cell is the first of a ladder that GitLab takes and that its
notebook view shows, so that the thread stands beside the cell on GitLab's page, too; if it shows none of them, the
first that it takes; if it takes none, the comment becomes a general thread that names the cell in words. A comment on
a source line is none of this module's: it stays on that very line.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Literal

import msgspec

from ..model import Cell
from ..places import CellLines, Value
from ..raw import Position, RawPairing
from ..rawtext import RawText
from ..shown import notebook_view
from ..versions import Version, Versions, read_versions
from ..view_text import mapped_values
from .marker import Side

Rung = Literal["changed_source", "changed_output", "context", "unfolded", "frame", "cell", "hidden", "general"]
"""The rungs from the best to the last: a changed line of the source; of an output; an unchanged line near a change; an
unchanged line that GitLab unfolds; the line of the cell, its source or its outputs as a whole; for an output, a line
of its cell; a line that GitLab's notebook view does not show; no line at all."""


class Place(msgspec.Struct, frozen=True, kw_only=True):
    """Where a comment goes. *position* is null for a general thread. *shown*: GitLab's notebook view has the row."""

    rung: Rung
    position: Position | None = None
    shown: bool = False


_Part = Literal["source", "output", "frame", "output_frame"]
_Line = tuple[_Part, int]
"""A raw line, and what of the cell stands on it."""

_ORDER: dict[tuple[_Part, Rung], int] = {
    ("source", "changed_source"): 0,
    ("output", "changed_output"): 1,
    ("source", "context"): 2,
    ("source", "unfolded"): 3,
    ("frame", "frame"): 4,
    ("output", "context"): 5,
    ("output", "unfolded"): 6,
    ("output_frame", "frame"): 7,
}


class Ladder:
    """The places for comments on two versions of a notebook.

    Parameters
    ----------
    old, new: the bytes; None for the side of an added or deleted file.
    """

    def __init__(self, old: bytes | None, new: bytes | None) -> None:
        texts = (None if old is None else RawText(old), None if new is None else RawText(new))
        self.pairing = RawPairing(*texts)
        versions = read_versions(*texts, self.pairing)
        self._versions: Versions | None = None if isinstance(versions, str) else versions
        self._view = notebook_view(self._versions) if self._versions and self.pairing.commentable else None
        self._hunk_rows: frozenset[Position] | None = None

    @property
    def readable(self) -> bool:
        """Whether both sides could be read as notebooks."""
        return self._versions is not None

    def cell_at(self, side: Side, index: int) -> Cell | None:
        """A cell by its place, from 0."""
        version = self._version(side)
        cells = version.notebook.cells if version else []
        return cells[index] if 0 <= index < len(cells) else None

    def cell(self, side: Side, index: int) -> Place:
        """The place of a comment on a cell as a whole."""
        return self._best(side, self._lines_of_cell(side, index))

    def output(self, side: Side, index: int, output: int) -> Place:
        """The place of a comment on an output: one of its own lines, else one of its cell's."""
        own, cell = [*self._lines_of_output(side, index, output)], [*self._lines_of_cell(side, index)]
        place = self._best(side, own)
        if place.shown:
            return place
        fallback = self._best(side, cell)
        if fallback.shown:
            return Place(rung="cell", position=fallback.position, shown=True)
        return fallback if place.position is None else place

    def shows(self, position: Position) -> bool:
        """Whether GitLab's page has a row for a position: its notebook view, or the raw diff where it has none."""
        return self._view is None or position in self._view.positions

    def _best(self, side: Side, lines: Iterable[_Line]) -> Place:
        given = [*lines]
        for rung, position in self._ranked(side, given, listed=True):
            if self.shows(position):
                return Place(rung=rung, position=position, shown=True)
        for _, position in self._ranked(side, given, listed=False):
            return Place(rung="hidden", position=position)
        return Place(rung="general")

    def _ranked(self, side: Side, lines: Sequence[_Line], *, listed: bool) -> Iterator[tuple[Rung, Position]]:
        """The accepted positions of *lines*, the best first.

        Parameters
        ----------
        listed: by the numbers under which GitLab's notebook view lists the lines, which can lag behind the file's.
        """
        place = self.pairing.of_old if side == "old" else self.pairing.of_new
        found = []
        for part, line in dict.fromkeys(lines):
            position = place(self._listed(side, line) if listed else line)
            if self.pairing.accepts(*position):
                found.append((part, self._rung(part, position), position))
        found.sort(key=lambda each: _ORDER[each[0], each[1]])
        return ((rung, position) for _, rung, position in found)

    def _rung(self, part: _Part, position: Position) -> Rung:
        if part in ("frame", "output_frame"):
            return "frame"
        if None in position:
            return "changed_source" if part == "source" else "changed_output"
        if self._hunk_rows is None:
            self._hunk_rows = frozenset(self.pairing.rows())
        return "context" if position in self._hunk_rows else "unfolded"

    def _listed(self, side: Side, line: int) -> int:
        if self._view is None:
            return line
        numbering = self._view.numbering
        return (numbering.old if side == "old" else numbering.new).listed(line)

    def _lines_of_cell(self, side: Side, index: int) -> Iterator[_Line]:
        cell, lines = self.cell_at(side, index), self._cell_lines(side, index)
        if cell is None or lines is None:
            return
        yield from (("source", line) for line in _content_lines(lines.source))
        for output in range(len(cell.outputs)):
            yield from (("output", line) for line in _output_lines(cell, lines, output))
        yield "frame", lines.line
        for value in (lines.source, lines.outputs):
            if value is not None:
                yield "frame", value.line

    def _lines_of_output(self, side: Side, index: int, output: int) -> Iterator[_Line]:
        cell, lines = self.cell_at(side, index), self._cell_lines(side, index)
        if cell is None or lines is None or not 0 <= output < min(len(cell.outputs), len(lines.output_lines)):
            return
        yield from (("output", line) for line in _output_lines(cell, lines, output))
        yield "output_frame", lines.output_lines[output].line

    def _version(self, side: Side) -> Version | None:
        if self._versions is None:
            return None
        return self._versions.old if side == "old" else self._versions.new

    def _cell_lines(self, side: Side, index: int) -> CellLines | None:
        version = self._version(side)
        return version.lines_of(index) if version is not None and self.cell_at(side, index) is not None else None


def _content_lines(value: Value | None) -> Sequence[int]:
    """The lines of a value's content: of each element of a list, or the one of a string."""
    if value is None:
        return ()
    return (value.line,) if value.elements is None else value.elements


def _output_lines(cell: Cell, lines: CellLines, output: int) -> list[int]:
    """The lines of an output's content that GitLab's notebook view ties rows to, in its order."""
    if output >= len(lines.output_lines):
        return []
    values = lines.output_lines[output].values
    found: list[int] = []
    for key in mapped_values(cell.outputs[output]):
        value = values.get(key)
        # a picture is one row, wherever its data stand
        found += [value.line] if value is not None and key.startswith("image/") else _content_lines(value)
    return found
