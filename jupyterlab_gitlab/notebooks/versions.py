"""Both versions of a notebook with their raw lines; what the two files share is read once."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from .layout import NOT_THIS_LAYOUT, Layout
from .lines import cell_lines
from .model import Cell, Notebook
from .parse import modern, parse_only
from .places import CellLines
from .raw import RawPairing
from .rawtext import RawText


class Version(msgspec.Struct, frozen=True):
    """A notebook with the raw lines of its cells (None where they could not be told).

    A cell stands by its *offsets* further down than *lines* says.
    """

    notebook: Notebook
    lines: Sequence[CellLines] | None
    offsets: Sequence[int] | None = None

    def lines_of(self, index: int) -> CellLines | None:
        """The raw lines of one cell."""
        if self.lines is None:
            return None
        lines = self.lines[index]
        return lines.shifted(self.offsets[index]) if self.offsets and self.offsets[index] else lines


class Versions(msgspec.Struct, frozen=True):
    """Both versions, with notes for the user. A cell that is the very same raw lines in both files, which git pairs,
    is the same object on both sides."""

    old: Version
    new: Version
    notes: list[str]
    pairing: RawPairing | None = None
    """Of the raw lines, if it is known."""


def read_versions(old: RawText | None, new: RawText | None, pairing: RawPairing | None = None) -> Versions | str:
    """Both versions, or why they can't be compared as notebooks.

    A side that does not exist or is empty is a notebook without cells.

    Parameters
    ----------
    pairing: of the raw lines, if it is known: what it says to be unchanged is read once.
    """
    notes: list[str] = []
    sides: list[Notebook | None] = []
    for name, text, other in (("old", old, new), ("new", new, old)):
        if text is None or (_is_blank(text) and other is not None and not _is_blank(other)):
            sides.append(None)
            if text is not None:
                notes.append(f"The {name} version is empty.")
            continue
        notebook = parse_only(text)
        if isinstance(notebook, str):
            return f"The {name} version can't be read as a notebook: {notebook}."
        notes += [f"The {name} version {note}." for note in notebook.notes]
        sides.append(notebook)
    before = _read(sides[0], old)
    if pairing is None:
        return Versions(before, _read(sides[1], new), notes)
    after = _read_beside(before, sides[1], pairing) if sides[0] is not None and sides[1] is not None else None
    return Versions(before, after or _read(sides[1], new), notes, pairing)


def _is_blank(text: RawText) -> bool:
    return not text.data or text.data.isspace()


def _read(notebook: Notebook | None, text: RawText | None) -> Version:
    if notebook is None:
        return Version(Notebook(raw=text or RawText(b""), nbformat=0, nbformat_minor=0, cells=[]), [])
    if notebook.legacy:
        notebook.cells[:] = map(modern, notebook.written)
    return Version(notebook, cell_lines(notebook))


def _read_beside(old: Version, notebook: Notebook, pairing: RawPairing) -> Version | None:
    """The new version, its unchanged cells those of the *old* one; None if either file has a layout of its own."""
    try:
        return _Beside(old, notebook, pairing).read()
    except NOT_THIS_LAYOUT:
        return None


class _Beside:
    def __init__(self, old: Version, notebook: Notebook, pairing: RawPairing) -> None:
        self.old = old
        self.notebook = notebook
        self.pairing = pairing
        self.layout = Layout(notebook)

    def read(self) -> Version | None:
        before, written, legacy = self.old.notebook, self.notebook.written, self.notebook.legacy
        old_lines = self.old.lines
        if not old_lines or before.legacy != legacy or not (self.pairing.commentable or self.pairing.equal):
            return None
        starts = [lines.line for lines in old_lines]
        at_line = {line: index for index, line in enumerate(starts[:-1])}
        cells: list[Cell] = []
        lines: list[CellLines] = []
        offsets: list[int] = []
        line, stop, offset = self.layout.first_line(), 0, None
        for index, cell in enumerate(written):
            if line >= stop:
                offset, stop = self.pairing.stretch(line)
            if offset is not None and (found := at_line.get(line - offset)) is not None:
                size = starts[found + 1] - starts[found]
                # equal lines, and equal values too: a file may hold a key twice
                if line + size <= stop and before.written[found] == cell:
                    cells.append(before.cells[found])
                    lines.append(old_lines[found])
                    offsets.append(offset)
                    line += size
                    continue
            place, line = self.layout.cell(index, line)
            cells.append(modern(cell) if legacy else cell)
            lines.append(place)
            offsets.append(0)
        self.layout.verify()
        return Version(_with_cells(self.notebook, cells), lines, offsets)


def _with_cells(notebook: Notebook, cells: list[Cell]) -> Notebook:
    return Notebook(
        raw=notebook.raw,
        nbformat=notebook.nbformat,
        nbformat_minor=notebook.nbformat_minor,
        cells=cells,
        metadata=notebook.metadata,
        written=notebook.written,
        legacy=notebook.legacy,
        notes=notebook.notes,
    )
