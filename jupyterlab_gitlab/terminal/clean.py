"""Texts of a notebook without what would steer the terminal they are printed on.

Imports nothing but ``re``: git waits for it (:mod:`.git_driver`).
"""

from __future__ import annotations

import re

_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")
"""Control characters other than tab and line feed, line separators, those that turn the direction of reading (they
make code look like other code), byte order marks, lone surrogates."""
_SEQUENCE = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)?|[@-Z\\-_])")


def clean(text: str) -> str:
    """*text* with control characters written as ``\\xNN`` (``\\uNNNN``), a carriage return as ``␍``."""
    return text if text.isascii() and text.isprintable() else _CONTROL.sub(_named, text)


def clean_name(text: str) -> str:
    """The same for what has to stay in one line: a name, a key, a value."""
    return clean(text).replace("\n", "\\n").replace("\t", "\\t")


def _named(found: re.Match[str]) -> str:
    character = ord(found[0])
    return "␍" if character == 0x0D else f"\\x{character:02x}" if character < 0x100 else f"\\u{character:04x}"


def shown_text(text: str) -> str:
    """What a terminal would be left with: no colours, and of a line that was written over only its last state."""
    if "\x1b" in text:
        text = _SEQUENCE.sub("", text)
    if "\r" in text:
        lines = text.replace("\r\n", "\n").split("\n")
        text = "\n".join(line.rstrip("\r").rpartition("\r")[2] for line in lines)
    return text
