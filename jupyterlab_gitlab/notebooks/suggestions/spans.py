"""Where in a notebook file's bytes each string of each cell's source stands, whatever the layout."""

from __future__ import annotations

import re

import msgspec
import orjson

from ..rawtext import BOM

_TOKEN = re.compile(rb'"[^"]*"|[{}\[\],:]')
_OPENING = {b"{": "object", b"[": "array"}

Span = tuple[int, int]
"""Half-open, in bytes."""


class Element(msgspec.Struct, frozen=True, gc=False):
    """One string of a source: what it says, where its literal stands, and on which raw line (from 1)."""

    text: str
    span: Span
    line: int


class SourceSpan(msgspec.Struct, frozen=True):
    """The source of a cell. *span* is that of the whole value; *single*: it is one string, not a list."""

    span: Span
    single: bool
    elements: list[Element]


class _Level:
    """An object or array that is being read; *key* is that of the member whose value comes."""

    __slots__ = ("index", "key", "kind", "naming", "start")

    def __init__(self, kind: str, start: int) -> None:
        self.kind = kind
        self.start = start
        self.index = 0
        self.key = ""
        self.naming = kind == "object"


def source_spans(data: bytes) -> list[SourceSpan | None] | None:
    """The sources of the cells of a notebook (nbformat 4) in order, null for a cell without one.

    Null for what is no such notebook. *data* must be valid JSON.
    """
    try:
        found = _read(data)
    except (IndexError, ValueError):
        return None
    try:
        notebook = orjson.loads(data.removeprefix(BOM))
    except ValueError:
        return None
    cells = notebook.get("cells") if isinstance(notebook, dict) else None
    if not isinstance(cells, list) or len(cells) != len(found):
        return None
    # read twice, so that no byte is changed that means something else
    for cell, source in zip(cells, found, strict=True):
        value = cell.get("source") if isinstance(cell, dict) else None
        texts = [element.text for element in source.elements] if source else None
        if value != (texts[0] if source and source.single and texts else texts):
            return None
    return found


def _read(data: bytes) -> list[SourceSpan | None]:
    # of the same length, so that every quote that is left begins or ends a string
    text = data.replace(b"\\\\", b"__").replace(b'\\"', b"__")
    levels: list[_Level] = []
    cells: list[SourceSpan | None] = []
    elements: list[Element] = []
    counted, line = 0, 1
    for token in _TOKEN.finditer(text):
        start, end = token.span()
        head = text[start : start + 1]
        if head in _OPENING:
            if _is_cells(levels):
                cells = []  # the last of several keys counts
            elif _is_cell(levels):
                cells.append(None)
            elif _is_source(levels):
                elements = []
            levels.append(_Level(_OPENING[head], start))
        elif head in (b"}", b"]"):
            closed = levels.pop()
            if _is_source(levels) and closed.kind == "array":
                cells[-1] = SourceSpan((closed.start, end), False, elements)
        elif head == b",":
            levels[-1].index += 1
            levels[-1].naming = levels[-1].kind == "object"
        elif head == b":":
            levels[-1].naming = False
        elif levels and levels[-1].naming:
            levels[-1].key = _decoded(data, start, end)
        elif _is_source(levels) or (levels and levels[-1].kind == "array" and _is_source(levels[:-1])):
            line += data.count(b"\n", counted, start)
            counted = start
            element = Element(_decoded(data, start, end), (start, end), line)
            if _is_source(levels):
                cells[-1] = SourceSpan((start, end), True, [element])
            else:
                elements.append(element)
    return cells


def _is_cells(levels: list[_Level]) -> bool:
    return len(levels) == 1 and levels[0].kind == "object" and levels[0].key == "cells"


def _is_cell(levels: list[_Level]) -> bool:
    return len(levels) == 2 and levels[1].kind == "array" and _is_cells(levels[:1])


def _is_source(levels: list[_Level]) -> bool:
    return len(levels) == 3 and levels[2].kind == "object" and levels[2].key == "source" and _is_cell(levels[:2])


def _decoded(data: bytes, start: int, end: int) -> str:
    return str(orjson.loads(data[start:end]))
