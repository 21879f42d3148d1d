"""What can be done with one note: change it, take it away, react to it."""

from __future__ import annotations

from .base import Body, Reply
from .projects import User


class UpdateNoteBody(Body, kw_only=True):
    """Another text."""

    body: str


class DeletedNote(Reply, kw_only=True):
    """The note that is gone. With its first note a thread goes, too, unless others have replied."""

    id: int


class AwardEmoji(Reply, kw_only=True):
    """One reaction. *name* is GitLab's, without colons (``thumbsup``)."""

    id: int
    name: str
    user: User


class AwardEmojis(Reply, kw_only=True):
    """All reactions to a note, oldest first. GitLab's API gives them by note: ask for a note that is looked at."""

    award_emoji: list[AwardEmoji]


class AwardEmojiBody(Body, kw_only=True):
    """Reacts with an emoji; one that I have given already stays."""

    name: str
