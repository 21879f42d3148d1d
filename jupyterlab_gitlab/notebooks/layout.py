"""Raw line numbers of notebooks that are written as Jupyter writes them: one value a line, indented by depth.

In that layout a line is found by what it says, since valid JSON strings hold no raw line end: ``"source": [`` at a
cell's indentation opens the source of the cell whose ``{`` came last. Every list of source lines is read back and held
against the parsed notebook; a file that fails there, or anywhere else, has another layout.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import orjson
from msgspec import UNSET

from .legacy import MIME_OF
from .model import Notebook
from .places import VIEWED, CellLines, OutputLines, Value
from .rawtext import BOM, RawText


def lines_by_layout(notebook: Notebook) -> list[CellLines] | None:
    """Line numbers of each cell of *notebook*, in step with its cells; None if the file has another layout."""
    try:
        if not notebook.written:
            return []
        layout = Layout(notebook.raw, legacy=notebook.legacy)
        found, line, last = [], layout.first_line(), notebook.written[-1]
        for cell in notebook.written:
            place, line = layout.cell(cell, line, last=cell is last)
            found.append(place)
        layout.verify()
    except NOT_THIS_LAYOUT:
        return None
    return found


NOT_THIS_LAYOUT = (ValueError, IndexError)
"""What is raised for a line that is not where the layout has it."""

_CONTENT = {"stream": "text", "error": "traceback"}
"""Where outputs of these types have their content; the others in ``data``."""


_READ_AT_ONCE = 1_000
"""Source lines that are read back together."""


class _OtherLayoutError(ValueError):
    pass


class Layout:
    """A reader of one file's lines. Its methods raise one of :data:`NOT_THIS_LAYOUT`.

    What :meth:`cell` tells holds only once :meth:`verify` has read the lines back.
    """

    def __init__(self, raw: RawText, *, legacy: bool) -> None:
        lines = raw.lines
        if lines[0].endswith(b"\r"):
            lines = raw.data.replace(b"\r\n", b"\n").split(b"\n")
        step = lines[1][: -len(lines[1].lstrip(b" \t"))]
        if lines[0].removeprefix(BOM) != b"{" or not step:
            raise _OtherLayoutError
        self.lines = lines
        self.legacy = legacy
        depth = 4 if self.legacy else 2
        cell, member, self._output = step * depth, step * (depth + 1), step * (depth + 2)
        self._in_output, self._in_data = step * (depth + 3), step * (depth + 4)
        self._list = step * (depth - 1) + b'"cells": ['
        self._open, self._close, self._close_last = cell + b"{", cell + b"},", cell + b"}"
        self._sources = {key: b'%b"%b": ' % (member, key.encode()) for key in ("source", "input")}
        self._source_opens = {key: opening + b"[" for key, opening in self._sources.items()}
        self._source_close = member + b"]"
        self._outputs_open = member + b'"outputs": ['
        self._element = self._output + b'"'
        self._read: list[bytes] = []
        self._expected: list[list[Any]] = []

    def first_line(self) -> int:
        """The line of the first cell's ``{``."""
        return self.lines.index(self._list) + 2

    def cell(self, cell: Any, line: int, *, last: bool) -> tuple[CellLines, int]:
        """The lines of a cell (as the file has it) whose ``{`` is in *line*, and the line after it; *last*: of all."""
        lines, at = self.lines, line - 1
        if lines[at] != self._open:
            raise _OtherLayoutError
        close = self._close_last if last else self._close
        if self.legacy:
            key = cell.source_key
            elements = cell.input if key == "input" else cell.source
        else:
            key, elements = "source", cell.written
        source, after = None, at
        if isinstance(elements, list) and elements:
            source, after = self._source(key, elements, at)
        # the source is what Jupyter writes last
        end = after if lines[after] == close else lines.index(close, at)
        if after > end:
            raise _OtherLayoutError
        if source is None and elements is not UNSET:
            line_of_source = self._line_starting(self._sources[key], at, end) + 1
            source = Value(line_of_source, [] if isinstance(elements, list) else None)
        if not cell.outputs:
            return CellLines(line, end + 1, source), end + 2
        outputs_at = lines.index(self._outputs_open, at, end) + 1
        outputs = self._outputs(cell.outputs, outputs_at, end)
        return CellLines(line, end + 1, source, Value(outputs_at), outputs), end + 2

    def verify(self) -> None:
        """Holds the source lines of the cells that were asked for against the notebook."""
        if not self._expected:
            return
        text = b"\n".join([*self._read, b"]]"])
        # as many lines as elements, and each line begins with a string: each is one element
        if text.count(b"\n" + self._element) != sum(map(len, self._expected)) or orjson.loads(text) != self._expected:
            raise _OtherLayoutError
        self._read.clear()
        self._expected.clear()

    def _source(self, key: str, elements: list[Any], at: int) -> tuple[Value, int]:
        """The place of a source, and the index of the line after it. The line is looked for from *at* on."""
        lines = self.lines
        first = lines.index(self._source_opens[key], at) + 1
        after = first + len(elements)
        if len(self._read) > _READ_AT_ONCE:
            self.verify()
        self._read.append(b"],[" if self._expected else b"[[")
        self._read += lines[first:after]
        self._expected.append(elements)
        return Value(first, range(first + 1, after + 1)), after + (lines[after] == self._source_close)

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
            if lines[at] != brace:
                raise _OtherLayoutError
            stop = lines.index(close if index < last else close[:-1], at, end)
            found.append(OutputLines(at + 1, self._values(output, at + 1, stop), stop + 1))
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
