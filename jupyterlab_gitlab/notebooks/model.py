"""The value objects of a notebook, normalised to nbformat 4 whatever the file was written in."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any


@dataclass(frozen=True)
class Source:
    """A cell's source as the file stores it.

    *elements* are the strings of the list (or the one string). A *line* is what a reader sees: *texts* has one string
    a line without its line end, and *element_of* the index of the element that each line stands in. They differ from
    the elements where an element holds line ends, or where a file's last element ends with one.
    """

    elements: list[str]

    @cached_property
    def text(self) -> str:
        return "".join(self.elements)

    @cached_property
    def _lines(self) -> tuple[list[str], list[int]]:
        elements = self.elements
        if not elements:
            return [], []
        last = len(elements) - 1
        texts = self.text.split("\n")
        if len(texts) == len(elements) and all(element.endswith("\n") for element in elements[:-1]):
            return texts, list(range(len(elements)))
        texts, element_of = [], []
        for index, element in enumerate(elements):
            lines = element.split("\n")
            if index < last and element.endswith("\n"):
                lines.pop()
            texts += lines
            element_of += [index] * len(lines)
        return texts, element_of

    @property
    def texts(self) -> list[str]:
        return self._lines[0]

    @property
    def element_of(self) -> list[int]:
        return self._lines[1]


@dataclass(frozen=True)
class Cell:
    """One cell. *outputs* are plain nbformat 4 objects (multi-line strings may still be lists). *index* is from 0."""

    index: int
    cell_type: str
    source: Source
    id: str | None = None
    execution_count: int | None = None
    metadata: dict[str, Any] = field(default_factory=dict)
    attachments: dict[str, Any] = field(default_factory=dict)
    outputs: list[dict[str, Any]] = field(default_factory=list)


@dataclass(frozen=True)
class Notebook:
    """A notebook and the bytes it came from. *nbformat* is the version of the file, not of this view.

    *notes* say what was unusual in the file, in words for the user.
    """

    data: bytes
    nbformat: int
    nbformat_minor: int
    cells: list[Cell]
    metadata: dict[str, Any] = field(default_factory=dict)
    notes: tuple[str, ...] = ()

    @property
    def language(self) -> str:
        """The kernel language's name, ``""`` if the file does not say."""
        for holder, key in (("language_info", "name"), ("kernelspec", "language"), ("kernel_info", "language")):
            part = self.metadata.get(holder)
            if isinstance(part, dict) and isinstance(part.get(key), str) and part[key]:
                return str(part[key])
        return ""
