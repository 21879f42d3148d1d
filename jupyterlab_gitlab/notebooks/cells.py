"""Aligned cells to their wire form."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from ..contract.diffs import CellDiff, CellSide, OutputSummary
from .align import Match
from .lines import CellLines, OutputLines
from .metadata import cell_changes
from .model import Cell, Notebook
from .outputs import comment_line, pair_outputs, summarise
from .raw import RawPairing
from .rows import Lines, RowMaker


class CellMaker:
    """Makes the cells of one notebook diff.

    Parameters
    ----------
    old, new: each notebook with the raw lines of its cells (None where the scan could not tell them).
    """

    def __init__(
        self,
        old: tuple[Notebook, Sequence[CellLines] | None],
        new: tuple[Notebook, Sequence[CellLines] | None],
        pairing: RawPairing,
        rows: RowMaker,
    ) -> None:
        self.old, self.old_lines = old
        self.new, self.new_lines = new
        self.pairing = pairing
        self.rows = rows

    def cell(self, match: Match) -> CellDiff:
        """The comparison of one aligned cell."""
        old = self.old.cells[match.old] if match.old is not None else None
        new = self.new.cells[match.new] if match.new is not None else None
        old_lines = self.old_lines[old.index] if old and self.old_lines is not None else None
        new_lines = self.new_lines[new.index] if new and self.new_lines is not None else None
        outputs = pair_outputs(*self._summaries(old, old_lines, new, new_lines))
        metadata = cell_changes(old, new) if old and new else []
        source_changed = (old.source.texts if old else None) != (new.source.texts if new else None)
        outputs_changed = any(output.kind != "same" for output in outputs)
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
            rows=self.rows.rows(_source_lines(old, old_lines), _source_lines(new, new_lines)),
            outputs=outputs,
            metadata=metadata,
        )

    def _summaries(
        self, old: Cell | None, old_lines: CellLines | None, new: Cell | None, new_lines: CellLines | None
    ) -> tuple[list[OutputSummary], list[OutputSummary]]:
        olds = [
            summarise(output, index, comment_line(output, _output_lines(old_lines, index), self.pairing, "old"))
            for index, output in enumerate(old.outputs if old else ())
        ]
        news = [
            summarise(output, index, comment_line(output, _output_lines(new_lines, index), self.pairing, "new"))
            for index, output in enumerate(new.outputs if new else ())
        ]
        return olds, news


def _output_lines(lines: CellLines | None, index: int) -> OutputLines | None:
    return lines.output_lines[index] if lines and index < len(lines.output_lines) else None


def _side(cell: Cell | None, lines: CellLines | None) -> CellSide | None:
    if cell is None:
        return None
    return CellSide(
        index=cell.index, id=cell.id, execution_count=cell.execution_count, line=lines.line if lines else None
    )


def _source_lines(cell: Cell | None, lines: CellLines | None) -> Lines:
    if cell is None:
        return Lines()
    source, texts = cell.source, cell.source.texts
    if lines is None or lines.source is None:
        return Lines(texts, [None] * len(texts))
    return Lines(texts, [lines.source.of(element) for element in source.element_of])
