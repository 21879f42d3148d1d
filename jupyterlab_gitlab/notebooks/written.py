"""A notebook file's JSON as it is written, whatever its format; never raises.

Real histories hold nbformat 2 to 4, conflict markers, truncated files, NaN, lone surrogates and values of any type in
any place. What has the types of the formats is read straight into structs, anything else by way of plain values; what
Jupyter's own reader (nbformat) would refuse is still shown where it has an obvious meaning.
"""

from __future__ import annotations

import json
import re
from typing import Any

import msgspec
from msgspec import UNSET, UnsetType

from ..contract.decoders import decoder
from .legacy import source_key
from .model import Cell
from .rawtext import BOM, RawText

_CONFLICT = re.compile(rb"^(?:<{7}|>{7}|={7}|\|{7})(?: |\r?$)", re.MULTILINE)
_CONFLICT_START = re.compile(rb"^<{7}(?: |\r?$)", re.MULTILINE)
_SURROGATE = re.compile("[\ud800-\udfff]")
_MAX_DIGITS = 4_000
"""Digits of an integer; Python refuses to read or write longer ones."""


class LegacyCell(msgspec.Struct, gc=False):
    """A cell of nbformat 2 or 3. Values of other types than these are found only where the file has them so."""

    cell_type: str = ""
    source: list[str] | str | UnsetType | None = UNSET
    input: list[str] | str | UnsetType | None = UNSET
    outputs: list[dict[str, Any]] = []
    metadata: dict[str, Any] = {}
    prompt_number: int | None = None
    collapsed: bool | None = None
    level: int | None = None

    @property
    def source_key(self) -> str:
        """The key that holds the source."""
        return source_key(self.cell_type, self.input is not UNSET)


class Sheet(msgspec.Struct):
    """A worksheet of nbformat 2 or 3."""

    cells: list[LegacyCell] = []


class Document(msgspec.Struct):
    """A notebook file: *cells*, or *worksheets* before nbformat 4."""

    cells: list[Cell] | UnsetType = UNSET
    worksheets: list[Sheet] | UnsetType = UNSET
    nbformat: int | None = None
    nbformat_minor: int | None = None
    metadata: dict[str, Any] = {}


_DOCUMENT = decoder(Document)
_ANYTHING = msgspec.json.Decoder()


def read_document(raw: RawText) -> tuple[Document, tuple[str, ...]] | str:
    """The document in *raw* with notes for the user, or the reason (words that follow “because ”) why there is none."""
    data = raw.data
    if data.startswith(BOM):
        data = data[len(BOM) :]
    if not data or data.isspace():
        return "the file is empty"
    try:
        return _DOCUMENT.decode(data), ()
    except (msgspec.MsgspecError, UnicodeError, RecursionError):
        pass
    try:
        return _document(_ANYTHING.decode(data), ())
    except (msgspec.MsgspecError, UnicodeError, RecursionError):
        return _by_json(data)


def _by_json(data: bytes) -> tuple[Document, tuple[str, ...]] | str:
    """What Python's own reader makes of it, which takes NaN and lone surrogates."""
    notes: tuple[str, ...] = ()
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        text = data.decode("utf-8", "replace")
        notes = ("holds bytes that are not UTF-8; they are shown as �",)
    try:
        found = json.loads(text, parse_constant=str, parse_int=_integer, parse_float=_float)
        return _document(_without_surrogates(found), notes)
    except RecursionError:
        return "its JSON is nested too deeply"
    except ValueError as error:
        return _why_invalid(data, text, error)


def _integer(digits: str) -> int | str:
    return int(digits) if len(digits) <= _MAX_DIGITS else digits


def _float(digits: str) -> float | str:
    """A number that can be written again; one beyond a double's range stays text."""
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


# plain values to structs


def _document(top: Any, notes: tuple[str, ...]) -> tuple[Document, tuple[str, ...]] | str:
    if not isinstance(top, dict):
        return "it is not a JSON object"
    cells, sheets = top.get("cells"), top.get("worksheets")
    document = Document(
        cells=[_cell(cell) for cell in cells] if isinstance(cells, list) else UNSET,
        worksheets=[_sheet(sheet) for sheet in sheets] if isinstance(sheets, list) else UNSET,
        nbformat=_number(top.get("nbformat")),
        nbformat_minor=_number(top.get("nbformat_minor")),
        metadata=_dict(top.get("metadata")),
    )
    return document, notes


def _sheet(sheet: Any) -> Sheet:
    cells = sheet.get("cells") if isinstance(sheet, dict) else None
    return Sheet([_legacy_cell(cell) for cell in cells] if isinstance(cells, list) else [])


def _cell(cell: Any) -> Cell:
    if not isinstance(cell, dict):
        return Cell()
    return Cell(
        cell_type=_text(cell.get("cell_type")) or "raw",
        written=cell.get("source", UNSET),
        id=_text(cell.get("id")),
        execution_count=_number(cell.get("execution_count")),
        metadata=_dict(cell.get("metadata")),
        attachments=_dict(cell.get("attachments")),
        outputs=_dicts(cell.get("outputs")),
    )


def _legacy_cell(cell: Any) -> LegacyCell:
    if not isinstance(cell, dict):
        return LegacyCell()
    return LegacyCell(
        cell_type=_text(cell.get("cell_type")) or "",
        source=cell.get("source", UNSET),
        input=cell.get("input", UNSET),
        outputs=_dicts(cell.get("outputs")),
        metadata=_dict(cell.get("metadata")),
        prompt_number=_number(cell.get("prompt_number")),
        collapsed=cell.get("collapsed") is True,
        level=_number(cell.get("level")),
    )


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) else None


def _number(value: Any) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _dict(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _dicts(value: Any) -> list[dict[str, Any]]:
    return [_dict(item) for item in value] if isinstance(value, list) else []
