"""The Markdown text that GitLab makes of a notebook, each row with the raw line it comes from.

The layout is the one of GitLab's ``ipynbdiff`` (0.4.8 and later).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

import msgspec

from .canonical import as_text
from .model import Cell
from .places import VIEWED, CellLines, OutputLines, Value

_BLANK = " \t\n\v\f\r\0"
_COLOUR = re.compile(r"\[[0-9][0-9;]*m")
_DATA = {"execute_result": VIEWED, "display_data": VIEWED[:-1]}
_TEXTS = [mime for mime in VIEWED if not mime.startswith("image/")]
_LONG_IMAGE = 1_000


class ViewText(msgspec.Struct):
    """Rows in order: *texts*, and the raw line of each in *lines* (0: none).

    *images* numbers the long images of both sides, so that each has a short row that is equal where the image is.
    """

    texts: list[str]
    lines: list[int]
    images: dict[str, int]

    def cut(self) -> tuple[list[str], list[int]]:
        """The lines of the text. A row whose text holds a line end shifts the raw lines of those after it, as it does
        in GitLab: line *i* of the text carries the raw line of row *i*."""
        text = "\n".join(self.texts)
        if text.count("\n") == max(0, len(self.texts) - 1):
            return self.texts, self.lines
        texts = text.split("\n")
        return texts, [*self.lines, *[0] * (len(texts) - len(self.lines))]

    def add(self, text: str, line: int = 0) -> None:
        """Appends one row."""
        self.texts.append(text)
        self.lines.append(line)

    def add_all(self, texts: list[str], lines: Sequence[int]) -> None:
        """Appends as many rows."""
        self.texts += texts
        self.lines += lines


def view_text(
    cells: Sequence[Cell], lines: Sequence[CellLines], language: str, images: dict[str, int] | None = None
) -> ViewText:
    """The text of these cells.

    Parameters
    ----------
    language: the kernel's.
    images: those of the text that this one is compared with.
    """
    text = ViewText([], [], {} if images is None else images)
    for cell, at in zip(cells, lines, strict=True):
        tags = cell.metadata.get("tags")
        tag_text = ",".join(map(as_text, tags)) if isinstance(tags, list) else ""
        text.add(f"%% Cell type:{cell.cell_type} id:{cell.id or ''} tags:{tag_text}", at.line)
        text.add("")
        source = at.source or Value(at.line)
        if cell.cell_type != "code":
            _add_text(text, source, cell.source.elements, "")
        else:
            text.add(f"``` {language}", source.line)
            _add_text(text, source, cell.source.elements, "")
            text.add("```")
            _add_outputs(text, cell.outputs, at)
        text.add("")
    return text


def _add_outputs(text: ViewText, outputs: Sequence[dict[str, Any]], at: CellLines) -> None:
    begun = False
    for output, lines in zip(outputs, at.output_lines, strict=False):
        kind = output.get("output_type")
        if not isinstance(kind, str) or kind not in ("stream", "error", *_DATA):
            continue
        if not begun:
            text.add("")
            text.add("%% Output", at.outputs.line if at.outputs else 0)
            begun = True
        text.add("")
        if kind == "stream":
            _add_text(text, lines.values.get("text", Value(lines.line)), output.get("text"), "    ")
        elif kind == "error":
            _add_traceback(text, lines.values.get("traceback", Value(lines.line)), output.get("traceback"))
        else:
            _add_data(text, lines, output.get("data"), _DATA[kind])


def _add_data(text: ViewText, at: OutputLines, data: Any, mimes: Sequence[str]) -> None:
    for mime in mimes:
        if isinstance(data, dict) and mime in data:
            value = at.values.get(mime, Value(at.line))
            if mime.startswith("image/"):
                text.add(_image(mime, data[mime], text.images), value.line)
            else:
                _add_text(text, value, data[mime], "    ")


def _add_text(text: ViewText, at: Value, content: Any, indent: str) -> None:
    """One row an element of a list; the lines of a string all on its one raw line."""
    if isinstance(content, list) and at.elements is not None:
        text.add_all(_plain_elements(content, indent), at.elements)
    elif isinstance(content, list):
        for line in (line for element in content for line in _lines(as_text(element))):
            text.add(indent + _plain(line), at.line)
    elif isinstance(content, str):
        for line in _lines(content):
            text.add(indent + _plain(line), at.line)


def _add_traceback(text: ViewText, at: Value, traceback: Any) -> None:
    if isinstance(traceback, list):
        for index, entry in enumerate(traceback):
            for line in _lines(as_text(entry)):
                text.add("    " + _plain(line), at.of(index) or 0)


def _image(mime: str, content: Any, images: dict[str, int]) -> str:
    if isinstance(content, list):
        try:
            content = "".join(content)
        except TypeError:
            content = "".join(map(as_text, content))
    # GitLab makes one line of it; the row only has to be equal where the image is
    data = as_text(content).replace("\n", "")
    if len(data) > _LONG_IMAGE:
        return f"    ![](data:{mime},{images.setdefault(data, len(images))})"
    return f"    ![](data:{mime},{' '.join(data.split())})"


def _lines(text: str) -> list[str]:
    """Lines without line ends, the empty ones at the end left out (what Ruby's ``split`` gives)."""
    text = text.rstrip("\n")
    return text.split("\n") if text else []


def _plain(line: str) -> str:
    return (_COLOUR.sub("", line).replace("\x1b", "") if "\x1b" in line else line).rstrip(_BLANK)


def _plain_elements(content: list[Any], indent: str) -> list[str]:
    """Each element as a row."""
    try:
        simple = "\x1b" not in "".join(content)
    except TypeError:
        simple = False
    if simple:
        return [indent + element.rstrip(_BLANK) for element in content]
    return [indent + _plain(as_text(element)) for element in content]


def mapped_values(output: dict[str, Any]) -> Sequence[str]:
    """Keys of :attr:`.places.OutputLines.values` whose lines have rows in the view, in its order."""
    kind = output.get("output_type")
    if kind == "stream":
        return ("text",)
    if kind == "error":
        return ("traceback",)
    data = output.get("data")
    if not isinstance(kind, str) or not isinstance(data, dict):
        return ()
    return [mime for mime in _DATA.get(kind, ()) if mime in data]


def mapped_lists(cell: Cell) -> Iterator[list[Any]]:
    """The lists in a cell's outputs of which each element makes rows."""
    for output in cell.outputs:
        data = output.get("data")
        values = [output.get("text"), output.get("traceback")]
        if isinstance(data, dict):
            values += [data.get(mime) for mime in _TEXTS]
        for value in values:
            if isinstance(value, list):
                yield value
