"""Bytes to a :class:`.model.Notebook`, or the reason why not. Never raises."""

from __future__ import annotations

from typing import Any

import msgspec
from msgspec import UNSET

from .canonical import as_text
from .legacy import heading, legacy_output, legacy_type
from .model import Cell, Notebook, Source
from .rawtext import RawText
from .written import WrittenCell, read_document


class Parsed(msgspec.Struct, frozen=True):
    """A notebook of which the cells are still to be made; see :class:`.model.Notebook`."""

    raw: RawText
    nbformat: int
    nbformat_minor: int
    written: list[WrittenCell]
    legacy: bool
    metadata: dict[str, Any]
    notes: tuple[str, ...]

    def cells(self, first: int = 0, stop: int | None = None) -> list[Cell]:
        """Some of the cells, all by default."""
        make = _legacy_cell if self.legacy else _cell
        return [make(index, cell) for index, cell in enumerate(self.written[first:stop], first)]

    def notebook(self, cells: list[Cell]) -> Notebook:
        """The notebook, whose cells are *cells*."""
        return Notebook(
            raw=self.raw,
            nbformat=self.nbformat,
            nbformat_minor=self.nbformat_minor,
            cells=cells,
            metadata=self.metadata,
            written=self.written,
            legacy=self.legacy,
            notes=self.notes,
        )


def parse(raw: RawText) -> Notebook | str:
    """The notebook in *raw*, or the reason (words that follow “because ”) why it can't be read as one."""
    parsed = parse_only(raw)
    return parsed if isinstance(parsed, str) else parsed.notebook(parsed.cells())


def parse_only(raw: RawText) -> Parsed | str:
    """The same without making cells."""
    found = read_document(raw)
    if isinstance(found, str):
        return found
    document, notes = found
    major = document.nbformat
    legacy = document.cells is UNSET
    if document.cells is not UNSET:
        written = document.cells
    elif document.worksheets is not UNSET:
        written, major = [cell for sheet in document.worksheets for cell in sheet.cells], major or 3
    elif major:
        return "it has no list of cells"
    else:
        return "it is JSON, but not a notebook"
    return Parsed(
        raw=raw,
        nbformat=major or 4,
        nbformat_minor=document.nbformat_minor or 0,
        written=written,
        legacy=legacy,
        metadata=document.metadata,
        notes=notes,
    )


def _cell(index: int, cell: WrittenCell) -> Cell:
    return Cell(
        index,
        cell.cell_type or "raw",
        _source(cell.source),
        cell.id or None,
        cell.execution_count,
        cell.metadata,
        cell.attachments,
        cell.outputs or [],
    )


def _legacy_cell(index: int, cell: WrittenCell) -> Cell:
    cell_type = legacy_type(cell.cell_type)
    source: Any = cell.input if cell.place_of_source(True) == "input" else cell.source
    if cell.cell_type == "heading":
        source = heading(source, cell.level)
    if cell_type != "code":
        return Cell(index, cell_type, _source(source), None, None, cell.metadata)
    metadata = {**cell.metadata, "collapsed": True} if cell.collapsed else cell.metadata
    outputs = [legacy_output(output) for output in cell.outputs or ()]
    return Cell(index, cell_type, _source(source), None, cell.prompt_number, metadata, {}, outputs)


def _source(source: Any) -> Source:
    """One string an element, so that elements and raw lines stay in step whatever their types."""
    if isinstance(source, list):
        try:
            return Source(source, "".join(source))
        except TypeError:
            return Source(["" if element is None else as_text(element) for element in source])
    return Source([source] if isinstance(source, str) else [])
