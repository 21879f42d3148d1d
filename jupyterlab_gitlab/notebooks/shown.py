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

from .canonical import same_json
from .model import Cell, Notebook
from .places import CellLines
from .raw import Position
from .source import line_blocks
from .view_text import ViewText, mapped_lists, view_text

_NUMBER_AT_LINE_END = re.compile(rb"\n(?:(?<=[0-9]\n)|(?<=[0-9]\r\n))")
_MAX_ROWS = 50_000
"""Rows of both texts together beyond which the view is not worked out: GitLab itself gives up after a time limit and
shows the raw diff, and its page suppresses patches of 200 kB and more."""


class ViewSide:
    """One side of the view: cells and their lines (none for the side of an added or deleted file)."""

    def __init__(self, notebook: Notebook, lines: Sequence[CellLines]) -> None:
        self.cells = notebook.cells
        self.lines = lines
        kernel = notebook.metadata.get("kernelspec")
        language = kernel.get("language") if isinstance(kernel, dict) else None
        self.language = language if isinstance(language, str) else ""
        last = _last_line(lines[-1]) if lines else 0
        self.numbers = [line for line in _number_lines(notebook.raw.data) if line < last]
        """The lines after which the view's count lags by one more."""

    def text(self, first: int, stop: int) -> ViewText:
        """The rows of some of the cells."""
        text = view_text(self.cells[first:stop], self.lines[first:stop], self.language)
        if self.numbers:
            text.lines[:] = [self.listed(line) if line else 0 for line in text.lines]
        return text

    def listed(self, line: int) -> int:
        """The number under which the view lists a raw line."""
        return line - bisect_left(self.numbers, line)


class NotebookView:
    """The rows of GitLab's notebook view of a change.

    The cells at both ends that are shown alike are not compared again: all their rows are unchanged ones.
    """

    def __init__(self, old: ViewSide, new: ViewSide) -> None:
        self.old = old
        self.new = new
        self.lags = bool(old.numbers or new.numbers)
        """Whether some line of the view differs from the file's."""
        self._start, self._end = self._steady_ends()
        self._old_end, self._new_end = len(old.cells) - self._end, len(new.cells) - self._end
        self._rows = frozenset(_positions(old.text(self._start, self._old_end), new.text(self._start, self._new_end)))

    def _steady_ends(self) -> tuple[int, int]:
        old, new = self.old.cells, self.new.cells
        if self.lags or self.old.language != self.new.language:
            return 0, 0
        shorter = min(len(old), len(new))
        start = end = 0
        while start < shorter and _looks_alike(old[start], new[start]):
            start += 1
        while end < shorter - start and _looks_alike(old[-1 - end], new[-1 - end]):
            end += 1
        # a row with a line end in its text shifts all rows after it
        if all(map(_is_even, [*old[:start], *old[len(old) - end :]])):
            # one cell stays on each side, since changed rows can move along equal ones
            return max(0, start - 1), max(0, end - 1)
        return 0, 0

    def is_steady(self, old: int, new: int) -> bool:
        """Whether two cells stand at one of the ends where nothing that the view shows has changed."""
        return old == new < self._start or (old >= self._old_end and old - self._old_end == new - self._new_end)

    def shows(self, position: Position) -> bool:
        """Whether a thread at *position* has a row (outside the steady cells)."""
        return position in self._rows

    def positions(self) -> frozenset[Position]:
        """The positions of all rows that are tied to raw lines; 0 stands for a side of an unchanged row without one."""
        ends = ((0, self._start, 0, self._start), (self._old_end, None, self._new_end, None))
        steady = [
            pair
            for first, stop, start, end in ends
            for pair in zip(
                self.old.text(first, len(self.old.cells) if stop is None else stop).lines,
                self.new.text(start, len(self.new.cells) if end is None else end).lines,
                strict=True,
            )
        ]
        return self._rows | frozenset(steady)


def _looks_alike(old: Cell, new: Cell) -> bool:
    return (
        old.id == new.id
        and old.cell_type == new.cell_type
        and old.source.elements == new.source.elements
        and old.metadata.get("tags") == new.metadata.get("tags")
        and ((not old.outputs and not new.outputs) or same_json(old.outputs, new.outputs))
    )


def _is_even(cell: Cell) -> bool:
    """Whether each element of the cell's lists makes one row."""
    lists = [cell.source.elements, *mapped_lists(cell)]
    return all("".join(elements).count("\n") <= len(elements) for elements in lists)


def _positions(old: ViewText, new: ViewText) -> Iterator[Position]:
    old_texts, old_lines = old.cut()
    new_texts, new_lines = new.cut()
    at_old = at_new = 0
    end = len(old_texts)
    for block in line_blocks(old_texts, new_texts, indent_heuristic=False):
        yield from zip(old_lines[at_old : block.old], new_lines[at_new : block.new], strict=True)
        yield from [(line, None) for line in old_lines[block.old : block.old_end]]
        yield from [(None, line) for line in new_lines[block.new : block.new_end]]
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
