"""Which stretches of a changed line differ."""

from __future__ import annotations

import re
from collections.abc import Sequence

Span = tuple[int, int]
Spans = tuple[Span, ...]

_TOKEN = re.compile(r"\w+|\s+|[^\w\s]")
_MAX_TOKEN_PAIRS = 1_000_000
"""Tokens times tokens of a changed line (its common ends aside) that are aligned; beyond it, one stretch is marked."""
_MAX_TOKENISED = 400_000
"""Characters that differ, on both sides together, that are cut into tokens; beyond it, one stretch is marked."""


def changed_spans(old: str, new: str, *, ignore_whitespace: bool = False) -> tuple[Spans, Spans]:
    """The stretches of each text that the other lacks, half-open, in UTF-16 code units; by words, not characters.

    With *ignore_whitespace* a stretch of blanks alone is none.
    """
    start, end = _common_ends(old, new)
    middles = old[start : len(old) - end], new[start : len(new) - end]
    kept: list[tuple[int, int, int]] = []
    tokens: tuple[list[str], list[str]] = ([], [])
    if middles[0] and middles[1] and len(middles[0]) + len(middles[1]) <= _MAX_TOKENISED:
        tokens = _TOKEN.findall(middles[0]), _TOKEN.findall(middles[1])
        kept = _common(*tokens)
    spans = []
    for side, text in enumerate((old, new)):
        runs = [(run[side], run[2]) for run in kept]
        gaps = _gaps(runs, tokens[side], len(middles[side]))
        if ignore_whitespace:
            gaps = [(first, stop) for first, stop in gaps if not middles[side][first:stop].isspace()]
        spans.append(_in_units(text, [(start + first, start + stop) for first, stop in gaps]))
    return spans[0], spans[1]


def _common_ends(old: str, new: str) -> tuple[int, int]:
    """Lengths of the common beginning and end, both of whole tokens."""
    from rapidfuzz.distance import Postfix, Prefix

    start = Prefix.similarity(old, new)
    while start and (_within(old, start) or _within(new, start)):
        start -= 1
    end = Postfix.similarity(old[start:], new[start:])
    while end and (_within(old, len(old) - end) or _within(new, len(new) - end)):
        end -= 1
    return start, end


def _within(text: str, place: int) -> bool:
    """Whether *place* cuts a token."""
    if not 0 < place < len(text):
        return False
    before, after = text[place - 1], text[place]
    return (_is_word(before) and _is_word(after)) or (before.isspace() and after.isspace())


def _is_word(character: str) -> bool:
    return character.isalnum() or character == "_"


def _common(old: list[str], new: list[str]) -> list[tuple[int, int, int]]:
    """Common runs (old index, new index, length) worth leaving unmarked: blanks between two changes are not."""
    if len(old) * len(new) > _MAX_TOKEN_PAIRS or (len(old) == 1 and len(new) == 1):
        return []
    from rapidfuzz.distance import Indel

    runs = []
    for code in Indel.opcodes(old, new):
        if code.tag == "equal" and not "".join(old[code.src_start : code.src_end]).isspace():
            runs.append((code.src_start, code.dest_start, code.src_end - code.src_start))
    return runs


def _gaps(runs: list[tuple[int, int]], tokens: list[str], size: int) -> list[Span]:
    """What the runs of tokens leave, as stretches of the *size* characters that the tokens are of."""
    if not runs:
        return [(0, size)] if size else []
    gaps, token, place = [], 0, 0
    for first, count in runs:
        length = sum(map(len, tokens[token:first]))
        if length:
            gaps.append((place, place + length))
        place += length + sum(map(len, tokens[first : first + count]))
        token = first + count
    if place < size:
        gaps.append((place, size))
    return gaps


def _in_units(text: str, stretches: Sequence[Span]) -> Spans:
    if text.isascii():
        return tuple(stretches)
    spans, place, unit = [], 0, 0
    for first, stop in stretches:
        start = unit + _units(text[place:first])
        unit = start + _units(text[first:stop])
        place = stop
        spans.append((start, unit))
    return tuple(spans)


def _units(text: str) -> int:
    """Length in UTF-16 code units."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2
