"""Raw line numbers of what a notebook file holds, for any JSON layout.

The scan walks the JSON text itself. Two facts make it cheap: valid JSON strings hold no raw line end, and once
``\\\\`` and ``\\"`` are blanked (keeping the length) a string is just what stands between two quotes.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import accumulate
from typing import Any

import orjson

from .legacy import MIME_OF, source_key
from .model import Notebook
from .places import VIEWED, CellLines, OutputLines, Value
from .rawtext import BOM

_SPACE = re.compile(rb"[ \t\r\n]*")
_KEY = re.compile(rb'[ \t\r\n]*"([^"]*)"[ \t\r\n]*:[ \t\r\n]*')
_SCALAR = re.compile(rb"[^\s,\]}]*")
# Runs up to the next bracket, over at most 4,000 strings at once: the regex engine keeps a record of each repetition.
_TO_BRACKET = re.compile(rb'[^"\[\]{}]*(?:"[^"]*"[^"\[\]{}]*){0,4000}')
_BLANKS = b" \t\r\n"


def lines_by_scan(notebook: Notebook) -> list[CellLines] | None:
    """Line numbers of each cell of *notebook*, in step with its cells; None if the scan and the parse disagree."""
    try:
        cells = _Scanner(notebook.raw.data).cells()
    except (_OutOfStepError, RecursionError):
        return None
    if cells is None or len(cells) != len(notebook.cells):
        return None
    for cell, lines in zip(notebook.cells, cells, strict=True):
        elements = lines.source.elements if lines.source else None
        if elements is not None and len(elements) != len(cell.source.elements):
            return None
    return cells


class _OutOfStepError(Exception):
    """The text is not what the parser accepted."""


class _Scanner:
    """A reader that moves forward over one file and counts lines as it goes."""

    def __init__(self, data: bytes) -> None:
        self.raw = data[len(BOM) :] if data.startswith(BOM) else data
        self.data = self.raw.replace(b"\\\\", b"__").replace(b'\\"', b"__")
        self.pos = 0
        self._counted = 0
        self._line = 1

    # positions

    def line(self) -> int:
        """The line of the current position."""
        self._line += self.data.count(b"\n", self._counted, self.pos)
        self._counted = self.pos
        return self._line

    def peek(self) -> bytes:
        """The next character that is no blank; moves to it."""
        self.pos = _SPACE.match(self.data, self.pos).end()  # type: ignore[union-attr]  # matches anything
        return self.data[self.pos : self.pos + 1]

    def take(self, expected: bytes) -> None:
        if self.peek() != expected:
            raise _OutOfStepError
        self.pos += 1

    # JSON

    def string(self) -> str:
        """The string at the current position, consumed."""
        end = self.data.find(b'"', self.pos + 1)
        if end < 0:
            raise _OutOfStepError
        start, self.pos = self.pos + 1, end + 1
        return self.decode(start, end)

    def decode(self, start: int, end: int) -> str:
        """What the string content from *start* to *end* means."""
        content = self.raw[start:end]
        if b"\\" not in content:
            return content.decode("utf-8", "replace")
        try:
            return str(orjson.loads(b'"' + content + b'"'))
        except ValueError:
            return ""

    def object(self, visit: Callable[[str], Any]) -> None:
        """Call *visit* with each key, positioned at its value, which it must consume."""
        self.take(b"{")
        found = _KEY.match(self.data, self.pos)
        while found:
            self.pos = found.end()
            visit(self.decode(*found.span(1)))
            if self.peek() != b",":
                break
            found = _KEY.match(self.data, self.pos + 1)
        self.take(b"}")

    def array(self, visit: Callable[[], Any]) -> None:
        """Call *visit* at each element, which it must consume."""
        self.take(b"[")
        more = self.peek() != b"]"
        while more:
            visit()
            more = self.peek() == b","
            if more:
                self.pos += 1
                self.peek()
        self.take(b"]")

    def skip(self) -> None:
        first = self.peek()
        if first == b'"':
            self.pos = self.data.find(b'"', self.pos + 1) + 1
            if not self.pos:
                raise _OutOfStepError
        elif first in (b"{", b"["):
            self._skip_container()
        else:
            self.pos = _SCALAR.match(self.data, self.pos).end()  # type: ignore[union-attr]

    def _skip_container(self) -> None:
        data, size, pos, depth = self.data, len(self.data), self.pos, 0
        while True:
            pos = _TO_BRACKET.match(data, pos).end()  # type: ignore[union-attr]
            if pos >= size:
                raise _OutOfStepError
            byte = data[pos]
            if byte in b"[{":
                depth += 1
            elif byte in b"]}":
                depth -= 1
            elif data.find(b'"', pos + 1) < 0:
                raise _OutOfStepError
            else:
                continue
            pos += 1
            if not depth:
                self.pos = pos
                return

    def value(self) -> Value:
        """Consume any value and tell its lines."""
        if self.peek() != b"[":
            line = self.line()
            self.skip()
            return Value(line)
        line = self.line()
        elements = self._strings()
        if elements is None:
            elements = self._elements()
        return Value(line, elements)

    def _elements(self) -> list[int]:
        lines: list[int] = []

        def visit() -> None:
            lines.append(self.line())
            self.skip()

        self.array(visit)
        return lines

    def _strings(self) -> list[int] | None:
        """The lines of a list of strings, consumed; None (nothing consumed) if it holds anything else."""
        start = self.pos
        end = start + 1
        while True:
            stop = _TO_BRACKET.match(self.data, end).end()  # type: ignore[union-attr]
            byte = self.data[stop : stop + 1]
            if byte == b"]":
                end = stop
                break
            if byte != b'"' or stop == end:
                return None
            end = stop
        parts = self.data[start : end + 1].split(b'"')
        line = self.line()
        self.pos = end + 1
        separators = parts[2:-1:2]
        if len(set(separators)) <= 1 and parts[0].strip(_BLANKS) == b"[" and parts[-1].strip(_BLANKS) == b"]":
            # the layout that every writer has: the same separator all along
            separator = separators[0] if separators else b","
            if separator.strip(_BLANKS) == b",":
                first = line + parts[0].count(b"\n")
                step = separator.count(b"\n")
                count = len(separators) + 1
                return list(range(first, first + step * count, step)) if step else [first] * count
        if b"".join(parts[::2]).translate(None, _BLANKS) != b"[" + b"," * len(separators) + b"]":
            self.pos = start
            return None
        ends = accumulate((part.count(b"\n") for part in parts[:-1:2]), initial=line)
        next(ends)
        return list(ends)

    # the notebook

    def cells(self) -> list[CellLines] | None:
        found: dict[str, list[CellLines] | None] = {}

        def visit(key: str) -> None:
            if key == "cells":
                found[key] = self._cell_list(legacy=False)
            elif key == "worksheets":
                found[key] = self._worksheets()
            else:
                self.skip()

        self.object(visit)
        return found.get("cells") if found.get("cells") is not None else found.get("worksheets")

    def _worksheets(self) -> list[CellLines] | None:
        cells: list[CellLines] = []

        def sheet() -> None:
            if self.peek() != b"{":
                return self.skip()
            own: list[list[CellLines] | None] = [None]

            def visit(key: str) -> None:
                if key == "cells":
                    own[0] = self._cell_list(legacy=True)
                else:
                    self.skip()

            self.object(visit)
            cells.extend(own[0] or [])
            return None

        if self.peek() != b"[":
            self.skip()
            return None
        self.array(sheet)
        return cells

    def _cell_list(self, legacy: bool) -> list[CellLines] | None:
        if self.peek() != b"[":
            self.skip()
            return None
        cells: list[CellLines] = []
        self.array(lambda: cells.append(self._cell(legacy)))
        return cells

    def _cell(self, legacy: bool) -> CellLines:
        self.peek()
        cell_line = self.line()
        if self.peek() != b"{":
            self.skip()
            return CellLines(cell_line, self.line())
        sources: dict[str, Value] = {}
        outputs: list[Value | None] = [None]
        output_lines: list[list[OutputLines]] = [[]]
        cell_type = [""]

        def visit(key: str) -> None:
            if key in ("source", "input"):
                sources[key] = self.value()
            elif key == "outputs" and self.peek() == b"[":
                line = self.line()
                output_lines[0] = self._outputs(legacy)
                outputs[0] = Value(line) if output_lines[0] else None
            elif key == "cell_type" and self.peek() == b'"':
                cell_type[0] = self.string()
            else:
                self.skip()

        self.object(visit)
        key = source_key(cell_type[0], "input" in sources) if legacy else "source"
        return CellLines(cell_line, self.line(), sources.get(key), outputs[0], output_lines[0])

    def _outputs(self, legacy: bool) -> list[OutputLines]:
        outputs: list[OutputLines] = []

        def visit() -> None:
            self.peek()
            line, values = self.line(), dict[str, Value]()
            if self.peek() == b"{":
                self.object(lambda key: self._output_value(key, values, legacy))
            else:
                self.skip()
            outputs.append(OutputLines(line, values, self.line()))

        self.array(visit)
        return outputs

    def _output_value(self, key: str, values: dict[str, Value], legacy: bool) -> None:
        if key == "data" and not legacy and self.peek() == b"{":
            self.object(lambda mime: self._data_value(mime, values))
        elif key in ("text", "traceback"):
            values[key] = self.value()
            if legacy and key == "text":
                values[MIME_OF[key]] = values[key]
        elif legacy and key in MIME_OF:
            self._data_value(MIME_OF[key], values)
        else:
            self.skip()

    def _data_value(self, mime: str, values: dict[str, Value]) -> None:
        if mime in VIEWED:
            values[mime] = self.value()
        else:
            self.skip()
