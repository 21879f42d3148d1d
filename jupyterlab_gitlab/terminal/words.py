"""Words for what changed: the ones that the panel uses."""

from __future__ import annotations

from ..contract.diffs import CellDiff, NotebookDiff

KINDS = {
    "text": "text",
    "error": "error",
    "table": "table",
    "image": "image",
    "html": "HTML",
    "markdown": "Markdown",
    "latex": "LaTeX",
    "interactive": "interactive",
    "data": "data",
}
"""A reader's words for the kinds of outputs."""

CELL_TYPES = {"markdown": "Markdown"}
"""The names of cell types that are not written as the file has them."""

_ONLY = {
    "outputs": "only outputs changed",
    "execution_counts": "only execution counts changed",
    "metadata": "only metadata changed",
    "format": "only the way the file is written changed",
}


def counted(count: int, noun: str) -> str:
    """``1 line``, ``1,200 lines``."""
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def byte_size(size: int) -> str:
    """``812 B``, ``1.2 kB``, ``24 kB``."""
    value, unit = float(size), "B"
    for larger in ("kB", "MB", "GB"):
        if value >= 1000:
            value, unit = value / 1000, larger
    return f"{value:.0f} {unit}" if unit == "B" or value >= 100 else f"{value:.1f} {unit}"


def summary_words(diff: NotebookDiff) -> str:
    """The whole comparison in one line: ``2 cells changed, 1 added, 3 outputs changed``."""
    summary = diff.summary
    parts: list[str] = []
    for count, what in (
        (summary.cells_changed, "changed"),
        (summary.cells_added, "added"),
        (summary.cells_removed, "removed"),
        (summary.cells_moved, "moved"),
    ):
        if count:
            parts.append(f"{count if parts else counted(count, 'cell')} {what}")
    if summary.classification:
        parts.append(_ONLY[summary.classification])
    elif summary.outputs_changed:
        parts.append(f"{counted(summary.outputs_changed, 'output')} changed")
    return ", ".join(parts) or "no cell changed"


def cell_words(cell: CellDiff, *, metadata: bool) -> str:
    """What happened to the cell: ``changed``, ``moved up from 7``, ``only an output changed``.

    *metadata*: some of it changed that people are told of.
    """
    if cell.old is None or cell.new is None:
        return cell.kind
    only = "" if cell.moved else "only "
    words = []
    if cell.moved:
        way = "up" if cell.new.index < cell.old.index else "down"
        words.append(f"moved {way} from {cell.old.index + 1}" if cell.new.index != cell.old.index else "moved")
    if cell.source_changed:
        words.append("changed")
    elif cell.outputs_changed:
        count = sum(output.kind != "same" for output in cell.outputs)
        what = "an output" if count == 1 else f"{count} outputs"
        words.append(f"{what} and metadata changed" if metadata else f"{only}{what} changed")
    elif metadata:
        words.append(f"{only}metadata changed")
    return ", ".join(words)


def prompt_words(cell: CellDiff) -> str:
    """``In [3]``, or ``In [3] → [5]``; empty for cells that have not run."""
    if cell.cell_type != "code":
        return ""
    counts = list(dict.fromkeys(side.execution_count for side in (cell.old, cell.new) if side))
    if counts == [None]:
        return ""
    return f"In {' → '.join(_count(count) for count in counts)}"


def _count(count: int | None) -> str:
    return "[ ]" if count is None else f"[{count}]"
