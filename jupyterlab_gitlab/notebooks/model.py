"""The value objects of a notebook, normalised to nbformat 4 whatever the file was written in."""

from __future__ import annotations

from typing import Any

import msgspec

from .rawtext import RawText
from .written import WrittenCell


class Source(msgspec.Struct, gc=False):
    """A cell's source as the file stores it.

    *elements* are the strings of the list (or the one string). A *line* is what a reader sees: *texts* has one string
    a line without its line end, and *element_of* the index of the element that each line stands in. They differ from
    the elements where an element holds line ends, or where a file's last element ends with one.
    """

    elements: list[str]
    _text: str | None = None
    """The elements joined, if that is known already."""
    _texts: list[str] | None = None
    _element_of: list[int] | range = range(0)

    @property
    def text(self) -> str:
        if self._text is None:
            self._text = "".join(self.elements)
        return self._text

    def share_lines(self, other: Source) -> None:
        """Take the lines of *other*, whose elements are the same."""
        self._texts, self._element_of = other.texts, other.element_of

    @property
    def texts(self) -> list[str]:
        if self._texts is None:
            self._cut()
        assert self._texts is not None
        return self._texts

    @property
    def element_of(self) -> list[int] | range:
        """A range exactly where line *i* is element *i*."""
        if self._texts is None:
            self._cut()
        return self._element_of

    def _cut(self) -> None:
        elements, text = self.elements, self.text
        count = len(elements)
        texts = text.split("\n") if count else []
        # each element but the last is one line with its line end
        if len(texts) == count and (count < 2 or all([element[-1:] == "\n" for element in elements[:-1]])):  # noqa: C419
            self._texts, self._element_of = texts, range(count)
            return
        texts, element_of = [], []
        for index, element in enumerate(elements):
            lines = element.split("\n")
            if index < count - 1 and element.endswith("\n"):
                lines.pop()
            texts += lines
            element_of += [index] * len(lines)
        self._texts, self._element_of = texts, element_of


class Cell(msgspec.Struct, frozen=True, gc=False):
    """One cell. *outputs* are plain nbformat 4 objects (multi-line strings may still be lists). *index* is from 0."""

    index: int
    cell_type: str
    source: Source
    id: str | None = None
    execution_count: int | None = None
    metadata: dict[str, Any] = {}
    attachments: dict[str, Any] = {}
    outputs: list[dict[str, Any]] = []


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
    written: list[WrittenCell] = []
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
