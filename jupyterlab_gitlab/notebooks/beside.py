"""The new version of a notebook read beside the old one: only what lies between the cells that have not changed.

Where git says that all raw lines of some cells in a row are unchanged, their text is a list of values that the old
version has told; a stand-in, one short cell, takes its place before the new text is parsed. That the stand-ins come out
as cells, in order, says that what they stand for would have come out so, too.
"""

from __future__ import annotations

import secrets
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

import msgspec

from .layout import NOT_THIS_LAYOUT, Layout
from .model import Cell, Notebook
from .parse import modern, parse_only
from .places import CellLines
from .raw import RawPairing
from .rawtext import RawText

_WORTH_IT = 0.2
"""Share of the lines that must not have changed."""
_MIN_LINES = 3
"""Lines of a cell, at least: two braces and a member."""
_STAND_IN = secrets.token_hex()
"""The source of a stand-in, which no file can know."""
_LINE = b'{"source": "%b"},' % _STAND_IN.encode()


class _Run(msgspec.Struct, frozen=True, gc=False):
    """Old cells from *first* up to *stop*, unchanged, *by* lines further down in the new text."""

    first: int
    stop: int
    by: int


class Beside(msgspec.Struct, frozen=True):
    """A notebook and the raw lines of its cells, each *offsets* further down; unchanged cells are the old ones."""

    notebook: Notebook
    lines: list[CellLines]
    offsets: list[int]


def read_beside(old: Notebook, old_lines: Sequence[CellLines], raw: RawText, pairing: RawPairing) -> Beside | None:
    """The new version; None if it has to be read by itself.

    Parameters
    ----------
    old_lines: those of the old cells, in Jupyter's layout.
    pairing: of the raw lines.
    """
    if old.notes or not (pairing.commentable or pairing.equal):
        return None
    starts = [lines.line for lines in old_lines]
    runs = _runs(starts, pairing)
    if sum([starts[run.stop] - starts[run.first] for run in runs]) < _WORTH_IT * raw.count:
        return None
    try:
        layout = Layout(raw, legacy=old.legacy)
        short = parse_only(RawText(_without(runs, starts, layout.lines)))
        if isinstance(short, str) or short.legacy != old.legacy:
            return None
        return _merged(old, old_lines, runs, short, layout, raw)
    except NOT_THIS_LAYOUT:
        return None


def _runs(starts: Sequence[int], pairing: RawPairing) -> list[_Run]:
    """The unchanged cells. The last cell is none, since no comma follows it."""
    runs = []
    for line, end, by in pairing.stretches():
        if end - line < _MIN_LINES:
            continue
        first, stop = bisect_left(starts, line), bisect_right(starts, end) - 1
        if first < stop:
            runs.append(_Run(first, stop, by))
    return runs


def _without(runs: Sequence[_Run], starts: Sequence[int], lines: Sequence[bytes]) -> bytes:
    """The new text, a stand-in for each of the *runs*."""
    kept: list[bytes] = []
    at = 0
    for run in runs:
        kept += lines[at : starts[run.first] + run.by - 1]
        kept.append(_LINE)
        at = starts[run.stop] + run.by - 1
    return b"\n".join([*kept, *lines[at:]])


def _merged(
    old: Notebook, old_lines: Sequence[CellLines], runs: Sequence[_Run], short: Notebook, layout: Layout, raw: RawText
) -> Beside | None:
    cells: list[Cell] = []
    lines: list[CellLines] = []
    offsets: list[int] = []
    line, left, last = layout.first_line(), list(reversed(runs)), short.written[-1]
    for cell in short.written:
        if (cell.source if old.legacy else cell.written) != _STAND_IN:
            place, line = layout.cell(cell, line, last=cell is last)
            cells.append(modern(cell) if old.legacy else cell)
            lines.append(place)
            offsets.append(0)
            continue
        run = left.pop()
        if line != old_lines[run.first].line + run.by:
            return None
        cells += old.cells[run.first : run.stop]
        lines += old_lines[run.first : run.stop]
        offsets += [run.by] * (run.stop - run.first)
        line = old_lines[run.stop].line + run.by
    if left:
        return None
    layout.verify()
    notebook = Notebook(
        raw=raw,
        nbformat=short.nbformat,
        nbformat_minor=short.nbformat_minor,
        cells=cells,
        metadata=short.metadata,
        legacy=short.legacy,
        notes=short.notes,
    )
    return Beside(notebook, lines, offsets)
