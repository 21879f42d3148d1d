"""The suggestion blocks of a comment, read as GitLab does (``lib/gitlab/diff/suggestions_parser.rb``)."""

from __future__ import annotations

import re

import msgspec

MOST_LINES = 100
"""How far a suggestion may reach above and below its line (``app/models/suggestion.rb``)."""

_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})[ \t]*([^\s`]*)")
_REACH = re.compile(r"(?:-(\d{1,6}))?(?:\+(\d{1,6}))?")


class Block(msgspec.Struct, frozen=True, kw_only=True):
    """One suggested change: *lines* (without line ends) take the place of the comment's line and of so many lines
    *above* and *below* it. No lines, or blank ones only, take them away. The block is the lines *begins* to *ends* of
    the comment's text (from 0, half-open)."""

    above: int
    below: int
    lines: list[str]
    begins: int
    ends: int


def blocks(body: str) -> list[Block]:
    """The suggestion blocks of a comment's Markdown, in order; one that is not closed ends with the text."""
    found: list[Block] = []
    fence = language = ""
    lines: list[str] = []
    begins, texts = 0, body.replace("\r\n", "\n").split("\n")
    for number, line in enumerate(texts):
        match = _FENCE.match(line)
        if not fence:
            # what follows three backticks on the same line may be code in a sentence
            if match and not (match[1][0] == "`" and "`" in line[match.end(1) :]):
                fence, language, lines, begins = match[1], match[2], [], number
        elif match and match[1].startswith(fence) and not line[match.end(1) :].strip():
            found += _block(language, lines, begins, number + 1)
            fence = ""
        else:
            lines.append(line)
    return found + (_block(language, lines, begins, len(texts)) if fence else [])


def _block(language: str, lines: list[str], begins: int, ends: int) -> list[Block]:
    name, _, reach = language.partition(":")
    if name != "suggestion":
        return []
    match = _REACH.fullmatch(reach)
    above, below = (int(number or 0) for number in match.groups()) if match else (0, 0)
    blank = not any(line.strip() for line in lines)
    return [Block(above=above, below=below, lines=[] if blank else lines, begins=begins, ends=ends)]
