"""Bytes to a :class:`.model.Notebook`, or the reason why not. Never raises.

Real histories hold nbformat 2 to 4, conflict markers, truncated files, NaN, lone surrogates and values of any type in
any place; what Jupyter's own reader (nbformat) would refuse is still shown where it has an obvious meaning.
"""

from __future__ import annotations

import json
import re
from typing import Any

import orjson

from .canonical import as_text
from .legacy import legacy_cells
from .model import Cell, Notebook, Source

BOM = b"\xef\xbb\xbf"
_CONFLICT = re.compile(rb"^(?:<{7}|>{7}|={7}|\|{7})(?: |\r?$)", re.MULTILINE)
_CONFLICT_START = re.compile(rb"^<{7}(?: |\r?$)", re.MULTILINE)
_SURROGATE = re.compile("[\ud800-\udfff]")
_INT64_DIGITS = 18


def parse(data: bytes) -> Notebook | str:
    """The notebook in *data*, or the reason (words that follow “because ”) why it can't be read as one."""
    if data.startswith(BOM):
        data = data[len(BOM) :]
    if not data.strip():
        return "the file is empty"
    document, notes = _load(data)
    if isinstance(document, str):
        return document
    if not isinstance(document, list):
        return "it is not a JSON object"
    return _notebook(data, document[0], notes)


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


def _notebook(data: bytes, document: dict[str, Any], notes: tuple[str, ...]) -> Notebook | str:
    major, minor = _version(document.get("nbformat")), _version(document.get("nbformat_minor"))
    if isinstance(document.get("cells"), list):
        cells = document["cells"]
    elif isinstance(document.get("worksheets"), list):
        cells, major = legacy_cells(document["worksheets"]), major or 3
    elif major:
        return "it has no list of cells"
    else:
        return "it is JSON, but not a notebook"
    return Notebook(
        data=data,
        nbformat=major or 4,
        nbformat_minor=minor or 0,
        cells=[_cell(index, cell) for index, cell in enumerate(cells)],
        metadata=_dict(document.get("metadata")),
        notes=notes,
    )


def _version(value: Any) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _dict(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _cell(index: int, cell: Any) -> Cell:
    if not isinstance(cell, dict):
        return Cell(index=index, cell_type="raw", source=Source([]))
    cell_type, identifier, count = cell.get("cell_type"), cell.get("id"), cell.get("execution_count")
    outputs = cell.get("outputs")
    return Cell(
        index=index,
        cell_type=cell_type if isinstance(cell_type, str) and cell_type else "raw",
        source=Source(_elements(cell.get("source"))),
        id=identifier if isinstance(identifier, str) and identifier else None,
        execution_count=_version(count),
        metadata=_dict(cell.get("metadata")),
        attachments=_dict(cell.get("attachments")),
        outputs=[_dict(output) for output in outputs] if isinstance(outputs, list) else [],
    )


def _elements(source: Any) -> list[str]:
    """One string an element, so that elements and raw lines stay in step whatever their types."""
    if isinstance(source, str):
        return [source]
    if not isinstance(source, list):
        return []
    return ["" if element is None else as_text(element) for element in source]
