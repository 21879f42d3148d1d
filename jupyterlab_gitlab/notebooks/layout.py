"""Raw line numbers of notebooks that are written as Jupyter writes them: one value a line, indented by depth.

In that layout a line is found by what it says, since valid JSON strings hold no raw line end: ``"source": [`` at a
cell's indentation opens the source of the cell whose ``{`` came last. Every list of source lines is read back and held
against the parsed notebook; a file that fails there, or anywhere else, has another layout.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import orjson

from .legacy import MIME_OF, source_key
from .model import Notebook
from .places import VIEWED, CellLines, OutputLines, Value
from .rawtext import BOM


def lines_by_layout(
    notebook: Notebook, first: int = 0, stop: int | None = None, line: int | None = None
) -> list[CellLines] | None:
    """Line numbers of cells of *notebook*, in step with its cells; None if the file has another layout.

    Parameters
    ----------
    first, stop: which cells; all by default.
    line: the line of the first one's ``{``, looked for if not given.
    """
    try:
        return _Layout(notebook).cells(first, stop, line)
    except (ValueError, IndexError):  # a line that is not where the layout has it
        return None


_CONTENT = {"stream": "text", "error": "traceback"}
"""Where outputs of these types have their content; the others in ``data``."""


class _OtherLayoutError(ValueError):
    pass


class _Layout:
    def __init__(self, notebook: Notebook) -> None:
        lines = notebook.raw.lines
        if lines[0].endswith(b"\r"):
            lines = notebook.raw.data.replace(b"\r\n", b"\n").split(b"\n")
        step = lines[1][: -len(lines[1].lstrip(b" \t"))]
        if lines[0].removeprefix(BOM) != b"{" or not step:
            raise _OtherLayoutError
        self.lines = lines
        self.legacy = notebook.legacy
        self.raw_cells = notebook.raw_cells
        depth = 4 if self.legacy else 2
        self._list = b'"cells": ['
        self._before_list = step * (depth - 1)
        self._cell = step * depth
        self._close, self._close_last = self._cell + b"},", self._cell + b"}"
        self._in_cell = step * (depth + 1)
        self._output = step * (depth + 2)
        self._in_output = step * (depth + 3)
        self._in_data = step * (depth + 4)
        self._element = self._output + b'"'
        self._next_element = b"\n" + self._element
        self._outputs_open = self._in_cell + b'"outputs": ['

    def cells(self, first: int, stop: int | None, line: int | None) -> list[CellLines]:
        cells = self.raw_cells[first:stop]
        if not cells:
            return []
        lines, brace = self.lines, self._cell + b"{"
        at = lines.index(self._before_list + self._list) + 1 if line is None else line - 1
        found = []
        for left, cell in zip(range(len(self.raw_cells) - first - 1, -1, -1), cells, strict=False):
            if lines[at] != brace:
                raise _OtherLayoutError
            end = lines.index(self._close if left else self._close_last, at)
            found.append(self._cell_lines(cell, at, end))
            at = end + 1
        return found

    def _cell_lines(self, cell: Any, at: int, end: int) -> CellLines:
        if not isinstance(cell, dict):
            raise _OtherLayoutError
        key = source_key(cell.get("cell_type"), cell) if self.legacy else "source"
        source = self._source(key.encode(), cell[key], at, end) if key in cell else None
        outputs = cell.get("outputs")
        if not isinstance(outputs, list) or not outputs:
            return CellLines(at + 1, source)
        first = self.lines.index(self._outputs_open, at, end)
        return CellLines(at + 1, source, Value(first + 1), self._outputs(outputs, first + 1, end))

    def _source(self, key: bytes, source: Any, at: int, end: int) -> Value:
        opening = b'%b"%b": ' % (self._in_cell, key)
        if not isinstance(source, list) or not source:
            return Value(self._line_starting(opening, at, end) + 1, None if not isinstance(source, list) else [])
        first = self.lines.index(opening + b"[", at, end) + 1
        count = len(source)
        text = b"\n".join(self.lines[first : first + count])
        # as many lines as elements, and each line begins with a string: each is one element
        if (
            not text.startswith(self._element)
            or text.count(self._next_element) != count - 1
            or orjson.loads(b"[%b]" % text) != source
        ):
            raise _OtherLayoutError
        return Value(first, range(first + 1, first + 1 + count))

    def _line_starting(self, opening: bytes, at: int, end: int) -> int:
        for index in range(at, end):
            if self.lines[index].startswith(opening):
                return index
        raise _OtherLayoutError

    def _outputs(self, outputs: list[Any], at: int, end: int) -> list[OutputLines]:
        lines, brace = self.lines, self._output + b"{"
        close, last = self._output + b"},", len(outputs) - 1
        found = []
        for index, output in enumerate(outputs):
            if lines[at] != brace or not isinstance(output, dict):
                raise _OtherLayoutError
            stop = lines.index(close if index < last else close[:-1], at, end)
            found.append(OutputLines(at + 1, self._values(output, at + 1, stop)))
            at = stop + 1
        return found

    def _values(self, output: dict[str, Any], at: int, stop: int) -> dict[str, Value]:
        if self.legacy:
            return self._legacy_values(output, at, stop)
        kind = output.get("output_type")
        wanted = _CONTENT.get(kind, "data") if isinstance(kind, str) else "data"
        for key, value, place in self._members(output, at, stop, self._in_output):
            if key != wanted:
                continue
            if wanted != "data":
                return {key: _value(value, place)}
            if isinstance(value, dict):
                members = self._members(value, place + 1, stop, self._in_data)
                return {mime: _value(content, line) for mime, content, line in members if mime in VIEWED}
        return {}

    def _legacy_values(self, output: dict[str, Any], at: int, stop: int) -> dict[str, Value]:
        values: dict[str, Value] = {}
        for key, value, place in self._members(output, at, stop, self._in_output):
            if key in ("text", "traceback"):
                values[key] = _value(value, place)
            if MIME_OF.get(key) in VIEWED:
                values[MIME_OF[key]] = _value(value, place)
        return values

    def _members(self, holder: dict[str, Any], at: int, stop: int, indent: bytes) -> Iterator[tuple[str, Any, int]]:
        """Key, value and index of the line of each member of an object whose first member stands in line *at*."""
        lines, left = self.lines, len(holder)
        for key, value in holder.items():
            left -= 1
            opening = b'%b"%b": ' % (indent, key.encode())
            if not lines[at].startswith(opening):
                raise _OtherLayoutError
            yield key, value, at
            if not value or not isinstance(value, (list, dict)):
                at += 1
                continue
            close = b"%b%b%b" % (indent, b"]" if isinstance(value, list) else b"}", b"," if left else b"")
            after = at + 1 + len(value)
            if len(lines[at]) != len(opening) + 1:
                raise _OtherLayoutError
            at = 1 + (after if after < stop and lines[after] == close else lines.index(close, at, stop))


def _value(value: Any, place: int) -> Value:
    if not isinstance(value, list):
        return Value(place + 1)
    return Value(place + 1, range(place + 2, place + 2 + len(value)))
