"""Counts for the head of a notebook diff, and what kind of change it is when no source changed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from ..contract.diffs import CellDiff, MetadataChange, NotebookSummary

Classification = Literal["outputs", "execution_counts", "metadata", "format"]

_FORMAT_PATHS = ("/nbformat", "/nbformat_minor")


def summarise_cells(cells: Sequence[CellDiff], metadata: Sequence[MetadataChange], equal: bool) -> NotebookSummary:
    """The summary. ``cells_changed`` counts kept cells whose source changed."""
    different = [cell for cell in cells if cell.kind != "same" or cell.moved]
    kept = [cell for cell in different if cell.old and cell.new]
    return NotebookSummary(
        cells_changed=sum(cell.source_changed for cell in kept),
        cells_added=sum(cell.kind == "added" for cell in different),
        cells_removed=sum(cell.kind == "removed" for cell in different),
        cells_moved=sum(cell.moved for cell in different),
        outputs_changed=sum(output.kind != "same" for cell in kept for output in cell.outputs),
        classification=None if equal else _classify(different, metadata),
    )


def _classify(cells: Sequence[CellDiff], metadata: Sequence[MetadataChange]) -> Classification | None:
    """``outputs`` may come with execution counts and metadata, ``execution_counts`` with metadata: re-running a
    notebook touches all three. ``format``: the values are the same, the file is written otherwise."""
    if any(cell.moved or cell.old is None or cell.new is None or cell.source_changed for cell in cells):
        return None
    if any(cell.outputs_changed for cell in cells):
        return "outputs"
    if any(cell.execution_count_changed for cell in cells):
        return "execution_counts"
    if any(cell.metadata for cell in cells) or any(change.path not in _FORMAT_PATHS for change in metadata):
        return "metadata"
    return "format"
