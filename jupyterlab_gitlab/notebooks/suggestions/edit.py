"""Lines of a file replaced, and every other byte as it was.

In a notebook raw lines that hold cell source are replaced by source lines: JSON strings in the file's own layout and
spelling. In any other text the raw lines themselves are.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Literal

import msgspec

from .spans import Element, SourceSpan, source_spans

Refusal = Literal["not_source", "several_cells", "overlapping", "no_such_line", "unreadable"]
"""Why lines can't be replaced: some hold no cell source; they belong to several cells; two changes meet on a line; the
file ends before them; it can't be read as a notebook."""

_SOURCE_LINE = re.compile(r'\s*(?:"source"\s*:\s*)?\[?\s*("(?:[^"\\]|\\.)*")\s*\]?,?\s*')
_SPELLED_OUT = re.compile(rb"\\u(?!00[01])[0-9a-fA-F]{4}")


class EditError(Exception):
    """*refusal* says why the lines of ``changes[index]`` can't be replaced."""

    def __init__(self, refusal: Refusal, index: int) -> None:
        super().__init__(refusal)
        self.refusal = refusal
        self.index = index


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """Raw lines *first* to *last* (from 1, both included) and what takes their place, without line ends."""

    first: int
    last: int
    lines: Sequence[str]


class Place(msgspec.Struct, frozen=True, kw_only=True):
    """Which strings of which cell's source some raw lines hold: *first* to *last*, from 0, both included."""

    cell: int
    first: int
    last: int


def edit(data: bytes, changes: Sequence[Change], *, notebook: bool) -> bytes:
    """*data* with all of *changes*, whose lines are those of *data* as it is.

    Raises
    ------
    EditError: for the first change that can't be made; nothing is changed then.
    """
    return edit_notebook(data, changes) if notebook else edit_text(data, changes)


def source_lines(data: bytes, first: int, last: int) -> tuple[Place, list[str]]:
    """Which source the raw lines *first* to *last* of a notebook hold, and its lines without line ends.

    Raises
    ------
    EditError
    """
    sources = _sources(data)
    place = _place(sources, first, last, 0)
    source = sources[place.cell]
    assert source is not None
    return place, text_of_lines("".join(element.text for element in source.elements[place.first : place.last + 1]))


def text_lines(data: bytes, first: int, last: int) -> list[str]:
    """Raw lines of a text without their line ends.

    Raises
    ------
    EditError
    """
    raw = data.split(b"\n")
    if not 1 <= first <= last <= _count(raw):
        raise EditError("no_such_line", 0)
    return [line.removesuffix(b"\r").decode("utf-8", "replace") for line in raw[first - 1 : last]]


def edit_text(data: bytes, changes: Sequence[Change]) -> bytes:
    """See :func:`edit`. New lines end as those that they replace."""
    raw = data.split(b"\n")
    _check(changes, _count(raw))
    for change in sorted(changes, key=lambda each: each.first, reverse=True):
        raw[change.first - 1 : change.last] = _raw_lines(raw, change)
        if raw and change.last > len(raw):  # the end of a file without a last line end was taken away
            raw[-1] = raw[-1].removesuffix(b"\r")
    return b"\n".join(raw)


def _raw_lines(raw: list[bytes], change: Change) -> list[bytes]:
    unended = change.last == len(raw)
    example = raw[change.first - 1] if change.first < len(raw) else raw[-2] if len(raw) > 1 else b""
    end = b"\r" if example.endswith(b"\r") else b""
    lines = [line.encode("utf-8", "surrogatepass") + end for line in change.lines]
    if unended and lines:
        lines[-1] = lines[-1].removesuffix(end)
    return lines


def edit_notebook(data: bytes, changes: Sequence[Change]) -> bytes:
    """See :func:`edit`."""
    sources = _sources(data)
    _check(changes, data.count(b"\n") + 1)
    by_cell: dict[int, list[tuple[Place, Change]]] = {}
    for index, change in enumerate(changes):
        place = _place(sources, change.first, change.last, index)
        by_cell.setdefault(place.cell, []).append((place, change))
    spell_out = data.isascii() and _SPELLED_OUT.search(data.replace(b"\\\\", b"__")) is not None
    edited: list[bytes] = []
    at = 0
    for cell, found in sorted(by_cell.items()):
        source = sources[cell]
        assert source is not None
        start, end = source.span
        edited += [data[at:start], _edited_source(data, source, found, spell_out=spell_out)]
        at = end
    return b"".join([*edited, data[at:]])


def replaced(old: str, lines: Sequence[str]) -> str:
    """The text that takes the place of *old*, which is a run of whole lines: it ends as *old* does."""
    end = "\r\n" if "\r\n" in old else "\n"
    return end.join(lines) + (end if lines and old.endswith("\n") else "")


def text_of_lines(text: str) -> list[str]:
    """The lines of a source without line ends; a line end at the end begins no further line."""
    lines = text.split("\n")
    if not lines[-1]:
        lines.pop()
    return [line.removesuffix("\r") for line in lines]


def shown_lines(raw: str, *, notebook: bool) -> list[str] | None:
    """What raw lines of a file say: in a notebook the source lines that they hold, else the lines themselves.

    Null where a line of a notebook holds other things as well, as in a file that is one line.
    """
    lines = text_of_lines(raw)
    if not notebook:
        return lines
    found = [_SOURCE_LINE.fullmatch(line) for line in lines]
    try:
        texts = [json.loads(each[1]) for each in found if each is not None]
    except ValueError:
        return None
    return text_of_lines("".join(texts)) if texts and len(texts) == len(lines) else None


class _Item(msgspec.Struct, frozen=True, gc=False):
    text: str
    literal: bytes


def _edited_source(
    data: bytes, source: SourceSpan, changes: Sequence[tuple[Place, Change]], *, spell_out: bool
) -> bytes:
    """The bytes of a source's value with all of *changes*."""
    old = [_Item(element.text, data[slice(*element.span)]) for element in source.elements]
    known = {item.text: item.literal for item in old}
    new = list(old)

    def item(text: str) -> _Item:
        return _Item(text, known.get(text) or _literal(text, spell_out=spell_out))

    for place, change in sorted(changes, key=lambda each: each[0].first, reverse=True):
        before = "".join(each.text for each in old[place.first : place.last + 1])
        after = replaced(before, change.lines)
        new[place.first : place.last + 1] = [
            item(text) for text in ([after] if source.single else after.splitlines(keepends=True))
        ]
        if not change.lines and place.first and not before.endswith("\n") and place.first == len(new):
            # the end of the source was taken away: the line before it is the last one now
            new[-1] = item(new[-1].text.removesuffix("\n").removesuffix("\r"))
    if source.single:
        return new[0].literal
    return _joined(data, source, [each.literal for each in old], [each.literal for each in new])


def _joined(data: bytes, source: SourceSpan, old: Sequence[bytes], new: Sequence[bytes]) -> bytes:
    """The bytes of a list with *new* strings for *old* ones: between the first and the last that differ, each stands
    from the next as the old ones do."""
    start, end = source.span
    if not new:
        return b"[]"
    spans = [element.span for element in source.elements]
    count, shorter = len(old), min(len(old), len(new))
    same_start = next((k for k in range(shorter) if old[k] != new[k]), shorter)
    same_end = next((k for k in range(shorter - same_start) if old[-1 - k] != new[-1 - k]), shorter - same_start)
    first, stop = same_start, count - same_end
    inner = new[same_start : len(new) - same_end]
    k = max(0, min(first, count - 2))
    between = data[spans[k][1] : spans[k + 1][0]] if count > 1 else b"," + data[start + 1 : spans[0][0]]
    text = between.join(inner)
    if first < stop and inner:
        return data[start : spans[first][0]] + text + data[spans[stop - 1][1] : end]
    if inner:  # more strings between two, or at an end
        if first:
            return data[start : spans[first - 1][1]] + between + text + data[spans[first - 1][1] : end]
        return data[start : spans[0][0]] + text + between + data[spans[0][0] : end]
    if first:
        return data[start : spans[first - 1][1]] + data[spans[stop - 1][1] : end]
    return data[start : spans[0][0]] + data[spans[stop][0] if stop < count else end : end]


def _literal(text: str, *, spell_out: bool) -> bytes:
    try:
        return json.dumps(text, ensure_ascii=spell_out).encode()
    except UnicodeEncodeError:  # half of a surrogate pair
        return json.dumps(text).encode()


def _sources(data: bytes) -> list[SourceSpan | None]:
    sources = source_spans(data)
    if sources is None:
        raise EditError("unreadable", 0)
    return sources


def _place(sources: Sequence[SourceSpan | None], first: int, last: int, index: int) -> Place:
    """The strings that the raw lines *first* to *last* hold, in all of which there must be some."""
    found: list[tuple[int, int, Element]] = [
        (cell, number, element)
        for cell, source in enumerate(sources)
        if source is not None
        for number, element in enumerate(source.elements)
        if first <= element.line <= last
    ]
    if len({cell for cell, _, _ in found}) > 1:
        raise EditError("several_cells", index)
    if {element.line for _, _, element in found} != set(range(first, last + 1)):
        raise EditError("not_source", index)
    return Place(cell=found[0][0], first=found[0][1], last=found[-1][1])


def _check(changes: Sequence[Change], count: int) -> None:
    taken: list[tuple[int, int]] = []
    for index, change in enumerate(changes):
        if not 1 <= change.first <= change.last <= count:
            raise EditError("no_such_line", index)
        if any(change.first <= last and first <= change.last for first, last in taken):
            raise EditError("overlapping", index)
        taken.append((change.first, change.last))


def _count(raw: Sequence[bytes]) -> int:
    return len(raw) - (not raw[-1])
