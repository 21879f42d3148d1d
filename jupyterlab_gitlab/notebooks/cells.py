"""Aligned cells to their wire form."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ..contract.diffs import CellDiff, CellSide
from .align import Match
from .canonical import same_json
from .metadata import cell_changes
from .model import Cell, Source
from .numbering import Numbering
from .outputs import OutputMaker
from .places import CellLines
from .raw import RawPairing
from .rows import Lines, RowMaker
from .versions import Version


class CellMaker:
    """Makes the cells of one notebook diff.

    Parameters
    ----------
    numbering: of GitLab's notebook view; None where it has none.
    """

    def __init__(
        self, old: Version, new: Version, pairing: RawPairing, numbering: Numbering | None, *, ignore_whitespace: bool
    ) -> None:
        self.old = old
        self.new = new
        self._old_cells = old.notebook.cells
        self._new_cells = new.notebook.cells
        self.rows = RowMaker(pairing, numbering, ignore_whitespace=ignore_whitespace)
        self.outputs = OutputMaker(pairing)

    def cells(self, matches: Sequence[Match], proceed: Callable[[], object] = lambda: None) -> list[CellDiff]:
        """The comparison of all aligned cells.

        Parameters
        ----------
        proceed: called before each cell that has changed; what it raises ends the work.
        """
        found = []
        for match in matches:
            i, j = match.old, match.new
            if i is not None and j is not None:
                if self._old_cells[i] is self._new_cells[j] and not match.moved and self.rows.simple:
                    found.append(self._untouched(i, j))
                    continue
                proceed()
                found.append(self._kept(match, i, j))
            else:
                proceed()
                found.append(self._one_sided(match))
        return found

    def _untouched(self, i: int, j: int) -> CellDiff:
        """A cell of which no raw line has changed."""
        cell, offsets = self._new_cells[j], self.new.offsets
        assert self.old.lines is not None and offsets is not None
        lines, by = self.old.lines[i], offsets[j]
        source, place = cell.source, lines.source.elements if lines.source else None
        if isinstance(place, range) and isinstance(source.element_of, range):
            rows = self.rows.unchanged(place.start, by, source.texts)
        elif not source.texts:
            rows = []
        else:
            new_lines = self.new.lines_of(j)
            rows = self.rows.rows(_source_lines(source, lines), _source_lines(source, new_lines))
        return CellDiff(
            kind="same",
            moved=False,
            cell_type=cell.cell_type or "raw",
            old=_side(i, cell, lines),
            new=_side(j, cell, lines, by),
            source_changed=False,
            outputs_changed=False,
            execution_count_changed=False,
            rows=rows,
            outputs=self.outputs.untouched(cell.outputs, lines, by) if cell.outputs else [],
            metadata=[],
        )

    def _kept(self, match: Match, i: int, j: int) -> CellDiff:
        old, new = self._old_cells[i], self._new_cells[j]
        alike = _alike(old, new)
        old_lines, new_lines = self.old.lines_of(i), self.new.lines_of(j)
        if alike and old is not new:
            new.share_source(old)
        rows = self.rows.rows(_source_lines(old.source, old_lines), _source_lines(new.source, new_lines))
        outputs = []
        if old.outputs or new.outputs:
            outputs = self.outputs.outputs((old, old_lines), (new, new_lines), alike=alike)
        metadata = [] if old is new else cell_changes(old, new)
        source_changed = not alike and any([row.kind != "same" for row in rows])  # noqa: C419 - faster
        outputs_changed = not alike and any([output.kind != "same" for output in outputs])  # noqa: C419 - faster
        count_changed = old.execution_count != new.execution_count
        changed = source_changed or outputs_changed or count_changed or metadata
        return CellDiff(
            kind="changed" if changed else "same",
            moved=match.moved,
            cell_type=new.cell_type or "raw",
            old=_side(i, old, old_lines),
            new=_side(j, new, new_lines),
            source_changed=source_changed,
            outputs_changed=outputs_changed,
            execution_count_changed=count_changed,
            rows=rows,
            outputs=outputs,
            metadata=metadata,
        )

    def _one_sided(self, match: Match) -> CellDiff:
        """An added or a removed cell."""
        i, j = match.old, match.new
        if i is not None:
            cell, lines = self._old_cells[i], self.old.lines_of(i)
            old_source, new_source = _source_lines(cell.source, lines), _NO_LINES
            outputs = self.outputs.outputs((cell, lines), (None, None))
        else:
            assert j is not None
            cell, lines = self._new_cells[j], self.new.lines_of(j)
            old_source, new_source = _NO_LINES, _source_lines(cell.source, lines)
            outputs = self.outputs.outputs((None, None), (cell, lines))
        return CellDiff(
            kind="added" if i is None else "removed",
            moved=False,
            cell_type=cell.cell_type or "raw",
            old=None if i is None else _side(i, cell, lines),
            new=None if j is None else _side(j, cell, lines),
            source_changed=True,
            outputs_changed=bool(cell.outputs),
            execution_count_changed=cell.execution_count is not None,
            rows=self.rows.rows(old_source, new_source),
            outputs=outputs,
            metadata=[],
        )


def _alike(old: Cell, new: Cell) -> bool:
    """Whether source and outputs are written the same."""
    return old is new or (
        old.written == new.written and ((not old.outputs and not new.outputs) or same_json(old.outputs, new.outputs))
    )


def _side(index: int, cell: Cell, lines: CellLines | None, by: int = 0) -> CellSide:
    """A side of a cell that stands *by* lines further down than *lines* say."""
    return CellSide(
        index=index,
        id=cell.id or None,
        execution_count=cell.execution_count,
        line=None if lines is None else lines.line + by,
        last_line=None if lines is None else lines.last + by,
    )


_NO_LINES = Lines()


def _source_lines(source: Source, lines: CellLines | None) -> Lines:
    texts, element_of = source.texts, source.element_of
    place = lines.source if lines is not None else None
    if place is None:
        return Lines(texts, [None] * len(texts))
    if isinstance(element_of, range) and isinstance(place.elements, range):
        return Lines(texts, place.elements)
    return Lines(texts, [place.of(element) for element in element_of])
