"""What is known of the place that a diff is printed to: colours, width, and how text looks there."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from unicodedata import combining, east_asian_width

BOLD, DIM, REVERSE = "1", "2", "7"
RED, GREEN, YELLOW, CYAN, MAGENTA = "31", "32", "33", "36", "35"

_DEFAULT_WIDTH = 80
_MIN_WIDTH = 20
_JOINERS = "\u200b\u200c\u200d"


@dataclass(frozen=True)
class Screen:
    """*coloured*: escape sequences are wanted. *width*: columns of a terminal, None where lines may have any length."""

    coloured: bool = False
    width: int | None = None

    def paint(self, text: str, *codes: str) -> str:
        """*text* in these colours."""
        return f"\x1b[{';'.join(codes)}m{text}\x1b[0m" if self.coloured and codes and text else text

    def cut(self, text: str, used: int = 0) -> str:
        """*text* in one line of the screen, of which *used* columns are taken; what does not fit is left out."""
        return text if self.width is None else shortened(text, max(1, self.width - used))


def wants_colour(choice: str, *, screen: bool) -> bool:
    """Whether to colour. *choice* is ``auto``, ``always`` or ``never``; *screen*: people look at the output.

    ``NO_COLOR`` as https://no-color.org has it: set and not empty.
    """
    if choice != "auto":
        return choice == "always"
    return screen and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def terminal_width() -> int:
    """Columns: ``COLUMNS`` if it is set, else those of the terminal that a standard stream is connected to."""
    given = os.environ.get("COLUMNS", "")
    if given.isdecimal() and int(given) > 0:
        return max(_MIN_WIDTH, int(given))
    for stream in (sys.__stdout__, sys.__stderr__, sys.__stdin__):
        try:
            columns = os.get_terminal_size(stream.fileno()).columns if stream else 0
        except (OSError, ValueError):
            continue
        if columns:
            return max(_MIN_WIDTH, columns)
    return _DEFAULT_WIDTH


def understand_colours() -> None:
    """Make an older Windows console read escape sequences."""
    if sys.platform == "win32":
        os.system("")  # noqa: S605 - does nothing but leave the console in the mode that cmd.exe sets


def columns(text: str) -> int:
    """How many columns *text* takes (no control characters in it).

    The library for this, wcwidth, takes as long to import as the rest of a diff; only sequences that make one emoji of
    several are measured too wide here.
    """
    return len(text) if text.isascii() else sum(map(_columns, text))


def _columns(character: str) -> int:
    if character < "\u0300":
        return 1
    if combining(character) or character in _JOINERS or "\ufe00" <= character <= "\ufe0f":
        return 0
    return 2 if east_asian_width(character) in "WF" else 1


def shortened(text: str, width: int) -> str:
    """*text* in at most *width* columns; ``…`` stands for what is left out at its end."""
    if columns(text) <= width:
        return text
    taken = 0
    for index, character in enumerate(text):
        taken += _columns(character)
        if taken > width - 1:
            return f"{text[:index]}…"
    return text


Piece = tuple[str, bool]
"""A stretch of a line, and whether it is marked."""


def wrapped(pieces: Sequence[Piece], width: int) -> list[list[Piece]]:
    """A line in rows of at most *width* columns, broken after a blank where one stands in the last third of a row."""
    text = "".join(part for part, _ in pieces)
    if columns(text) <= width:
        return [list(pieces)]
    ends, start, taken = [], 0, 0
    for index, character in enumerate(text):
        wide = _columns(character)
        if taken + wide > width:
            blank = text.rfind(" ", start + 2 * (index - start) // 3, index)
            start = blank + 1 if blank >= 0 else index
            ends.append(start)
            taken = columns(text[start:index])
        taken += wide
    return _cut_at([*ends, len(text)], pieces)


def _cut_at(ends: Sequence[int], pieces: Sequence[Piece]) -> list[list[Piece]]:
    """The pieces in rows that end at these places of the whole text."""
    rows, start = [], 0
    for end in ends:
        row, place = [], 0
        for text, marked in pieces:
            part = text[max(0, start - place) : max(0, end - place)]
            if part:
                row.append((part, marked))
            place += len(text)
        rows.append(row)
        start = end
    return rows
