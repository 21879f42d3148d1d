"""A diff in a few words, for the list of changed files."""

from __future__ import annotations

from typing import Literal

from ..contract.changes import ChangedCell, ChangeSummary
from ..contract.diffs import CellDiff, FileDiff, NotebookDiff, TextDiff
from ..contract.paths import FilePath

MAX_TITLE = 120
"""Characters of a cell's title."""


def change_summary(diff: FileDiff, path: FilePath) -> ChangeSummary:
    """*diff* summed up. ``cells_changed`` counts cells whose source changed, added, removed and moved ones."""
    cells = changed_cells(diff)
    notebook = diff if isinstance(diff, NotebookDiff) else None
    rows = [cell.rows for cell in notebook.cells] if notebook else [diff.rows] if isinstance(diff, TextDiff) else None
    return ChangeSummary(
        path=path,
        notebook=notebook is not None,
        cells_changed=sum(cell.kind not in ("output_only", "metadata_only") for cell in cells),
        outputs_changed=notebook.summary.outputs_changed if notebook else 0,
        classification=notebook.summary.classification if notebook else None,
        added=None if rows is None else sum(row.kind == "added" for part in rows for row in part),
        removed=None if rows is None else sum(row.kind == "removed" for part in rows for row in part),
        cells=cells,
    )


def changed_cells(diff: FileDiff) -> list[ChangedCell]:
    """The changed cells of a notebook diff in its order; none for other files. *index* is the new side's, from 0."""
    if not isinstance(diff, NotebookDiff):
        return []
    return [_changed_cell(cell) for cell in diff.cells if cell.kind != "same" or cell.moved]


def _changed_cell(cell: CellDiff) -> ChangedCell:
    side = cell.new or cell.old
    return ChangedCell(
        index=cell.new.index if cell.new else None,
        cell_type=cell.cell_type,
        kind=_kind(cell),
        execution_count=side.execution_count if side else None,
        title=_title(cell),
        added=sum(row.kind == "added" for row in cell.rows),
        removed=sum(row.kind == "removed" for row in cell.rows),
        output_kinds=list(
            dict.fromkeys(
                shown.kind
                for output in cell.outputs
                if output.kind != "same" and (shown := output.new or output.old) is not None
            )
        ),
    )


def _kind(cell: CellDiff) -> Literal["added", "removed", "changed", "moved", "output_only", "metadata_only"]:
    if cell.kind == "added" or cell.kind == "removed":
        return cell.kind
    if cell.source_changed:
        return "changed"
    if cell.moved:
        return "moved"
    return "output_only" if cell.outputs_changed else "metadata_only"


def _title(cell: CellDiff) -> str:
    """The first line of the shown side that is not blank."""
    left_out = "removed" if cell.new else "added"
    for row in cell.rows:
        if row.kind != left_out and row.text.strip():
            return row.text.strip()[:MAX_TITLE]
    return ""
