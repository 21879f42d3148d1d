"""Both versions of a notebook with their raw lines; what the two files share is read once."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from .layout import lines_by_layout
from .lines import cell_lines
from .model import Cell, Notebook
from .parse import Parsed, parse_only
from .places import CellLines
from .rawtext import RawText


class Version(msgspec.Struct, frozen=True):
    """A notebook with the raw lines of its cells (None where they could not be told)."""

    notebook: Notebook
    lines: Sequence[CellLines] | None

    def lines_of(self, index: int) -> CellLines | None:
        """The raw lines of one cell."""
        return self.lines[index] if self.lines is not None else None


class Versions(msgspec.Struct, frozen=True):
    """Both versions, with notes for the user.

    The first *same_start* and the last *same_end* cells are the very same raw lines in both files, which themselves
    are equal up to *same_lines* raw lines from their beginnings and their ends.
    """

    old: Version
    new: Version
    notes: list[str]
    same_start: int = 0
    same_end: int = 0
    same_lines: tuple[int, int] = (0, 0)


def read_versions(old: RawText | None, new: RawText | None, same_lines: tuple[int, int] = (0, 0)) -> Versions | str:
    """Both versions, or why they can't be compared as notebooks.

    A side that does not exist or is empty is a notebook without cells.

    Parameters
    ----------
    same_lines: how many raw lines from the beginning and from the end are known to be equal.
    """
    notes: list[str] = []
    parsed_sides: list[Parsed | None] = []
    for name, text, other in (("old", old, new), ("new", new, old)):
        if text is None or (not text.data.strip() and other is not None and other.data.strip()):
            parsed_sides.append(None)
            if text is not None:
                notes.append(f"The {name} version is empty.")
            continue
        parsed = parse_only(text)
        if isinstance(parsed, str):
            return f"The {name} version can't be read as a notebook: {parsed}."
        notes += [f"The {name} version {note}." for note in parsed.notes]
        parsed_sides.append(parsed)
    before = _read(parsed_sides[0], old)
    if parsed_sides[0] is None or parsed_sides[1] is None:
        return Versions(before, _read(parsed_sides[1], new), notes)
    start, end, shift = _shared(before, parsed_sides[1], same_lines)
    after = _read_after(before, parsed_sides[1], start, end, shift)
    # without lines of the cells in between, those of the others are not known to be the shared ones
    known = after.lines is not None and bool(start or end)
    return Versions(before, after, notes, start if known else 0, end if known else 0, same_lines)


def _read(parsed: Parsed | None, text: RawText | None) -> Version:
    if parsed is None:
        return Version(Notebook(raw=text or RawText(b""), nbformat=0, nbformat_minor=0, cells=[]), [])
    notebook = parsed.notebook(parsed.cells())
    return Version(notebook, cell_lines(notebook))


def _read_after(old: Version, parsed: Parsed, start: int, end: int, shift: int) -> Version:
    """The new version, of which the first *start* and the last *end* cells are the old ones; the latter stand *shift*
    lines further down."""
    if not start and not end:
        return _read(parsed, parsed.raw)
    count = len(parsed.written)
    cells, lines = old.notebook.cells, old.lines
    assert lines is not None
    first_of_end = len(cells) - end
    notebook = parsed.notebook(
        [
            *cells[:start],
            *parsed.cells(start, count - end),
            *(_at(cell, index) for index, cell in enumerate(cells[first_of_end:], count - end)),
        ]
    )
    between = lines_by_layout(notebook, start, count - end, lines[start].line if start else None)
    if between is None:
        return Version(notebook, cell_lines(notebook))
    last = lines[first_of_end:] if not shift else [one.shifted(shift) for one in lines[first_of_end:]]
    return Version(notebook, [*lines[:start], *between, *last])


def _shared(old: Version, parsed: Parsed, same_lines: tuple[int, int]) -> tuple[int, int, int]:
    """How many cells from the beginning and from the end are the same text in both files, and by how many lines the
    latter ones stand further down in the new file."""
    lines, before, after = old.lines, old.notebook, parsed
    if not lines or before.legacy != after.legacy:
        return 0, 0, 0
    same_start, same_end = same_lines
    shorter = min(len(before.cells), len(after.written))
    start = 0
    # a cell is inside if the next one begins inside; equal values too, since a file may hold a key twice
    while start < shorter - 1 and lines[start + 1].line <= same_start and before.written[start] == after.written[start]:
        start += 1
    first_same = before.raw.count - same_end
    end = 0
    while (
        end < shorter - start
        and lines[-1 - end].line > first_same
        and before.written[-1 - end] == after.written[-1 - end]
    ):
        end += 1
    return start, end, after.raw.count - before.raw.count


def _at(cell: Cell, index: int) -> Cell:
    """The same cell at another place."""
    if cell.index == index:
        return cell
    return Cell(
        index,
        cell.cell_type,
        cell.source,
        cell.id,
        cell.execution_count,
        cell.metadata,
        cell.attachments,
        cell.outputs,
    )
