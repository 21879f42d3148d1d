"""Notes of a merge request."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, TypeVar

import msgspec

from ..contract.discussions import Note
from ..contract.errors import ErrorCode, GitLabWorkflowError
from ..contract.paths import file_path
from ..contract.positions import CellMark
from ..notebooks.positions import marker
from ..notebooks.positions.marker import split_mark, with_mark
from ..notebooks.suggestions.applied import Applied
from . import entities
from .faults import RefusedError
from .projects import user
from .scope import MAINTAINER, ProjectScope
from .sending import Sent, once, same_text
from .suggested import suggestions
from .times import utc

Made = TypeVar("Made", entities.Discussion, entities.Note)


def note(scope: ProjectScope, iid: int, found: entities.Note, applied: Collection[Applied] = ()) -> Note:
    """The contract's note; what leads back to a cell is left out of its text.

    Parameters
    ----------
    applied: the suggestions that its thread says to be.
    """
    level = scope.access_level
    may_edit = found.author.id == scope.me.id or (level is not None and level >= MAINTAINER)
    body = split_mark(found.body)[0]
    mine = frozenset(index for note_id, index in applied if note_id == found.id)
    return Note(
        id=found.id,
        author=user(found.author),
        body=body,
        created_at=utc(found.created_at),
        updated_at=utc(found.updated_at),
        system=found.system,
        can_edit=may_edit and not found.system,
        suggestions=[] if found.system else suggestions(body, found.position, found.suggestions, mine),
        web_url=f"{scope.target.web_url}/-/merge_requests/{iid}#note_{found.id}",
    )


def update(scope: ProjectScope, iid: int, note_id: int, text: str) -> Note:
    """Another text; the way back to its cell stays in it."""
    url = scope.merge_request_url(iid, "notes", note_id)
    mark = split_mark(scope.client.get(url, entities.Note).body)[1]
    body = text if mark is None else with_mark(text, mark)
    return note(scope, iid, scope.client.put(url, entities.Note, {"body": body}))


def rewrite(scope: ProjectScope, iid: int, note_id: int, text: str) -> entities.Note:
    """Another text, just as it is."""
    return scope.client.put(scope.merge_request_url(iid, "notes", note_id), entities.Note, {"body": text})


def is_mine(scope: ProjectScope, found: entities.Note, text: str, known: int) -> bool:
    """Whether a note newer than *known* says *text* in my name."""
    return found.id > known and found.author.id == scope.me.id and same_text(found.body, text)


def delete(scope: ProjectScope, iid: int, note_id: int) -> None:
    """One that is gone already is no failure."""
    try:
        scope.client.delete(scope.merge_request_url(iid, "notes", note_id))
    except RefusedError as refused:
        if refused.code is not ErrorCode.NOT_FOUND:
            raise


def say(scope: ProjectScope, iid: int, text: str, known_note: int | None = None) -> None:
    """Adds a single comment. If no answer comes, GitLab is asked whether it has it.

    Parameters
    ----------
    known_note: the newest note that was there when the text was first sent. One of mine with the same text that has
        come since is that very comment, and nothing is sent again.
    """
    sent = Sent(latest(scope, iid)) if known_note is None else Sent(known_note, (text,))

    def send() -> entities.Note:
        return made(scope, scope.merge_request_url(iid, "notes"), {"body": text}, entities.Note)

    def find(text: str) -> entities.Note | None:
        return next((each for each in _newest(scope, iid) if is_mine(scope, each, text, sent.known)), None)

    once(text, sent, send, find, lambda found: found)


def made(scope: ProjectScope, url: str, body: dict[str, Any], answer: type[Made]) -> Made:
    """Posts *body*. A text of quick actions alone makes no note: GitLab answers 202 with what they did."""
    content = scope.client.post(url, msgspec.Raw, body)
    done = scope.client.decode(content, entities.CommandsOnly)
    if done.id is None:
        summary = done.summary if isinstance(done.summary, str) else " ".join(done.summary or ())
        raise GitLabWorkflowError(
            ErrorCode.GITLAB_REFUSED,
            f"GitLab carried out the quick actions, and no text was left for a comment. {summary}".strip(),
            "Refresh to see what they did.",
        )
    return scope.client.decode(content, answer)


def latest(scope: ProjectScope, iid: int) -> int:
    """The newest note's id, 0 if there is none."""
    return max((each.id for each in _newest(scope, iid)), default=0)


def _newest(scope: ProjectScope, iid: int) -> list[entities.Note]:
    query = {"sort": "desc", "order_by": "created_at"}
    return scope.client.page(scope.merge_request_url(iid, "notes"), entities.Note, query, per_page=100).items


def cell_mark(found: entities.Note) -> CellMark | None:
    """The cell that a comment was made on, null for one on a line or on nothing."""
    mark = None if found.system else split_mark(found.body)[1]
    return None if mark is None else contract_mark(mark)


def contract_mark(mark: marker.CellMark) -> CellMark:
    """The hidden note of a comment's text as the contract gives it."""
    return CellMark(path=file_path(mark.path), side=mark.side, index=mark.index, id=mark.id, output=mark.output)
