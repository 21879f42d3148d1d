"""The value objects of a notebook, normalised to nbformat 4 whatever the file was written in."""

from __future__ import annotations

import secrets
from typing import Any

import msgspec
from msgspec import UNSET, UnsetType

from .canonical import as_text
from .rawtext import RawText


class Source(msgspec.Struct, gc=False):
    """A cell's source as the file stores it.

    *elements* are the strings of the list (or the one string). A *line* is what a reader sees: *texts* has one string a
    line without its line end, and *element_of* the index of the element that each line stands in, a range exactly where
    line *i* is element *i*. They differ from the elements where an element holds line ends, or where a file's last
    element ends with one.
    """

    elements: list[str]
    texts: list[str]
    element_of: list[int] | range

    @property
    def text(self) -> str:
        """All elements."""
        return "".join(self.elements)

    @classmethod
    def of(cls, written: Any) -> Source:
        """The source that a file has so: a list or a string; none is empty, other elements are JSON text."""
        if isinstance(written, str):
            written = [written]
        elif not isinstance(written, list):
            written = []
        try:
            joined = "\n\0".join(written)
        except TypeError:
            written = ["" if element is None else as_text(element) for element in written]
            joined = "\n\0".join(written)
        count = len(written)
        texts = joined.split("\n\n\0")
        # if these are all line ends, each element but the last is one line with its line end
        if len(texts) == count and joined.count("\n") == 2 * count - 2:
            return cls(written, texts, range(count))
        texts, element_of = _cut(written)
        each = range(count)
        return cls(written, texts, each if element_of == list(each) else element_of)


def _cut(elements: list[str]) -> tuple[list[str], list[int]]:
    texts: list[str] = []
    element_of: list[int] = []
    for index, element in enumerate(elements):
        lines = element.split("\n")
        if index < len(elements) - 1 and element.endswith("\n"):
            lines.pop()
        texts += lines
        element_of += [index] * len(lines)
    return texts, element_of


class Cell(msgspec.Struct, gc=False):
    """One cell, read straight from the file. *written* is its source as it is there, *source* what is made of it.

    *outputs* are plain nbformat 4 objects (multi-line strings may still be lists).
    """

    cell_type: str = "raw"
    written: list[str] | str | UnsetType | None = msgspec.field(default=UNSET, name="source")
    id: str | None = None
    execution_count: int | None = None
    metadata: dict[str, Any] = {}
    attachments: dict[str, Any] = {}
    outputs: list[dict[str, Any]] = []
    # what is made of the source, once it is asked for; no file can name it
    _source: Any = msgspec.field(default=None, name=secrets.token_hex())

    @property
    def source(self) -> Source:
        """The source, cut into lines."""
        if self._source is None:
            self._source = Source.of(self.written)
        found: Source = self._source
        return found

    def share_source(self, other: Cell) -> None:
        """Take the source of *other*, which is the same."""
        self._source = other.source


class Notebook(msgspec.Struct, frozen=True):
    """A notebook and the text it came from. *nbformat* is the version of the file, not of this view.

    *written* are the cells as the file has them, in the same order; *legacy*: they stand in worksheets. *notes* say
    what was unusual in the file, in words for the user.
    """

    raw: RawText
    nbformat: int
    nbformat_minor: int
    cells: list[Cell]
    metadata: dict[str, Any] = {}
    written: list[Any] = []
    legacy: bool = False
    notes: tuple[str, ...] = ()

    @property
    def language(self) -> str:
        """The kernel language's name, ``""`` if the file does not say."""
        for holder, key in (("language_info", "name"), ("kernelspec", "language"), ("kernel_info", "language")):
            part = self.metadata.get(holder)
            if isinstance(part, dict) and isinstance(part.get(key), str) and part[key]:
                return str(part[key])
        return ""
