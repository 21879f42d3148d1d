"""Reactions to notes."""

from __future__ import annotations

from ..contract.errors import ErrorCode, GitLabWorkflowError
from ..contract.notes import AwardEmoji, AwardEmojis
from . import entities
from .faults import RefusedError
from .projects import user
from .scope import ProjectScope

_MOST = 500


def listed(scope: ProjectScope, iid: int, note_id: int) -> AwardEmojis:
    """Oldest first."""
    found = scope.client.every(_url(scope, iid, note_id), entities.AwardEmoji, most=_MOST)
    given = [AwardEmoji(id=each.id, name=each.name, user=user(each.user)) for each in found]
    return AwardEmojis(award_emoji=sorted(given, key=lambda each: each.id))


def give(scope: ProjectScope, iid: int, note_id: int, name: str) -> AwardEmojis:
    """GitLab answers 404 to everything that it does not take here; one that is there already is no failure.

    Raises
    ------
    GitLabWorkflowError: ``gitlab_refused`` for a name that GitLab does not know.
    """
    try:
        scope.client.post(_url(scope, iid, note_id), entities.AwardEmoji, {"name": name})
    except RefusedError as refused:
        if refused.code is not ErrorCode.NOT_FOUND or not refused.said.startswith("404 Award Emoji"):
            raise
        said = refused.said
        now = listed(scope, iid, note_id)
        if any(each.name == name and each.user.id == scope.me.id for each in now.award_emoji):
            return now
    else:
        return listed(scope, iid, note_id)
    raise GitLabWorkflowError(
        ErrorCode.GITLAB_REFUSED, f"GitLab does not take “{name}” as a reaction.", "Pick another emoji.", said=said
    )


def take(scope: ProjectScope, iid: int, note_id: int, award_id: int) -> AwardEmojis:
    """One that is gone already is no failure."""
    try:
        scope.client.delete(f"{_url(scope, iid, note_id)}/{award_id}")
    except RefusedError as refused:
        if refused.code is not ErrorCode.NOT_FOUND:
            raise
    return listed(scope, iid, note_id)


def _url(scope: ProjectScope, iid: int, note_id: int) -> str:
    return scope.merge_request_url(iid, "notes", note_id, "award_emoji")
