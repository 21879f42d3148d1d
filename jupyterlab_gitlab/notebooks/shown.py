"""Which raw lines have a row in GitLab's notebook view.

GitLab shows a changed notebook as a diff of two Markdown texts (:mod:`.view_text`), each row tied to a raw line of the
JSON it was made from. A thread appears there only if a row has exactly its pair of lines. GitLab's own line count is
kept: it does not see the line end after a number that stands last in its object, so every later line of the view lags
behind the file by one for each of them.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import Any

from .align import Match, align
from .canonical import same_json
from .model import Cell, Notebook
from .places import CellLines
from .raw import Position, RawPairing
from .rawtext import RawText
from .source import line_blocks
from .versions import Version, Versions
from .view_text import ViewText, mapped_lists, view_text

_NUMBER_AT_LINE_END = re.compile(rb"\n(?:(?<=[0-9]\n)|(?<=[0-9]\r\n))")
_MAX_ROWS = 50_000
"""Rows of both texts together beyond which the view is not worked out: GitLab itself gives up after a time limit and
shows the raw diff, and its page suppresses patches of 200 kB and more."""


_BESIDE = 2
"""Cells shown alike on each side of a change that are compared with it: changed rows can move along equal ones."""
_MIN_STEADY = 8
"""Cells between two changes from which these are compared apart."""


class ViewSide:
    """One side of the view: cells and their lines (none for the side of an added or deleted file).

    Parameters
    ----------
    other, pairing: the other side, and how its raw lines pair with these.
    """

    def __init__(self, version: Version, other: ViewSide | None = None, pairing: RawPairing | None = None) -> None:
        notebook = version.notebook
        self.cells = notebook.cells
        self.version = version
        kernel = notebook.metadata.get("kernelspec")
        language = kernel.get("language") if isinstance(kernel, dict) else None
        self.language = language if isinstance(language, str) else ""
        self._images: dict[str, int] = {} if other is None else other._images
        end = version.lines_of(len(self.cells) - 1) if self.cells else None
        last = _last_line(end) if end is not None else 0
        raw = notebook.raw
        if other is not None and pairing is not None and pairing.commentable:
            self.number_lines = other.paired(raw, pairing)
        else:
            self.number_lines = _number_lines(raw)
        """The lines that end in a number, which a string of valid JSON never does."""
        self.numbers = [line for line in self.number_lines if line < last]
        """The lines after which the view's count lags by one more."""

    def paired(self, raw: RawText, pairing: RawPairing) -> list[int]:
        """The number lines of *raw*, the new text to this old one: those of the unchanged lines are known."""
        if 2 * sum([block.new_end - block.new for block in pairing.blocks]) > raw.count:
            return _number_lines(raw)
        kept = [new for line in self.number_lines if (new := pairing.of_old(line)[1]) is not None]
        lines = raw.lines
        added = [
            line
            for block in pairing.blocks
            for line, text in enumerate(lines[block.new - 1 : block.new_end - 1], block.new)
            if text.rstrip(b"\r")[-1:].isdigit()
        ]
        return sorted(kept + added)

    def text(self, first: int, stop: int) -> ViewText:
        """The rows of some of the cells."""
        lines = [self.version.lines_of(index) for index in range(first, stop)]
        found = [line for line in lines if line is not None]
        text = view_text(self.cells[first:stop], found, self.language, self._images)
        if self.numbers:
            text.lines[:] = [self.listed(line) if line else 0 for line in text.lines]
        return text

    def listed(self, line: int) -> int:
        """The number under which the view lists a raw line."""
        return line - bisect_left(self.numbers, line)


class ViewRows:
    """The positions of rows: *pairs* of lines, and lines *removed* and *added*; 0 stands for a side without a raw line.

    Numbers, since of the many rows of a changed output hardly one is asked for.
    """

    def __init__(self) -> None:
        self.pairs: set[Position] = set()
        self.removed: set[int] = set()
        self.added: set[int] = set()

    def __contains__(self, position: Position) -> bool:
        old, new = position
        if new is None:
            return old in self.removed
        return new in self.added if old is None else position in self.pairs

    def add(self, old: ViewText, new: ViewText) -> None:
        """Adds the rows of two texts."""
        old_texts, old_lines = old.cut()
        new_texts, new_lines = new.cut()
        at_old = at_new = 0
        for block in line_blocks(old_texts, new_texts, indent_heuristic=False):
            self.pairs.update(zip(old_lines[at_old : block.old], new_lines[at_new : block.new], strict=True))
            at_old, at_new = block.old_end, block.new_end
            self.removed.update(old_lines[block.old : at_old])
            self.added.update(new_lines[block.new : at_new])
        self.pairs.update(zip(old_lines[at_old : len(old_texts)], new_lines[at_new:], strict=True))


class NotebookView:
    """The rows of GitLab's notebook view of a change.

    Runs of cells that are shown alike are *steady*: all their rows are unchanged ones. Only what lies between is
    compared, together with one such cell on each side.

    Parameters
    ----------
    matches: the aligned cells.
    alike: which of them the view shows alike on both sides.
    """

    def __init__(self, old: ViewSide, new: ViewSide, matches: Sequence[Match], alike: Sequence[bool]) -> None:
        self.old = old
        self.new = new
        self.matches = matches
        self.lags = bool(old.numbers or new.numbers)
        """Whether some line of the view differs from the file's."""
        self.steady = _steady(matches, alike) if self._is_even() else [False] * len(matches)
        """Which of the aligned cells are."""
        self.rows = ViewRows()
        """The positions of the rows of the other cells."""
        for first, stop, start, end in self._stretches():
            self.rows.add(old.text(first, stop), new.text(start, end))

    def _is_even(self) -> bool:
        """Whether each stretch of cells has its rows to itself."""
        # a row with a line end in its text shifts all rows after it
        return (
            not self.lags
            and self.old.language == self.new.language
            and all(map(_is_even, {id(cell): cell for cell in (*self.old.cells, *self.new.cells)}.values()))
        )

    def _stretches(self) -> Iterator[tuple[int, int, int, int]]:
        """What lies between the steady cells: half-open ranges of old and new cells."""
        at_old = at_new = 0
        for match, steady in zip(self.matches, self.steady, strict=True):
            if steady and match.old is not None and match.new is not None:
                if at_old < match.old or at_new < match.new:
                    yield at_old, match.old, at_new, match.new
                at_old, at_new = match.old + 1, match.new + 1
        if at_old < len(self.old.cells) or at_new < len(self.new.cells):
            yield at_old, len(self.old.cells), at_new, len(self.new.cells)

    def positions(self) -> set[Position]:
        """The positions of all rows."""
        positions = self.rows.pairs | {(line, None) for line in self.rows.removed}
        positions |= {(None, line) for line in self.rows.added}
        for match, steady in zip(self.matches, self.steady, strict=True):
            if steady and match.old is not None and match.new is not None:
                old, new = self.old.text(match.old, match.old + 1), self.new.text(match.new, match.new + 1)
                positions.update(zip(old.lines, new.lines, strict=True))
        return positions


def notebook_view(
    versions: Versions, matches: Sequence[Match] | None = None, alike: Sequence[bool] | None = None
) -> NotebookView | None:
    """The view of a change; None where GitLab shows the raw diff instead.

    Parameters
    ----------
    matches: the aligned cells, worked out if not given.
    alike: what :func:`shown_alike` says of them.
    """
    old, new = versions.old, versions.new
    if old.lines is None or new.lines is None or not is_viewable(old.notebook, new.notebook):
        return None
    if matches is None:
        matches = align(old.notebook.cells, new.notebook.cells)
    if alike is None:
        alike = shown_alike(versions, matches)
    before = ViewSide(old)
    return NotebookView(before, ViewSide(new, before, versions.pairing), matches, alike)


def shown_alike(versions: Versions, matches: Sequence[Match]) -> list[bool]:
    """Which of the aligned cells the view shows alike on both sides."""
    old, new = versions.old.notebook.cells, versions.new.notebook.cells
    return [
        match.old is not None and match.new is not None and _alike(old[match.old], new[match.new]) for match in matches
    ]


def _steady(matches: Sequence[Match], alike: Sequence[bool]) -> list[bool]:
    """Which cells stand in a long run of cells that are shown alike, its ends aside."""
    steady = [False] * len(matches)
    first = 0
    for index, (match, same) in enumerate(zip([*matches, None], [*alike, False], strict=True)):
        if match is not None and same and not match.moved:
            continue
        start = first + _BESIDE if first else 0
        stop = index - _BESIDE if match is not None else index
        if stop - start >= _MIN_STEADY or (stop > start and (not first or match is None)):
            steady[start:stop] = [True] * (stop - start)
        first = index + 1
    return steady


def _alike(old: Cell, new: Cell) -> bool:
    return old is new or (
        old.id == new.id
        and old.cell_type == new.cell_type
        and old.written == new.written
        and old.metadata.get("tags") == new.metadata.get("tags")
        and ((not old.outputs and not new.outputs) or same_json(old.outputs, new.outputs))
    )


def _is_even(cell: Cell) -> bool:
    """Whether each element of the cell's lists makes one row."""
    if not isinstance(cell.source.element_of, range) and _uneven(cell.source.elements):
        return False
    return not cell.outputs or not any(map(_uneven, mapped_lists(cell)))


def _uneven(elements: list[Any]) -> bool:
    try:
        text = "".join(elements)
    except TypeError:
        text = "".join([element for element in elements if isinstance(element, str)])
    return text.count("\n") > len(elements)


def _number_lines(raw: RawText) -> list[int]:
    lines, line, at = [], 1, 0
    data = raw.short
    for found in _NUMBER_AT_LINE_END.finditer(data):
        line += data.count(b"\n", at, found.start())
        at = found.start()
        lines.append(line)
    return lines


def _last_line(lines: CellLines) -> int:
    """The last line of a cell that the view can show."""
    values = [
        lines.source,
        lines.outputs,
        *(value for output in lines.output_lines for value in output.values.values()),
    ]
    ends = [value.elements[-1] if value.elements else value.line for value in values if value]
    return max([lines.line, *(output.line for output in lines.output_lines), *ends])


def is_viewable(*notebooks: Notebook) -> bool:
    """Whether GitLab makes a notebook view of these versions (those without cells aside): nbformat 4, not too long."""
    if any(notebook.nbformat not in (0, 4) for notebook in notebooks):
        return False
    if sum(notebook.raw.count for notebook in notebooks) <= _MAX_ROWS:
        return True
    rows = 0
    for notebook in notebooks:
        for cell in notebook.cells:
            rows += len(cell.source.elements) + sum(map(len, mapped_lists(cell)))
    return rows <= _MAX_ROWS
