"""Which stretches of a changed line differ."""

from __future__ import annotations

import re
from collections.abc import Sequence

from .fuzzy import distances

Span = tuple[int, int]
Spans = tuple[Span, ...]

_TOKEN = re.compile(r"\w+|\s+|[^\w\s]")
_ASCII_TOKEN = re.compile(r"[A-Za-z0-9_]+|\s+|[^A-Za-z0-9_\s]")
"""The same where a text is ASCII, a third faster."""
_LONG = 60
"""Characters of both sides from which the common ends are set aside before the texts are cut into tokens."""
_MAX_TOKEN_PAIRS = 1_000_000
"""Tokens times tokens of a changed line (its common ends aside) that are aligned; beyond it, one stretch is marked."""
_MAX_TOKENISED = 400_000
"""Characters that differ, on both sides together, that are cut into tokens; beyond it, one stretch is marked."""


def changed_spans(old: str, new: str, *, by_words: bool = True, ignore_whitespace: bool = False) -> tuple[Spans, Spans]:
    """The stretches of each text that the other lacks, half-open, in UTF-16 code units; by words, not characters.

    Without *by_words* it is one stretch, between the common ends. With *ignore_whitespace* a stretch of blanks alone is
    none.
    """
    start, end = _common_ends(old, new) if not by_words or len(old) + len(new) > _LONG else (0, 0)
    old_middle, new_middle = (old[start : len(old) - end], new[start : len(new) - end]) if start or end else (old, new)
    if not by_words or len(old_middle) + len(new_middle) > _MAX_TOKENISED:
        stretches = _whole(old_middle), _whole(new_middle)
    else:
        stretches = _stretches(_tokens(old_middle), _tokens(new_middle))
    if ignore_whitespace:
        stretches = _not_blank(stretches[0], old_middle), _not_blank(stretches[1], new_middle)
    return _in_units(old, stretches[0], start), _in_units(new, stretches[1], start)


def _tokens(text: str) -> list[str]:
    return (_ASCII_TOKEN if text.isascii() else _TOKEN).findall(text)


def _whole(text: str) -> list[Span]:
    return [(0, len(text))] if text else []


def _stretches(old: list[str], new: list[str]) -> tuple[list[Span], list[Span]]:
    """What two lists of tokens do not share, in characters."""
    shorter = min(len(old), len(new))
    start = end = 0
    while start < shorter and old[start] == new[start]:
        start += 1
    while end < shorter - start and old[-1 - end] == new[-1 - end]:
        end += 1
    old_middle, new_middle = old[start : len(old) - end], new[start : len(new) - end]
    offset = sum(map(len, old[:start]))
    runs = _runs(old_middle, new_middle)
    return (
        _gaps([(i, count) for i, _, count in runs], old_middle, offset),
        _gaps([(j, count) for _, j, count in runs], new_middle, offset),
    )


def _runs(old: list[str], new: list[str]) -> list[tuple[int, int, int]]:
    """Common runs (old index, new index, length) worth leaving unmarked: blanks between two changes are not."""
    if not old or not new or len(old) == len(new) == 1 or len(old) * len(new) > _MAX_TOKEN_PAIRS:
        return []
    return [
        (code.src_start, code.dest_start, code.src_end - code.src_start)
        for code in distances().Indel.opcodes(old, new)
        if code.tag == "equal" and not "".join(old[code.src_start : code.src_end]).isspace()
    ]


def _gaps(runs: list[tuple[int, int]], tokens: list[str], place: int) -> list[Span]:
    """What the runs of tokens leave, in characters from *place* on."""
    gaps, token = [], 0
    for first, count in [*runs, (len(tokens), 0)]:
        stop = place + sum(map(len, tokens[token:first]))
        if stop > place:
            gaps.append((place, stop))
        token = first + count
        place = stop + sum(map(len, tokens[first:token]))
    return gaps


def _common_ends(old: str, new: str) -> tuple[int, int]:
    """Lengths of the common beginning and end, both of whole tokens."""
    start: int = distances().Prefix.similarity(old, new)
    if _within(old, start) or _within(new, start):
        kind = _kind(old[start - 1])
        while start and _kind(old[start - 1]) == kind:
            start -= 1
    end: int = distances().Postfix.similarity(old[start:], new[start:])
    if _within(old, len(old) - end) or _within(new, len(new) - end):
        kind = _kind(old[-end])
        while end and _kind(old[-end]) == kind:
            end -= 1
    return start, end


def _within(text: str, place: int) -> bool:
    """Whether *place* cuts a token."""
    return 0 < place < len(text) and _kind(text[place - 1]) == _kind(text[place]) != 0


def _kind(character: str) -> int:
    """What a character makes a token with: 1 words, 2 blanks, 0 nothing."""
    return 1 if character.isalnum() or character == "_" else 2 if character.isspace() else 0


def _not_blank(stretches: list[Span], text: str) -> list[Span]:
    return [(first, stop) for first, stop in stretches if not text[first:stop].isspace()]


def _in_units(text: str, stretches: Sequence[Span], offset: int) -> Spans:
    if text.isascii():
        return tuple((first + offset, stop + offset) for first, stop in stretches) if offset else tuple(stretches)
    spans, place, unit = [], 0, 0
    for first, stop in stretches:
        start = unit + _units(text[place : offset + first])
        unit = start + _units(text[offset + first : offset + stop])
        place = offset + stop
        spans.append((start, unit))
    return tuple(spans)


def _units(text: str) -> int:
    """Length in UTF-16 code units."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2
