"""Aligned cells to their wire form."""

from __future__ import annotations

from ..contract.diffs import CellDiff, CellSide, SourceRow
from .align import Match
from .metadata import cell_changes
from .model import Cell, Source
from .outputs import OutputMaker
from .places import CellLines
from .raw import RawPairing
from .rows import Lines, RowMaker
from .shown import NotebookView
from .versions import Version


class CellMaker:
    """Makes the cells of one notebook diff.

    Parameters
    ----------
    view: GitLab's notebook view of the change; None where it has none.
    """

    def __init__(
        self, old: Version, new: Version, pairing: RawPairing, view: NotebookView | None, *, ignore_whitespace: bool
    ) -> None:
        self.old = old
        self.new = new
        self._old_cells = old.notebook.cells
        self._new_cells = new.notebook.cells
        self.rows = RowMaker(pairing, view, ignore_whitespace=ignore_whitespace)
        self.outputs = OutputMaker(pairing)

    def cell(self, match: Match, *, alike: bool, steady: bool) -> CellDiff:
        """The comparison of one aligned cell.

        Parameters
        ----------
        alike: its source and its outputs are known to be the same.
        steady: GitLab's view shows both sides as the same rows.
        """
        i, j = match.old, match.new
        if i is None or j is None:
            return self._one_sided(match)
        old, new = self._old_cells[i], self._new_cells[j]
        old_lines, new_lines = self.old.lines_of(i), self.new.lines_of(j)
        rows, outputs = self._rows(old, old_lines, new, new_lines, alike, steady), []
        if old.outputs or new.outputs:
            outputs = self.outputs.outputs((old, old_lines), (new, new_lines), alike=alike)
        metadata = [] if old.metadata is new.metadata else cell_changes(old, new)
        source_changed = not alike and any([row.kind != "same" for row in rows])  # noqa: C419 - faster
        outputs_changed = not alike and any([output.kind != "same" for output in outputs])  # noqa: C419 - faster
        count_changed = old.execution_count != new.execution_count
        changed = source_changed or outputs_changed or count_changed or metadata
        return CellDiff(
            kind="changed" if changed else "same",
            moved=match.moved,
            cell_type=new.cell_type,
            old=_side(old, old_lines),
            new=_side(new, new_lines),
            source_changed=source_changed,
            outputs_changed=outputs_changed,
            execution_count_changed=count_changed,
            rows=rows,
            outputs=outputs,
            metadata=metadata,
        )

    def _rows(
        self,
        old: Cell,
        old_lines: CellLines | None,
        new: Cell,
        new_lines: CellLines | None,
        alike: bool,
        steady: bool,
    ) -> list[SourceRow]:
        before, after = old.source, new.source
        if before is not after and (alike or before.elements == after.elements):
            before.share_lines(after)
        return self.rows.rows(_source_lines(before, old_lines), _source_lines(after, new_lines), steady=steady)

    def _one_sided(self, match: Match) -> CellDiff:
        """An added or a removed cell."""
        i, j = match.old, match.new
        old, old_lines = (self._old_cells[i], self.old.lines_of(i)) if i is not None else (None, None)
        new, new_lines = (self._new_cells[j], self.new.lines_of(j)) if j is not None else (None, None)
        cell = new or old
        assert cell is not None
        old_source = _source_lines(old.source, old_lines) if old else _NO_LINES
        new_source = _source_lines(new.source, new_lines) if new else _NO_LINES
        return CellDiff(
            kind="removed" if old else "added",
            moved=False,
            cell_type=cell.cell_type,
            old=_side(old, old_lines) if old else None,
            new=_side(new, new_lines) if new else None,
            source_changed=True,
            outputs_changed=bool(cell.outputs),
            execution_count_changed=cell.execution_count is not None,
            rows=self.rows.rows(old_source, new_source),
            outputs=self.outputs.outputs((old, old_lines), (new, new_lines)),
            metadata=[],
        )


def _side(cell: Cell, lines: CellLines | None) -> CellSide:
    return CellSide(
        index=cell.index, id=cell.id, execution_count=cell.execution_count, line=lines.line if lines else None
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
