"""A notebook with git's conflict markers: JSON no more, but both sides of it are.

Imported where a file turns out to have such markers (:mod:`.textconv`).
"""

from __future__ import annotations

import difflib

_OURS, _BASE, _BETWEEN, _THEIRS = b"<<<<<<< ", b"|||||||", b"=======", b">>>>>>> "
_MOST_LINES = 4_000
"""Lines of both texts together that are compared; more of them could take seconds."""


def sides(data: bytes) -> tuple[bytes, bytes, str, str] | None:
    """Our and their version of a file and what the markers call them; None if the markers make no sense."""
    ours: list[bytes] = []
    theirs: list[bytes] = []
    into: tuple[list[bytes], ...] = (ours, theirs)
    names = ["", ""]
    state = b""
    for line in data.splitlines(keepends=True):
        if line.startswith(_OURS) and not state:
            into, state, names[0] = (ours,), _OURS, _name(line, _OURS)
        elif line.startswith(_BASE) and state == _OURS:
            into, state = (), _BASE
        elif line.rstrip() == _BETWEEN and state in (_OURS, _BASE):
            into, state = (theirs,), _BETWEEN
        elif line.startswith(_THEIRS) and state == _BETWEEN:
            into, state, names[1] = (ours, theirs), b"", _name(line, _THEIRS)
        else:
            for lines in into:
                lines.append(line)
    return None if state or not names[1] else (b"".join(ours), b"".join(theirs), names[0], names[1])


def marked(ours: str, theirs: str, names: tuple[str, str]) -> str:
    """Both texts in one, with markers round the lines that differ."""
    old, new = ours.splitlines(keepends=True), theirs.splitlines(keepends=True)
    shorter = min(len(old), len(new))
    start = end = 0
    while start < shorter and old[start] == new[start]:
        start += 1
    while end < shorter - start and old[-1 - end] == new[-1 - end]:
        end += 1
    first, second = old[start : len(old) - end], new[start : len(new) - end]
    stretches = [("replace", 0, len(first), 0, len(second))]
    if len(first) + len(second) <= _MOST_LINES:
        stretches = list(difflib.SequenceMatcher(None, first, second).get_opcodes())
    parts = old[:start]
    for kind, i, i_end, j, j_end in stretches:
        if kind == "equal":
            parts += first[i:i_end]
        else:
            parts += [f"<<<<<<< {names[0]}\n", *first[i:i_end], "=======\n", *second[j:j_end], f">>>>>>> {names[1]}\n"]
    return "".join([*parts, *old[len(old) - end :]])


def _name(line: bytes, marker: bytes) -> str:
    return line[len(marker) :].decode("utf-8", "replace").strip()
