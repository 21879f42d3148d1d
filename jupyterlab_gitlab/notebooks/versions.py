"""Both versions of a notebook with their raw lines; what the two files share is read once."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from .layout import lines_by_layout
from .lines import cell_lines
from .model import Cell, Notebook
from .parse import Document, load
from .places import CellLines
from .rawtext import RawText, common_ends


class Version(msgspec.Struct, frozen=True):
    """A notebook with the raw lines of its cells (None where they could not be told)."""

    notebook: Notebook
    lines: Sequence[CellLines] | None

    def lines_of(self, index: int) -> CellLines | None:
        """The raw lines of one cell."""
        return self.lines[index] if self.lines is not None else None


class Versions(msgspec.Struct, frozen=True):
    """Both versions, with notes for the user."""

    old: Version
    new: Version
    notes: list[str]


def read_versions(old: RawText | None, new: RawText | None) -> Versions | str:
    """Both versions, or why they can't be compared as notebooks.

    A side that does not exist or is empty is a notebook without cells.
    """
    notes: list[str] = []
    documents: list[Document | None] = []
    for name, text, other in (("old", old, new), ("new", new, old)):
        if text is None or (not text.data.strip() and other is not None and other.data.strip()):
            documents.append(None)
            if text is not None:
                notes.append(f"The {name} version is empty.")
            continue
        document = load(text)
        if isinstance(document, str):
            return f"The {name} version can't be read as a notebook: {document}."
        notes += [f"The {name} version {note}." for note in document.notes]
        documents.append(document)
    before = _read(documents[0], old)
    after = _read_after(before, documents[1]) if documents[0] and documents[1] else _read(documents[1], new)
    return Versions(before, after, notes)


def _read(document: Document | None, text: RawText | None) -> Version:
    if document is None:
        return Version(Notebook(raw=text or RawText(b""), nbformat=0, nbformat_minor=0, cells=[]), [])
    notebook = document.notebook(document.cells())
    return Version(notebook, cell_lines(notebook))


def _read_after(old: Version, document: Document) -> Version:
    """The new version. Cells in the raw lines that both files begin or end with are the old ones."""
    start, end, shift = _shared(old, document)
    if not start and not end:
        return _read(document, document.raw)
    count = len(document.raw_cells)
    cells, lines = old.notebook.cells, old.lines
    assert lines is not None
    first_of_end = len(cells) - end
    notebook = document.notebook(
        [
            *cells[:start],
            *document.cells(start, count - end),
            *(_at(cell, index) for index, cell in enumerate(cells[first_of_end:], count - end)),
        ]
    )
    between = lines_by_layout(notebook, start, count - end, lines[start].line if start else None)
    if between is None:
        return Version(notebook, cell_lines(notebook))
    return Version(notebook, [*lines[:start], *between, *(one.shifted(shift) for one in lines[first_of_end:])])


def _shared(old: Version, document: Document) -> tuple[int, int, int]:
    """How many cells from the beginning and from the end are the same text in both files, and by how many lines the
    latter ones stand further down in the new file."""
    lines, before, after = old.lines, old.notebook, document
    if not lines or before.legacy != after.legacy:
        return 0, 0, 0
    same_start, same_end = common_ends(before.raw.lines, after.raw.lines)
    shorter = min(len(before.cells), len(after.raw_cells))
    start = 0
    # a cell is inside if the next one begins inside; equal values too, since a file may hold a key twice
    while (
        start < shorter - 1
        and lines[start + 1].line <= same_start
        and before.raw_cells[start] == after.raw_cells[start]
    ):
        start += 1
    first_same = len(before.raw.lines) - same_end
    end = 0
    while (
        end < shorter - start
        and lines[-1 - end].line > first_same
        and before.raw_cells[-1 - end] == after.raw_cells[-1 - end]
    ):
        end += 1
    return start, end, len(after.raw.lines) - len(before.raw.lines)


def _at(cell: Cell, index: int) -> Cell:
    """The same cell at another place."""
    if cell.index == index:
        return cell
    return Cell(
        index,
        cell.cell_type,
        cell.source,
        cell.id,
        cell.execution_count,
        cell.metadata,
        cell.attachments,
        cell.outputs,
    )
