"""Text files, and notebooks that can't be read as such, compared by line."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import overload

from ..contract.diffs import SourceRow
from .raw import CONTEXT, Block, RawPairing
from .rawtext import RawText
from .rows import Lines, RowMaker
from .source import compare_lines

MAX_ROWS = 10_000
"""Rows of a text diff. A file with more lines is shown with its changes and their context only."""
MAX_CHARACTERS = 4_000_000
"""Characters of all rows together."""
MAX_LINE = 20_000
"""Characters of one row."""


def text_rows(
    old: RawText | None,
    new: RawText | None,
    pairing: RawPairing | None = None,
    *,
    ignore_whitespace: bool = False,
    proceed: Callable[[], object] = lambda: None,
) -> tuple[list[SourceRow], bool]:
    """The rows of two texts, and whether some were left out or cut. A carriage return before ``\\n`` stays.

    Parameters
    ----------
    pairing: of the raw lines, if it is known.
    proceed: called now and then; what it raises ends the work.
    """
    if pairing is None:
        pairing = RawPairing(old, new)
    old_lines, new_lines = _DecodedLines(old), _DecodedLines(new)
    size = sum(len(text.data) for text in (old, new) if text)
    blocks = None
    if not ignore_whitespace:
        blocks = [Block(b.old - 1, b.old_end - 1, b.new - 1, b.new_end - 1) for b in pairing.blocks]
    whole = max(len(old_lines), len(new_lines)) <= MAX_ROWS and size <= MAX_CHARACTERS
    maker = RowMaker(pairing, None, ignore_whitespace=ignore_whitespace)
    rows: list[SourceRow] = []
    truncated, characters = not whole, 0
    sides = _side(old_lines), _side(new_lines)
    context = None if whole else CONTEXT
    for part in compare_lines(old_lines, new_lines, blocks, context, ignore_whitespace=ignore_whitespace):
        proceed()
        added: list[SourceRow] = []
        maker.add(added, part, *sides)
        for row in added:
            if len(row.text) > MAX_LINE:
                row.text = row.text[:MAX_LINE]
                row.spans = tuple((start, min(stop, MAX_LINE)) for start, stop in row.spans if start < MAX_LINE)
                truncated = True
            characters += len(row.text)
            if len(rows) == MAX_ROWS or characters > MAX_CHARACTERS:
                return rows, True
            rows.append(row)
    return rows, truncated


class _DecodedLines(Sequence[str]):
    """The lines of a text, decoded when they are asked for: of a long one few are."""

    def __init__(self, text: RawText | None) -> None:
        lines = text.lines if text else []
        self._lines = lines[:-1] if lines and not lines[-1] else lines

    def __len__(self) -> int:
        return len(self._lines)

    @overload
    def __getitem__(self, index: int) -> str: ...
    @overload
    def __getitem__(self, index: slice) -> list[str]: ...
    def __getitem__(self, index: int | slice) -> str | list[str]:
        if isinstance(index, slice):
            return [line.decode("utf-8", "replace") for line in self._lines[index]]
        return self._lines[index].decode("utf-8", "replace")


def _side(lines: Sequence[str]) -> Lines:
    return Lines(lines, range(1, len(lines) + 1))
