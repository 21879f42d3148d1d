"""Raw line numbers of the parts of a cell, all counted from 1."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

VIEWED = ("image/png", "image/svg+xml", "image/jpeg", "text/markdown", "text/latex", "text/plain")
"""The MIME types that GitLab's notebook view shows, in its order: those whose lines matter."""


class Value(msgspec.Struct, frozen=True, gc=False):
    """Where a value starts, and for a list the line of each element (None: no list)."""

    line: int
    elements: Sequence[int] | None = None

    def of(self, element: int) -> int | None:
        """The line of one element; a value that is no list has all its content on one line."""
        if self.elements is None:
            return self.line
        return self.elements[element] if 0 <= element < len(self.elements) else None

    def shifted(self, by: int) -> Value:
        """The same value so many lines further down."""
        elements = self.elements
        if isinstance(elements, range):
            elements = range(elements.start + by, elements.stop + by)
        elif elements is not None:
            elements = [line + by for line in elements]
        return Value(self.line + by, elements)


class OutputLines(msgspec.Struct, frozen=True, gc=False):
    """*line* is that of the output's ``{``, *last* of its ``}``; *values* by ``text``, ``traceback`` or MIME type
    (:data:`VIEWED`)."""

    line: int
    values: dict[str, Value]
    last: int

    def shifted(self, by: int) -> OutputLines:
        """The same output so many lines further down."""
        values = {key: value.shifted(by) for key, value in self.values.items()}
        return OutputLines(self.line + by, values, self.last + by)


class CellLines(msgspec.Struct, frozen=True, gc=False):
    """*line* is that of the cell's ``{``, *last* of its ``}``; *source* of the value of its source; *outputs* of the
    outputs' ``[``, None if there are none."""

    line: int
    last: int
    source: Value | None = None
    outputs: Value | None = None
    output_lines: list[OutputLines] = []

    def shifted(self, by: int) -> CellLines:
        """The same cell so many lines further down."""
        return CellLines(
            self.line + by,
            self.last + by,
            self.source.shifted(by) if self.source else None,
            self.outputs.shifted(by) if self.outputs else None,
            [output.shifted(by) for output in self.output_lines],
        )
