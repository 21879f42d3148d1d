"""Which raw lines have a row in GitLab's notebook view.

GitLab shows a changed notebook as a diff of two Markdown texts, each row tied to a raw line of the JSON it was made
from. A thread appears there only if a row has exactly its pair of lines. The layout of those texts is the one of
GitLab's ``ipynbdiff`` (0.4.8 and later), its line count included: that does not see the line end after a number that
stands last in its object, so every later line of the view lags behind the file by one for each of them.
"""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import Any

from .canonical import as_text
from .lines import VIEWED, CellLines, OutputLines, Value
from .model import Cell, Notebook
from .raw import Position
from .source import line_blocks

_BLANK = " \t\n\v\f\r\0"
_NUMBER_AT_LINE_END = re.compile(rb"\n(?:(?<=[0-9]\n)|(?<=[0-9]\r\n))")
_COLOUR = re.compile(r"\[[0-9][0-9;]*m")
_DATA = {"execute_result": VIEWED, "display_data": VIEWED[:-1]}

_LONG_IMAGE = 1_000
_MAX_ROWS = 50_000
"""Rows of both texts together beyond which the view is not worked out: GitLab itself gives up after a time limit and
shows the raw diff, and its page suppresses patches of 200 kB and more."""

_Row = tuple[str, int]
"""Text, and raw line as the view counts it (0: none)."""


class NotebookView:
    """The rows of GitLab's notebook view of a change.

    Parameters
    ----------
    old, new: the notebook and the lines of its cells; None for the side of an added or deleted file.
    """

    def __init__(
        self, old: tuple[Notebook, list[CellLines]] | None, new: tuple[Notebook, list[CellLines]] | None
    ) -> None:
        self._old_numbers = _number_lines(old[0].data) if old else []
        self._new_numbers = _number_lines(new[0].data) if new else []
        self.lags = bool(self._old_numbers or self._new_numbers)
        """Whether some line of the view differs from the file's."""
        self._rows = frozenset(
            self._diff(_render(*old, self._old_numbers) if old else [], _render(*new, self._new_numbers) if new else [])
        )

    def shows(self, position: Position) -> bool:
        """Whether a thread at *position* has a row."""
        return position in self._rows

    def positions(self) -> frozenset[Position]:
        """The positions of all rows that are tied to raw lines; 0 stands for a side of an unchanged row without one."""
        return self._rows

    def old_line(self, line: int) -> int:
        """The number under which the view lists an old raw line."""
        return _listed(line, self._old_numbers)

    def new_line(self, line: int) -> int:
        """The number under which the view lists a new raw line."""
        return _listed(line, self._new_numbers)

    @staticmethod
    def _diff(old: Sequence[_Row], new: Sequence[_Row]) -> Iterator[Position]:
        old_texts, old_lines = _joined(old)
        new_texts, new_lines = _joined(new)
        at_old = at_new = 0
        end = len(old_texts)
        for block in line_blocks(old_texts, new_texts, indent_heuristic=False):
            yield from zip(old_lines[at_old : block.old], new_lines[at_new : block.new], strict=True)
            yield from ((line, None) for line in old_lines[block.old : block.old_end])
            yield from ((None, line) for line in new_lines[block.new : block.new_end])
            at_old, at_new = block.old_end, block.new_end
        yield from zip(old_lines[at_old:end], new_lines[at_new:], strict=True)


def _number_lines(data: bytes) -> list[int]:
    """Lines that end in a number, which a string of valid JSON never does."""
    lines, line, at = [], 1, 0
    for found in _NUMBER_AT_LINE_END.finditer(data):
        line += data.count(b"\n", at, found.start())
        at = found.start()
        lines.append(line)
    return lines


def _listed(line: int, numbers: list[int]) -> int:
    return line - bisect_left(numbers, line)


def _joined(rows: Sequence[_Row]) -> tuple[list[str], list[int]]:
    """The lines of the Markdown text. A row whose text holds a line end shifts the lines of those after it, as it does
    in GitLab: row *i* of the text carries the line of block *i*."""
    texts = [text for text, _ in rows]
    lines = [line for _, line in rows]
    if any("\n" in text for text in texts):
        texts = "\n".join(texts).split("\n")
        lines += [0] * (len(texts) - len(lines))
    return texts, lines


def _render(notebook: Notebook, lines: Sequence[CellLines], numbers: list[int]) -> list[_Row]:
    kernel = notebook.metadata.get("kernelspec")
    language = kernel.get("language") if isinstance(kernel, dict) else None
    rows: list[tuple[str, int | None]] = []
    for cell, at in zip(notebook.cells, lines, strict=True):
        tags = cell.metadata.get("tags")
        tag_text = ",".join(map(as_text, tags)) if isinstance(tags, list) else ""
        rows += [(f"%% Cell type:{cell.cell_type} id:{cell.id or ''} tags:{tag_text}", at.line), ("", None)]
        rows += _cell(cell, at, language if isinstance(language, str) else "")
        rows.append(("", None))
    return [(text, _listed(line, numbers) if line else 0) for text, line in rows]


def _cell(cell: Cell, at: CellLines, language: str) -> Iterator[tuple[str, int | None]]:
    source = at.source or Value(at.line)
    rows = _text(source, cell.source.elements if source.elements is not None else cell.source.text, "")
    if cell.cell_type != "code":
        yield from rows
        return
    yield f"``` {language}", source.line
    yield from rows
    yield "```", None
    shown = [
        output_rows
        for output, lines in zip(cell.outputs, at.output_lines, strict=False)
        if (output_rows := _output(output, lines)) is not None
    ]
    if shown:
        yield "", None
        yield "%% Output", at.outputs.line if at.outputs else None
    for output_rows in shown:
        yield "", None
        yield from output_rows


def _text(at: Value, content: Any, indent: str) -> Iterator[tuple[str, int | None]]:
    """One row an element of a list; the lines of a string all on its one raw line."""
    if isinstance(content, list):
        for index, element in enumerate(content):
            yield indent + _plain(as_text(element)), at.of(index)
    elif isinstance(content, str):
        for line in _lines(content):
            yield indent + _plain(line), at.line


def _lines(text: str) -> list[str]:
    """Lines without line ends, the empty ones at the end left out (what Ruby's ``split`` gives)."""
    text = text.rstrip("\n")
    return text.split("\n") if text else []


def _plain(line: str) -> str:
    return (_COLOUR.sub("", line).replace("\x1b", "") if "\x1b" in line else line).rstrip(_BLANK)


def _output(output: dict[str, Any], at: OutputLines) -> list[tuple[str, int | None]] | None:
    kind = output.get("output_type")
    if kind == "stream":
        return list(_text(at.values.get("text", Value(at.line)), output.get("text"), "    "))
    if kind == "error":
        return list(_traceback(output.get("traceback"), at.values.get("traceback", Value(at.line))))
    if not isinstance(kind, str) or kind not in _DATA:
        return None
    data = output.get("data")
    rows: list[tuple[str, int | None]] = []
    for mime in _DATA[kind]:
        if isinstance(data, dict) and mime in data:
            value = at.values.get(mime, Value(at.line))
            rows += [_image(mime, data[mime], value)] if mime.startswith("image/") else _text(value, data[mime], "    ")
    return rows


def _image(mime: str, content: Any, at: Value) -> tuple[str, int | None]:
    parts = content if isinstance(content, list) else [content]
    data = " ".join("".join(as_text(part).strip() for part in parts).split())
    if len(data) > _LONG_IMAGE:  # the row only has to be equal where the image is
        data = hashlib.sha256(data.encode("utf-8", "replace")).hexdigest()
    return f"    ![](data:{mime},{data})", at.line


def _traceback(traceback: Any, at: Value) -> Iterator[tuple[str, int | None]]:
    if not isinstance(traceback, list):
        return
    for index, entry in enumerate(traceback):
        for line in _lines(as_text(entry)):
            yield "    " + _plain(line), at.of(index)


def is_viewable(*notebooks: Notebook) -> bool:
    """Whether GitLab makes a notebook view of these versions (those without cells aside): nbformat 4, not too long."""
    rows = 0
    for notebook in notebooks:
        if notebook.nbformat not in (0, 4):
            return False
        for cell in notebook.cells:
            rows += len(cell.source.elements)
            for output in cell.outputs:
                data = output.get("data")
                values = [
                    output.get("text"),
                    output.get("traceback"),
                    *(data.values() if isinstance(data, dict) else ()),
                ]
                rows += sum(len(value) for value in values if isinstance(value, list))
    return rows <= _MAX_ROWS


def mapped_values(output: dict[str, Any]) -> Sequence[str]:
    """Keys of :attr:`.lines.OutputLines.values` whose lines have rows in the view, in its order."""
    kind = output.get("output_type")
    if kind == "stream":
        return ("text",)
    if kind == "error":
        return ("traceback",)
    data = output.get("data")
    if not isinstance(kind, str) or not isinstance(data, dict):
        return ()
    return [mime for mime in _DATA.get(kind, ()) if mime in data]
