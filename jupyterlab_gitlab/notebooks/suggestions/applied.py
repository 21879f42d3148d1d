"""The hidden note in a comment that says which suggestions of its thread were applied.

GitLab marks a suggestion that it applied itself; to a notebook it applies none. The comment that tells of the commit
there ends in HTML comments, which neither GitLab nor JupyterLab shows: ``<!-- applied: note=12 index=0 -->``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

Applied = tuple[int, int]
"""A note's id, and which of its suggestions, from 0."""

_MARK = re.compile(r"<!-- applied: note=(\d{1,18}) index=(\d{1,4}) -->")


def with_applied(text: str, applied: Iterable[Applied]) -> str:
    """*text* with the hidden notes at its end."""
    return "\n".join([text, "", *(f"<!-- applied: note={note} index={index} -->" for note, index in applied)])


def applied_in(body: str) -> set[Applied]:
    """Which suggestions a comment says to be applied."""
    return {(int(note), int(index)) for note, index in _MARK.findall(body)}
