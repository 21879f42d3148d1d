"""Bytes to a :class:`.model.Notebook`, or the reason why not. Never raises."""

from __future__ import annotations

from typing import Any

from msgspec import UNSET

from .legacy import heading, legacy_output, legacy_type
from .model import Cell, Notebook
from .rawtext import RawText
from .written import LegacyCell, read_document


def parse(raw: RawText) -> Notebook | str:
    """The notebook in *raw*, or the reason (words that follow “because ”) why it can't be read as one."""
    notebook = parse_only(raw)
    if isinstance(notebook, Notebook) and notebook.legacy:
        notebook.cells.extend(map(modern, notebook.written))
    return notebook


def parse_only(raw: RawText) -> Notebook | str:
    """The same; the cells of a notebook before nbformat 4 are still to be made of those written, by :func:`modern`."""
    found = read_document(raw)
    if isinstance(found, str):
        return found
    document, notes = found
    major, legacy = document.nbformat, document.cells is UNSET
    cells: list[Cell] = []
    written: list[Any]
    if document.cells is not UNSET:
        written = cells = document.cells
    elif document.worksheets is not UNSET:
        written, major = [cell for sheet in document.worksheets for cell in sheet.cells], major or 3
    elif major:
        return "it has no list of cells"
    else:
        return "it is JSON, but not a notebook"
    return Notebook(
        raw=raw,
        nbformat=major or 4,
        nbformat_minor=document.nbformat_minor or 0,
        cells=cells,
        metadata=document.metadata,
        written=written,
        legacy=legacy,
        notes=notes,
    )


def modern(cell: LegacyCell) -> Cell:
    """A cell of nbformat 2 or 3 in nbformat 4's words."""
    cell_type = legacy_type(cell.cell_type)
    source: Any = cell.input if cell.source_key == "input" else cell.source
    if cell.cell_type == "heading":
        source = heading(source, cell.level)
    if cell_type != "code":
        return Cell(cell_type, source, metadata=cell.metadata)
    return Cell(
        cell_type,
        source,
        execution_count=cell.prompt_number,
        metadata={**cell.metadata, "collapsed": True} if cell.collapsed else cell.metadata,
        outputs=[legacy_output(output) for output in cell.outputs],
    )
