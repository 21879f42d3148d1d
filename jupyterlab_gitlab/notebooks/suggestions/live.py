"""A suggested change in the source of an open notebook, which may differ from the commit that it was made for."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
import orjson

from ..rawtext import BOM
from .edit import replaced, source_lines, text_of_lines


class LiveCell(msgspec.Struct, frozen=True, kw_only=True):
    """A cell of the open notebook."""

    id: str | None
    source: str


class LiveChange(msgspec.Struct, frozen=True, kw_only=True):
    """Lines *old* of the committed cell, which begin at its line *at* (from 0), and what takes their place.

    *id* and *source* are those of the committed cell.
    """

    id: str | None
    source: str
    at: int
    old: Sequence[str]
    new: Sequence[str]


def live_change(data: bytes, first: int, last: int, new: Sequence[str]) -> LiveChange:
    """The change of the raw lines *first* to *last* of a committed notebook, for the open one.

    Raises
    ------
    EditError
    """
    place, old = source_lines(data, first, last)
    cell = orjson.loads(data.removeprefix(BOM))["cells"][place.cell]
    source = cell["source"]
    texts = [source] if isinstance(source, str) else source
    name = cell.get("id")
    return LiveChange(
        id=name if isinstance(name, str) else None,
        source="".join(texts),
        at="".join(texts[: place.first]).count("\n"),
        old=old,
        new=new,
    )


def edit_live(cells: Sequence[LiveCell], change: LiveChange) -> tuple[int, str] | None:
    """Which cell changes, and its new source; null if the code has moved on.

    The cell is found by its id, else by its whole source. In it the old lines must stand where they were, or once.
    """
    index = _find_cell(cells, change)
    if index is None:
        return None
    lines = text_of_lines(cells[index].source)
    at = _find_lines(lines, change.old, change.at)
    if at is None:
        return None
    text = cells[index].source
    ends = _starts(text, len(lines))
    start, stop = ends[at], ends[at + len(change.old)]
    after = text[:start] + replaced(text[start:stop], change.new) + text[stop:]
    if not change.new and stop == len(text) and not text.endswith("\n"):
        after = after.removesuffix("\n").removesuffix("\r")
    return index, after


def _find_cell(cells: Sequence[LiveCell], change: LiveChange) -> int | None:
    by_id = [index for index, cell in enumerate(cells) if change.id is not None and cell.id == change.id]
    found = by_id or [index for index, cell in enumerate(cells) if cell.source == change.source]
    return found[0] if len(found) == 1 else None


def _find_lines(lines: Sequence[str], old: Sequence[str], at: int) -> int | None:
    count = len(old)
    if list(lines[at : at + count]) == list(old):
        return at
    found = [k for k in range(len(lines) - count + 1) if list(lines[k : k + count]) == list(old)]
    return found[0] if len(found) == 1 else None


def _starts(text: str, count: int) -> list[int]:
    """Where each line begins, and the end of the text."""
    starts, at = [0], 0
    for _ in range(count - 1):
        at = text.index("\n", at) + 1
        starts.append(at)
    return [*starts, len(text)]
