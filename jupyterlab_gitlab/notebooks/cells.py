"""Aligned cells to their wire form."""

from __future__ import annotations

from typing import Literal

from ..contract.diffs import CellDiff, CellSide
from .align import Match
from .metadata import cell_changes
from .model import Cell
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
        self.view = view
        self.rows = RowMaker(pairing, view, ignore_whitespace=ignore_whitespace)
        self.outputs = OutputMaker(pairing)

    def cell(self, match: Match) -> CellDiff:
        """The comparison of one aligned cell."""
        i, j = match.old, match.new
        old = self.old.notebook.cells[i] if i is not None else None
        new = self.new.notebook.cells[j] if j is not None else None
        old_lines = self.old.lines_of(i) if i is not None else None
        new_lines = self.new.lines_of(j) if j is not None else None
        steady = i is not None and j is not None and self.view is not None and self.view.is_steady(i, j)
        rows = self.rows.rows(_source_lines(old, old_lines), _source_lines(new, new_lines), steady=steady)
        outputs = self.outputs.outputs((old, old_lines), (new, new_lines), steady=steady)
        metadata = cell_changes(old, new) if old and new else []
        one_sided = old is None or new is None
        source_changed = one_sided or (not steady and any([row.kind != "same" for row in rows]))  # noqa: C419 - faster
        outputs_changed = not steady and any([output.kind != "same" for output in outputs])  # noqa: C419 - faster
        count_changed = (old.execution_count if old else None) != (new.execution_count if new else None)
        kind: Literal["same", "changed", "added", "removed"]
        if old is None or new is None:
            kind = "added" if old is None else "removed"
        else:
            kind = "changed" if source_changed or outputs_changed or count_changed or metadata else "same"
        shown = new or old
        return CellDiff(
            kind=kind,
            moved=match.moved,
            cell_type=shown.cell_type if shown else "raw",
            old=_side(old, old_lines),
            new=_side(new, new_lines),
            source_changed=source_changed,
            outputs_changed=outputs_changed,
            execution_count_changed=count_changed,
            rows=rows,
            outputs=outputs,
            metadata=metadata,
        )


def _side(cell: Cell | None, lines: CellLines | None) -> CellSide | None:
    if cell is None:
        return None
    return CellSide(
        index=cell.index, id=cell.id, execution_count=cell.execution_count, line=lines.line if lines else None
    )


_NO_LINES = Lines()


def _source_lines(cell: Cell | None, lines: CellLines | None) -> Lines:
    if cell is None:
        return _NO_LINES
    texts, element_of = cell.source.texts, cell.source.element_of
    source = lines.source if lines is not None else None
    if source is None:
        return Lines(texts, [None] * len(texts))
    if isinstance(element_of, range) and isinstance(source.elements, range):
        return Lines(texts, source.elements)
    return Lines(texts, [source.of(element) for element in element_of])
