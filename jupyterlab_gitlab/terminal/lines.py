"""Rows of a line diff as lines of a screen. The first column of every line says what it is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

from ..contract.diffs import SourceRow
from .clean import clean
from .screen import CYAN, DIM, GREEN, RED, REVERSE, Piece, Screen, wrapped
from .words import counted

SIGNS = {"same": " ", "removed": "-", "added": "+"}
COLOURS = {"removed": RED, "added": GREEN}

ITEM = "▸ "
"""Before a line about an output or metadata: no line of a source has such a sign."""
BAR = "│ "
"""Before the signs of lines that are not the source's."""
_TAB = "    "
_CONTINUED = "↳"
_MOST_ROWS = 12
"""Rows of the screen that one changed line may take: pictures in Markdown make lines of megabytes."""
_MOST_SAME_ROWS = 2
"""The same for an unchanged line."""
_BEFORE = 40
"""Characters before its first mark that are shown of a line too long to be shown whole."""


def hunks(rows: Sequence[SourceRow], context: int) -> Iterator[list[SourceRow] | int]:
    """The changed rows with *context* unchanged ones round them; numbers tell how many rows are left out between.

    A single row is not left out where there is context: the line that tells of it would be as long.
    """
    near = bytearray(len(rows))
    for index, row in enumerate(rows):
        if row.kind != "same":
            stop = min(len(rows), index + context + 1)
            start = max(0, index - context)
            near[start:stop] = b"\1" * (stop - start)
    at = 0
    hunk: list[SourceRow] = []
    for shown, same in groupby(near):
        count = len(list(same))
        if shown or (count == 1 and context):
            hunk += rows[at : at + count]
        else:
            if hunk:
                yield hunk
            hunk = []
            yield count
        at += count
    if hunk:
        yield hunk


def row_lines(row: SourceRow, screen: Screen, indent: str = "", most: int = _MOST_ROWS) -> list[str]:
    """The lines of a row.

    Parameters
    ----------
    indent: stands before its sign, and is painted already if it is at all.
    most: rows of the screen that a changed row may take.
    """
    colour = COLOURS.get(row.kind)
    codes = (colour,) if colour else ()
    sign = SIGNS[row.kind]
    if not row.text:
        return [f"{indent}{screen.paint(sign, *codes)}".rstrip()]
    pieces = _pieces(row)
    if screen.width is None:
        return [f"{indent}{screen.paint(f'{sign} ', *codes)}{_painted(pieces, screen, codes)}"]
    pieces = [(text.replace("\t", _TAB), marked) for text, marked in pieces]
    width = screen.width - 2 - (len(BAR) if indent else 0)
    pieces, rest = _bounded(pieces, width * (min(most, _MOST_SAME_ROWS) if colour is None else most))
    lines = []
    for index, part in enumerate(wrapped(pieces, width)):
        lead = screen.paint(f"{sign}{_CONTINUED if index else ' '}", *codes)
        lines.append(f"{indent}{lead}{_painted(part, screen, codes)}")
    if rest:
        lines[-1] += screen.paint(f" … {rest:,} more characters", DIM)
    return lines


def left_out(count: int, screen: Screen) -> str:
    """The line that stands for unchanged ones."""
    return screen.paint(f"⋯ {counted(count, 'unchanged line')}", DIM)


def text_lines(rows: Sequence[SourceRow], screen: Screen, context: int) -> Iterator[str]:
    """The hunks of a text file, each under the line numbers that unified diffs have."""
    part: list[SourceRow] = []
    for row in rows:
        if part and _jumps(part[-1], row):  # rows of a long file are left out already
            yield from _text_hunks(part, screen, context)
            part = []
        part.append(row)
    yield from _text_hunks(part, screen, context)


def _text_hunks(rows: Sequence[SourceRow], screen: Screen, context: int) -> Iterator[str]:
    at = 0
    for hunk in hunks(rows, context):
        if isinstance(hunk, int):
            at += hunk
            continue
        before = rows[at - 1] if at else None
        old = _range([row.old_number for row in hunk], before.old_number if before else None)
        new = _range([row.new_number for row in hunk], before.new_number if before else None)
        yield screen.paint(f"@@ -{old} +{new} @@", CYAN)
        for row in hunk:
            yield from row_lines(row, screen)
        at += len(hunk)


def _range(numbers: Sequence[int | None], before: int | None) -> str:
    """First line and number of lines; a side without lines is named by the line before it."""
    lines = [number for number in numbers if number is not None]
    return f"{lines[0]},{len(lines)}" if lines else f"{before or 0},0"


def _jumps(before: SourceRow, after: SourceRow) -> bool:
    return before.kind == after.kind == "same" and (before.old_number or 0) + 1 != after.old_number


def _pieces(row: SourceRow) -> list[Piece]:
    """The text cut where marks begin and end; they count UTF-16 code units."""
    if not row.spans:
        return [(clean(row.text), False)]
    if row.text.isascii():
        cut = [row.text[start:stop] for start, stop in _stretches(row.spans, len(row.text))]
    else:
        units = row.text.encode("utf-16-le", "surrogatepass")
        stretches = _stretches(row.spans, len(units) // 2)
        cut = [units[2 * start : 2 * stop].decode("utf-16-le", "surrogatepass") for start, stop in stretches]
    return [(clean(text), bool(index % 2)) for index, text in enumerate(cut) if text]


def _stretches(spans: Sequence[tuple[int, int]], end: int) -> list[tuple[int, int]]:
    """The spans and what lies between them, which comes first."""
    places = [0, *(place for span in spans for place in span), end]
    return list(pairwise(places))


def _painted(pieces: Sequence[Piece], screen: Screen, codes: tuple[str, ...]) -> str:
    return "".join(screen.paint(text, *codes, *((REVERSE,) if marked else ())) for text, marked in pieces)


def _bounded(pieces: list[Piece], most: int) -> tuple[list[Piece], int]:
    """*most* characters round the first mark, and how many are left out after them."""
    length = sum(len(text) for text, _ in pieces)
    if length <= most:
        return pieces, 0
    before = 0
    for text, marked in pieces:
        if marked:
            break
        before += len(text)
    start = max(0, before - _BEFORE) if before < length and before > most // 2 else 0
    result: list[Piece] = [(f"{start:,} characters … ", False)] if start else []
    place = 0
    for text, marked in pieces:
        part = text[max(0, start - place) : max(0, start + most - place)]
        if part:
            result.append((part, marked))
        place += len(text)
    return result, max(0, length - start - most)
