"""A notebook's comparison as lines of a screen: the changed cells, each under a heading."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from ..contract.diffs import CellDiff, MetadataChange, NotebookDiff
from .clean import clean_name
from .lines import BAR, ITEM, hunks, left_out, row_lines
from .outputs import OutputLines
from .screen import BOLD, CYAN, DIM, GREEN, MAGENTA, RED, YELLOW, Screen, columns
from .words import CELL_TYPES, cell_words, counted, prompt_words, summary_words

_FORMAT = ("/nbformat", "/nbformat_minor")
_TIMES = ("execution", "ExecuteTime")
"""Keys of metadata in which JupyterLab and its extensions keep when a cell ran."""
_MOST_VALUES = 3
"""Changed values under one key of the metadata that are shown one by one."""
_MOST_MOVED = 4
"""Cells that moved together that are shown by their first lines."""


class CellLines:
    """Makes the lines of one notebook's comparison.

    Parameters
    ----------
    outputs: makes the lines about outputs, None to leave them out.
    context: unchanged lines shown round each change.
    """

    def __init__(self, screen: Screen, outputs: OutputLines | None, context: int) -> None:
        self.screen = screen
        self.outputs = outputs
        self.context = context
        self._deleted = False

    def notebook(self, diff: NotebookDiff) -> Iterator[str]:
        """All of it."""
        self._deleted = diff.new is None
        paint = self.screen.paint
        yield paint(self.screen.cut(summary_words(diff)), CYAN)
        for note in diff.notes:
            yield paint(note, YELLOW)
        if diff.metadata:
            yield from self._about_notebook(diff.metadata)
        for run in self._runs(diff.cells):
            yield ""
            if len(run) > 1:
                yield from self._moved_run(run)
            else:
                yield from self._cell(run[0])
        ran = sum(_only_ran(cell) for cell in diff.cells)
        if ran:
            yield ""
            yield paint(f"{counted(ran, 'cell')} ran again without another result", DIM)

    def _has_news(self, cell: CellDiff) -> bool:
        if self.outputs is None and not (cell.source_changed or cell.moved or _told(cell.metadata)):
            return False
        return (cell.kind != "same" and not _only_ran(cell)) or cell.moved

    def _runs(self, cells: Sequence[CellDiff]) -> Iterator[list[CellDiff]]:
        """The cells to be told of; those that moved together, and did not change, in one."""
        run: list[CellDiff] = []
        for cell in cells:
            if not self._has_news(cell):
                continue
            if run and not (_only_moved(run[-1]) and _only_moved(cell) and _step(run[-1], cell) == (1, 1)):
                yield run
                run = []
            run.append(cell)
        if run:
            yield run

    def _moved_run(self, run: list[CellDiff]) -> Iterator[str]:
        first, last = run[0], run[-1]
        assert first.old and first.new and last.old and last.new
        way = "up" if first.new.index < first.old.index else "down"
        where = f"cells {first.new.index + 1}–{last.new.index + 1}"
        yield self._rule(where, f"moved {way} from {first.old.index + 1}–{last.old.index + 1}", MAGENTA)
        for cell in run[:_MOST_MOVED]:
            yield from self._first_line(cell)
        if len(run) > _MOST_MOVED:
            yield self.screen.paint(f"⋯ {counted(len(run) - _MOST_MOVED, 'more cell')}", DIM)

    def _about_notebook(self, changes: Sequence[MetadataChange]) -> Iterator[str]:
        for change in (change for change in changes if change.path in _FORMAT):
            yield from self._change("", change)
        yield from self._metadata("notebook metadata · ", [change for change in changes if change.path not in _FORMAT])

    def _metadata(self, name: str, changes: Sequence[MetadataChange]) -> Iterator[str]:
        """Changed metadata; many values under one key are only counted."""
        for key, group in groupby(changes, lambda change: _keys(change.path)[0]):
            values = list(group)
            if len(values) > _MOST_VALUES:
                yield f"{ITEM}{name}{clean_name(key)}: {counted(len(values), 'value')} changed"
                continue
            for change in values:
                yield from self._change(name, change)

    def _cell(self, cell: CellDiff) -> Iterator[str]:
        yield self._heading(cell)
        if cell.source_changed:
            if not cell.rows:
                yield self.screen.paint(f"{ITEM}empty", DIM)
            for hunk in hunks(cell.rows, self.context):
                if isinstance(hunk, int):
                    yield left_out(hunk, self.screen)
                    continue
                for row in hunk:
                    yield from row_lines(row, self.screen)
        else:
            yield from self._first_line(cell)
        yield from self._metadata("metadata · ", _told(cell.metadata))
        if self.outputs is None:
            return
        if cell.old and cell.new:
            yield from self.outputs.changed(cell.outputs, cell.old.index, cell.new.index)
        elif side := cell.new or cell.old:
            yield from self.outputs.listed(cell.outputs, "new" if cell.new else "old", side.index)

    def _first_line(self, cell: CellDiff) -> Iterator[str]:
        """What the reader may know the cell by."""
        first = next((row.text for row in cell.rows if row.text.strip()), "")
        if first:
            yield self.screen.paint(self.screen.cut(f"  {clean_name(first.strip())}"), DIM)

    def _heading(self, cell: CellDiff) -> str:
        side = cell.new or cell.old
        assert side is not None
        place = f"{'cell' if cell.new or self._deleted else 'old cell'} {side.index + 1}"
        cell_type = CELL_TYPES.get(cell.cell_type, clean_name(cell.cell_type))
        colour = RED if cell.new is None else GREEN if cell.old is None else MAGENTA if cell.moved else YELLOW
        name = " · ".join(part for part in (place, cell_type, prompt_words(cell)) if part)
        return self._rule(name, cell_words(cell, metadata=bool(_told(cell.metadata))), colour)

    def _rule(self, name: str, what: str, colour: str) -> str:
        """``── cell 4 · code · In [3] → [5] · changed ────``."""
        paint = self.screen.paint
        name = self.screen.cut(name, columns(what) + 6)
        head = f"{paint('──', DIM)} {paint(name, BOLD)} · {paint(what, BOLD, colour)}"
        room = (self.screen.width or 0) - columns(name) - columns(what) - 7
        return f"{head} {paint('─' * room, DIM)}" if room > 0 else head

    def _change(self, name: str, change: MetadataChange) -> Iterator[str]:
        """A changed value, in one line if there is room: ``tags: ["a"] → ["a", "b"]``."""
        paint, screen = self.screen.paint, self.screen
        key = name + clean_name(".".join(_keys(change.path)))
        old, new = (None if value is None else clean_name(value) for value in (change.old, change.new))
        if old is None or new is None:
            what, value, colour = ("added", new, GREEN) if old is None else ("removed", old, RED)
            yield f"{ITEM}{key} {what}: {paint(screen.cut(value or '', columns(key) + 12), colour)}"
            return
        if screen.width is None or columns(old) + columns(new) + columns(key) + 7 <= screen.width:
            yield f"{ITEM}{key}: {paint(old, RED)} → {paint(new, GREEN)}"
            return
        yield f"{ITEM}{key}:"
        bar = paint(BAR, DIM)
        yield bar + paint(screen.cut(f"- {old}", 2), RED)
        yield bar + paint(screen.cut(f"+ {new}", 2), GREEN)


def _told(changes: Sequence[MetadataChange]) -> list[MetadataChange]:
    """The metadata that does not just say when a cell ran."""
    return [change for change in changes if _keys(change.path)[0] not in _TIMES]


def _keys(pointer: str) -> list[str]:
    """The keys of a JSON pointer, without the one that all metadata stands under."""
    keys = [key.replace("~1", "/").replace("~0", "~") for key in pointer.split("/")[1:]]
    return keys[1:] if keys[:1] == ["metadata"] and len(keys) > 1 else keys or [""]


def _only_ran(cell: CellDiff) -> bool:
    """Whether nothing changed but the execution count and the time."""
    return cell.kind == "changed" and not cell.moved and _as_it_was(cell)


def _only_moved(cell: CellDiff) -> bool:
    return cell.moved and _as_it_was(cell)


def _as_it_was(cell: CellDiff) -> bool:
    return not cell.source_changed and not cell.outputs_changed and not _told(cell.metadata)


def _step(before: CellDiff, after: CellDiff) -> tuple[int, int]:
    """How far two kept cells stand apart on both sides."""
    assert before.old and before.new and after.old and after.new
    return after.old.index - before.old.index, after.new.index - before.new.index
