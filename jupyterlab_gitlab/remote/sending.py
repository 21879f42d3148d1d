"""Texts that reach GitLab once, whatever becomes of the answers: before anything is sent again, GitLab is asked for it.

GitLab's API takes no key by which it would know a repeated request, so a text is known by its author, its place, its
words, and by being newer than what was there when it was first sent.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from ..contract.errors import GitLabWorkflowError
from . import entities
from .doubt import in_doubt

Made = TypeVar("Made")

ARRIVED = "arrived"
"""In the details of a failure without an answer: false if GitLab was asked and has not got the text."""


@dataclass(frozen=True)
class Sent:
    """*known*: the newest one that was there when the text was first sent. *tried*: the texts of earlier tries of which
    it is not known whether they arrived.
    """

    known: int = 0
    tried: tuple[str, ...] = ()


def once(
    text: str,
    sent: Sent,
    send: Callable[[], Made],
    find: Callable[[str], Made | None],
    change: Callable[[Made], Made],
) -> Made:
    """What came of *text*, sent now or found.

    Parameters
    ----------
    find: looks for a text on GitLab. change: gives what was found the new text.

    Raises
    ------
    GitLabWorkflowError: what *send* raises, with :data:`ARRIVED` in its details if GitLab could be asked; what *find*
        raises before anything is sent.
    """
    for tried in dict.fromkeys(sent.tried):
        found = find(tried)
        if found is not None:
            return found if same_text(tried, text) else change(found)
    try:
        return send()
    except GitLabWorkflowError as error:
        if not in_doubt(error):
            raise
        arrived = _looked_for(text, find, error)
        if arrived is None:
            raise
        return arrived


def _looked_for(text: str, find: Callable[[str], Made | None], error: GitLabWorkflowError) -> Made | None:
    try:
        found = find(text)
    except GitLabWorkflowError:
        return None
    if found is None:
        error.details[ARRIVED] = False
    return found


def same_text(one: str, other: str) -> bool:
    """GitLab may take blanks from the ends."""
    return one.strip() == other.strip()


def same_place(here: entities.Position | None, there: entities.Position | None) -> bool:
    """Whether a comment sent to *here* can stand at *there*: GitLab may have carried it to another version."""
    one, other = here or entities.Position(), there or entities.Position()
    if (one.old_path, one.new_path) != (other.old_path, other.new_path):
        return False
    return one.head_sha != other.head_sha or (one.old_line, one.new_line) == (other.old_line, other.new_line)
