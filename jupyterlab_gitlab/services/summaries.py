"""A comparison in a few words, for the rows of *Changes*."""

from __future__ import annotations

from typing import Literal

from ..contract.changes import ChangedCell, ChangeSummary
from ..contract.diffs import BinaryDiff, CellDiff, FileDiff, NotebookDiff, SourceRow
from ..contract.paths import FilePath

CellKind = Literal["added", "removed", "changed", "moved", "output_only", "metadata_only"]
MOST_CELLS = 500
_TITLE = 200


def summarize(path: FilePath, diff: FileDiff) -> ChangeSummary:
    """What *diff* tells of the file at *path*. At most :data:`MOST_CELLS` cells are listed; the counts are of all."""
    if isinstance(diff, BinaryDiff):
        return _summary(path, added=None, removed=None)
    if not isinstance(diff, NotebookDiff):
        added, removed = _count(diff.rows)
        return _summary(path, added=added, removed=removed)
    cells = [summed for cell in diff.cells if (summed := _cell(cell)) is not None]
    return ChangeSummary(
        path=path,
        notebook=True,
        cells_changed=diff.summary.cells_changed + diff.summary.cells_added + diff.summary.cells_removed,
        outputs_changed=diff.summary.outputs_changed,
        classification=diff.summary.classification,
        added=sum(cell.added for cell in cells),
        removed=sum(cell.removed for cell in cells),
        cells=cells[:MOST_CELLS],
    )


def _summary(path: FilePath, added: int | None, removed: int | None) -> ChangeSummary:
    return ChangeSummary(
        path=path,
        notebook=False,
        cells_changed=0,
        outputs_changed=0,
        classification=None,
        added=added,
        removed=removed,
        cells=[],
    )


def _cell(cell: CellDiff) -> ChangedCell | None:
    """The row of a changed cell; none for one that only ran again."""
    side = cell.new or cell.old
    kind: CellKind
    if cell.kind == "added" or cell.kind == "removed":
        kind = cell.kind
    elif cell.source_changed:
        kind = "changed"
    elif cell.moved:
        kind = "moved"
    elif cell.outputs_changed:
        kind = "output_only"
    elif cell.metadata:
        kind = "metadata_only"
    else:
        return None
    added, removed = _count(cell.rows)
    outputs = [output.new or output.old for output in cell.outputs if output.kind != "same"]
    return ChangedCell(
        index=side.index if side is not None else None,
        cell_type=cell.cell_type,
        kind=kind,
        execution_count=side.execution_count if side is not None else None,
        title=_title(cell),
        added=added,
        removed=removed,
        output_kinds=list(dict.fromkeys(output.kind for output in outputs if output is not None)),
    )


def _title(cell: CellDiff) -> str:
    gone = "removed" if cell.new is not None else "added"
    texts = (row.text.strip() for row in cell.rows if row.kind != gone)
    return next((text for text in texts if text), "")[:_TITLE]


def _count(rows: list[SourceRow]) -> tuple[int, int]:
    return sum(row.kind == "added" for row in rows), sum(row.kind == "removed" for row in rows)
