"""Bytes to a :class:`.model.Notebook`, or the reason why not. Never raises.

Real histories hold nbformat 2 to 4, conflict markers, truncated files, NaN, lone surrogates and values of any type in
any place; what Jupyter's own reader (nbformat) would refuse is still shown where it has an obvious meaning.
"""

from __future__ import annotations

import json
import re
from typing import Any

import msgspec
import orjson

from .canonical import as_text
from .legacy import cells_of_sheets, legacy_cell
from .model import Cell, Notebook, Source
from .rawtext import BOM, RawText

_CONFLICT = re.compile(rb"^(?:<{7}|>{7}|={7}|\|{7})(?: |\r?$)", re.MULTILINE)
_CONFLICT_START = re.compile(rb"^<{7}(?: |\r?$)", re.MULTILINE)
_SURROGATE = re.compile("[\ud800-\udfff]")
_INT64_DIGITS = 18


class Document(msgspec.Struct, frozen=True):
    """A notebook file's JSON with its cells still as they are written; see :class:`.model.Notebook`."""

    raw: RawText
    nbformat: int
    nbformat_minor: int
    raw_cells: list[Any]
    legacy: bool
    metadata: dict[str, Any]
    notes: tuple[str, ...]

    def cells(self, first: int = 0, stop: int | None = None) -> list[Cell]:
        """Some of the cells, all by default."""
        chosen = enumerate(self.raw_cells[first:stop], first)
        return [_cell(index, legacy_cell(cell) if self.legacy else cell) for index, cell in chosen]

    def notebook(self, cells: list[Cell]) -> Notebook:
        """The notebook, whose cells are *cells*."""
        return Notebook(
            raw=self.raw,
            nbformat=self.nbformat,
            nbformat_minor=self.nbformat_minor,
            cells=cells,
            metadata=self.metadata,
            raw_cells=self.raw_cells,
            legacy=self.legacy,
            notes=self.notes,
        )


def parse(raw: RawText) -> Notebook | str:
    """The notebook in *raw*, or the reason (words that follow “because ”) why it can't be read as one."""
    document = load(raw)
    return document if isinstance(document, str) else document.notebook(document.cells())


def load(raw: RawText) -> Document | str:
    """The document in *raw*, or the reason why it is no notebook."""
    data = raw.data
    if data.startswith(BOM):
        data = data[len(BOM) :]
    if not data.strip():
        return "the file is empty"
    top, notes = _load(data)
    if isinstance(top, str):
        return top
    if not isinstance(top, list):
        return "it is not a JSON object"
    return _document(raw, top[0], notes)


def _load(data: bytes) -> tuple[list[Any] | str | None, tuple[str, ...]]:
    """The top-level object in a list of one; a reason; or None if the JSON is no object. Second: notes."""
    try:
        document = orjson.loads(data)
        return ([document] if isinstance(document, dict) else None), ()
    except ValueError:
        pass
    notes: list[str] = []
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        text = data.decode("utf-8", "replace")
        notes.append("holds bytes that are not UTF-8; they are shown as �")
    try:
        document = json.loads(text, parse_constant=str, parse_int=_integer, parse_float=_float)
        if not isinstance(document, dict):
            return None, ()
        return [_without_surrogates(document)], tuple(notes)
    except RecursionError:
        return "its JSON is nested too deeply", ()
    except ValueError as error:
        return _why_invalid(data, text, error), ()


def _integer(digits: str) -> int | float:
    return int(digits) if len(digits) <= _INT64_DIGITS else _float(digits)


def _float(digits: str) -> Any:
    """A number that orjson can write again; one beyond a double's range stays text."""
    value = float(digits)
    return digits if value in (float("inf"), float("-inf")) else value


def _why_invalid(data: bytes, text: str, error: ValueError) -> str:
    if _CONFLICT.search(data):
        found = _CONFLICT_START.search(data) or _CONFLICT.search(data)
        line = data.count(b"\n", 0, found.start()) + 1 if found else 1
        return f"it holds conflict markers (the first in line {line})"
    if isinstance(error, json.JSONDecodeError):
        if error.msg.startswith("Unterminated string") or not text[error.pos :].strip():
            return "its JSON ends too early: the file seems to be cut off"
        return f"it is not valid JSON (line {error.lineno}: {error.msg})"
    return "it is not valid JSON"


def _without_surrogates(document: Any) -> Any:
    """*document* with lone surrogates replaced, in keys and values (no encoder takes them)."""
    if isinstance(document, str):
        return _SURROGATE.sub("\ufffd", document)
    if isinstance(document, list):
        return [_without_surrogates(item) for item in document]
    if isinstance(document, dict):
        return {_without_surrogates(key): _without_surrogates(value) for key, value in document.items()}
    return document


def _document(raw: RawText, top: dict[str, Any], notes: tuple[str, ...]) -> Document | str:
    major, minor = _version(top.get("nbformat")), _version(top.get("nbformat_minor"))
    legacy = not isinstance(top.get("cells"), list)
    if not legacy:
        raw_cells = top["cells"]
    elif isinstance(top.get("worksheets"), list):
        raw_cells, major = cells_of_sheets(top["worksheets"]), major or 3
    elif major:
        return "it has no list of cells"
    else:
        return "it is JSON, but not a notebook"
    return Document(
        raw=raw,
        nbformat=major or 4,
        nbformat_minor=minor or 0,
        raw_cells=raw_cells,
        legacy=legacy,
        metadata=_dict(top.get("metadata")),
        notes=notes,
    )


def _version(value: Any) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _dict(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _cell(index: int, cell: Any) -> Cell:
    if not isinstance(cell, dict):
        return Cell(index, "raw", Source([]))
    get = cell.get
    cell_type, identifier = get("cell_type"), get("id")
    source, outputs = get("source"), get("outputs")
    return Cell(
        index,
        cell_type if isinstance(cell_type, str) and cell_type else "raw",
        _source(source),
        identifier if isinstance(identifier, str) and identifier else None,
        _version(get("execution_count")),
        _dict(get("metadata")),
        _dict(get("attachments")),
        [_dict(output) for output in outputs] if isinstance(outputs, list) else [],
    )


def _source(source: Any) -> Source:
    """One string an element, so that elements and raw lines stay in step whatever their types."""
    if isinstance(source, list):
        try:
            return Source(source, "".join(source))
        except TypeError:
            return Source(["" if element is None else as_text(element) for element in source])
    return Source([source] if isinstance(source, str) else [])
