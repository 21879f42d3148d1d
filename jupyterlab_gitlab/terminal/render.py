"""A file's comparison as lines for a terminal."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ..contract.diffs import (
    BinaryDiff,
    CellDiff,
    FileDiff,
    NotebookDiff,
    OutputDiff,
    OutputSummary,
    SourceRow,
    TextDiff,
)

_BOLD, _DIM, _RED, _GREEN, _CYAN, _REVERSE = "1", "2", "31", "32", "36", "7"
_SIGNS = {"same": " ", "removed": "-", "added": "+"}
_COLOURS = {"removed": _RED, "added": _GREEN}
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


class _Painter:
    def __init__(self, coloured: bool) -> None:
        self.coloured = coloured

    def __call__(self, text: str, *codes: str) -> str:
        return f"\x1b[{';'.join(codes)}m{text}\x1b[0m" if self.coloured and codes and text else text


def render(diff: FileDiff, *, coloured: bool = False, context: int = 3) -> Iterator[str]:
    """The lines of *diff*; *context* unchanged lines are shown round each change."""
    paint = _Painter(coloured)
    for sign, side in (("---", diff.old), ("+++", diff.new)):
        yield paint(f"{sign} {_safe(side.path.display) if side else '/dev/null'}", _BOLD)
    if diff.equal:
        yield "The files are equal."
    elif isinstance(diff, NotebookDiff):
        yield from _notebook(diff, paint, context)
    elif isinstance(diff, TextDiff):
        if diff.reason:
            yield paint(diff.reason, _CYAN)
        yield from _rows(diff.rows, paint, context)
        if diff.truncated:
            yield paint("(some lines are left out)", _DIM)
    else:
        yield from _binary(diff)


def _binary(diff: BinaryDiff) -> Iterator[str]:
    sizes = " and ".join(f"{side.size:,} bytes" for side in (diff.old, diff.new) if side)
    yield diff.reason or f"The files are binary and differ ({sizes})."


def _notebook(diff: NotebookDiff, paint: _Painter, context: int) -> Iterator[str]:
    summary = diff.summary
    counts = [
        f"{count} {word}"
        for count, word in (
            (summary.cells_changed, "changed"),
            (summary.cells_added, "added"),
            (summary.cells_removed, "removed"),
            (summary.cells_moved, "moved"),
        )
        if count
    ]
    words = [f"cells: {', '.join(counts)}"] if counts else []
    if summary.outputs_changed:
        words.append(f"outputs changed: {summary.outputs_changed}")
    if summary.classification:
        words.append(f"only {summary.classification.replace('_', ' ')} changed")
    yield paint("; ".join(words) or "no cell changed", _CYAN)
    yield from diff.notes
    for change in diff.metadata:
        yield f"notebook {_change(change.path, change.old, change.new)}"
    for cell in diff.cells:
        if cell.kind != "same" or cell.moved:
            yield ""
            yield from _cell(cell, paint, context)


def _cell(cell: CellDiff, paint: _Painter, context: int) -> Iterator[str]:
    words: list[str] = [] if cell.kind == "same" else [cell.kind]
    if cell.moved:
        words.append("moved")
    places = [f"{name} {side.index + 1}" for name, side in (("old", cell.old), ("new", cell.new)) if side]
    counts = _counts(cell)
    yield paint(f"## {_safe(cell.cell_type)} cell {' and '.join(words)} ({', '.join(places)}){counts}", _BOLD)
    for change in cell.metadata:
        yield paint(f"   {_change(change.path, change.old, change.new)}", _DIM)
    if cell.source_changed:
        yield from _rows(cell.rows, paint, context)
    for output in cell.outputs:
        if output.kind != "same":
            yield _output(output, paint)


def _counts(cell: CellDiff) -> str:
    if not cell.execution_count_changed:
        return ""
    old, new = (str(side.execution_count or " ") if side else " " for side in (cell.old, cell.new))
    return f"  In [{old}] → [{new}]"


def _change(path: str, old: str | None, new: str | None) -> str:
    if old is None:
        return f"{_safe(path)}: {_safe(new or '')} (added)"
    return f"{_safe(path)}: {_safe(old)} → {_safe(new) if new is not None else '(removed)'}"


def _output(output: OutputDiff, paint: _Painter) -> str:
    def words(side: OutputSummary) -> str:
        return f"{side.kind}, {side.size:,} bytes"

    if output.old and output.new:
        text = words(output.new) if output.old.kind == output.new.kind else f"{words(output.old)} → {words(output.new)}"
        return paint(f"   output {output.new.index + 1} changed ({text})", _CYAN)
    side = output.old or output.new
    assert side is not None
    return paint(f"   output {side.index + 1} {output.kind} ({words(side)})", _COLOURS[output.kind])


def _rows(rows: Sequence[SourceRow], paint: _Painter, context: int) -> Iterator[str]:
    changed = [index for index, row in enumerate(rows) if row.kind != "same"]
    near: set[int] = set()
    for index in changed:
        near.update(range(max(0, index - context), min(len(rows), index + context + 1)))
    before = -1
    for index in sorted(near):
        if index != before + 1:
            yield paint("   ⋮", _DIM)
        before = index
        yield _row(rows[index], paint)
    if near and before != len(rows) - 1:
        yield paint("   ⋮", _DIM)


def _row(row: SourceRow, paint: _Painter) -> str:
    colour = _COLOURS.get(row.kind)
    sign = _SIGNS[row.kind]
    if colour is None:
        return f"{sign} {_safe(row.text)}"
    units = row.text.encode("utf-16-le", "surrogatepass")
    parts, at = [], 0
    for start, stop in [*row.spans, (len(units) // 2, len(units) // 2)]:
        parts.append(paint(_safe(_decode(units[2 * at : 2 * start])), colour))
        parts.append(paint(_safe(_decode(units[2 * start : 2 * stop])), colour, _REVERSE))
        at = stop
    return paint(f"{sign} ", colour) + "".join(parts)


def _decode(units: bytes) -> str:
    return units.decode("utf-16-le", "replace")


def _safe(text: str) -> str:
    """*text* without control characters: what a file holds must not steer the terminal."""
    return _CONTROL.sub(lambda found: f"\\x{ord(found[0]):02x}" if found[0] != "\r" else "␍", text)
