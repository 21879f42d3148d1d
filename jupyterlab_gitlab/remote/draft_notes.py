"""Pending comments: GitLab's draft notes, read and written."""

from __future__ import annotations

from typing import Any

from ..contract.draft_notes import DraftNote, DraftNotes, Verdict
from ..contract.errors import ErrorCode, GitLabWorkflowError
from ..contract.merge_requests import DiffRefs
from ..contract.positions import NewPosition
from ..notebooks.positions.marker import split_mark, with_mark
from ..notebooks.positions.ranges import LineRange
from . import entities, instance, merge_request_data, notes, positions
from .faults import RefusedError
from .parallel import together
from .scope import ProjectScope
from .sending import Sent, once, same_text
from .suggested import suggestions

_MOST = 1_000


def listed(scope: ProjectScope, iid: int) -> DraftNotes:
    """Mine, oldest first."""
    found, refs, states = together(
        lambda: read(scope, iid),
        lambda: merge_request_data.newest(scope, iid),
        lambda: instance.has(scope.client, instance.REVIEWER_STATE),
    )
    verdicts: list[Verdict] = ["comment", "approve", "request_changes"] if states else ["comment", "approve"]
    return DraftNotes(draft_notes=[draft_note(each, refs) for each in found], verdicts=verdicts)


def read(scope: ProjectScope, iid: int) -> list[entities.DraftNote]:
    """As GitLab gives them."""
    found = scope.client.every(scope.merge_request_url(iid, "draft_notes"), entities.DraftNote, most=_MOST)
    return sorted(found, key=lambda each: each.id)


def create(
    scope: ProjectScope,
    iid: int,
    text: str,
    position: NewPosition | None = None,
    lines: LineRange | None = None,
    *,
    discussion_id: str | None = None,
    resolve: bool | None = None,
    sent: Sent | None = None,
) -> DraftNote:
    """Keeps a comment. GitLab does not look at its position before it is published.

    If no answer comes, GitLab is asked whether it has the comment.

    Parameters
    ----------
    resolve: for a reply; null leaves the thread as it is now.
    sent: what is known of earlier tries; its numbers are those of pending comments.

    Raises
    ------
    GitLabWorkflowError: ``draft_note_exists`` with ``details["id"]`` for a second reply to the same thread.
    """
    sent = sent or Sent()
    asked: dict[str, Any] = {"note": text}
    if position is not None:
        asked["position"] = positions.to_send(position, lines)
    if discussion_id is not None:
        asked["in_reply_to_discussion_id"] = discussion_id
        asked["resolve_discussion"] = _is_resolved(scope, iid, discussion_id) if resolve is None else resolve
    url = scope.merge_request_url(iid, "draft_notes")

    def send() -> entities.DraftNote:
        return scope.client.post(url, entities.DraftNote, asked)

    def find(text: str) -> entities.DraftNote | None:
        return _arrived(scope, iid, {**asked, "note": text}, sent.known)

    def change(found: entities.DraftNote) -> entities.DraftNote:
        place = positions.to_resend(found.position)
        body = {"note": text} if place is None else {"note": text, "position": place}
        return scope.client.put(f"{url}/{found.id}", entities.DraftNote, body)

    try:
        made = once(text, sent, send, find, change)
    except RefusedError as refused:
        if refused.http_status != 400 or "taken" not in refused.said:
            raise
    else:
        return draft_note(made, merge_request_data.newest(scope, iid))
    raise _exists(scope, iid, discussion_id)


def update(scope: ProjectScope, iid: int, draft_id: int, text: str) -> DraftNote:
    """Another text. GitLab drops a position that does not come again, so it is read and sent with it."""
    url = scope.merge_request_url(iid, "draft_notes", draft_id)
    now = scope.client.get(url, entities.DraftNote)
    mark = split_mark(now.note)[1]
    asked: dict[str, Any] = {"note": text if mark is None else with_mark(text, mark)}
    position = positions.to_resend(now.position)
    if position is not None:
        asked["position"] = position
    return draft_note(scope.client.put(url, entities.DraftNote, asked), merge_request_data.newest(scope, iid))


def delete(scope: ProjectScope, iid: int, draft_id: int) -> None:
    """One that is gone already is no failure."""
    try:
        scope.client.delete(scope.merge_request_url(iid, "draft_notes", draft_id))
    except RefusedError as refused:
        if refused.http_status != 404 or refused.code is not ErrorCode.NOT_FOUND:
            raise


def publish(scope: ProjectScope, iid: int, draft_id: int) -> None:
    """Makes one a note."""
    scope.client.put(scope.merge_request_url(iid, "draft_notes", draft_id, "publish"), type(None), {})


def publish_all(scope: ProjectScope, iid: int, state: str | None = None) -> None:
    """Makes all notes. See :mod:`.submitting` for what may be left when this fails.

    Parameters
    ----------
    state: ``reviewed`` or ``requested_changes``: how the review ends. A GitLab before 19.2 passes over it.
    """
    body = {} if state is None else {"reviewer_state": state}
    scope.client.post(scope.merge_request_url(iid, "draft_notes", "bulk_publish"), type(None), body)


def draft_note(found: entities.DraftNote, newest: DiffRefs | None) -> DraftNote:
    """The contract's pending comment; what leads back to a cell is left out of its text."""
    body, mark = split_mark(found.note)
    return DraftNote(
        id=found.id,
        body=body,
        discussion_id=found.discussion_id,
        resolve=found.resolve_discussion,
        position=positions.read(found.position, newest),
        cell=None if mark is None else notes.contract_mark(mark),
        suggestions=suggestions(body, found.position),
    )


def _is_resolved(scope: ProjectScope, iid: int, discussion_id: str) -> bool:
    found = scope.client.get(scope.merge_request_url(iid, "discussions", discussion_id), entities.Discussion)
    resolvable = [note for note in found.notes if note.resolvable]
    return bool(resolvable) and all(note.resolved for note in resolvable)


def _arrived(scope: ProjectScope, iid: int, asked: dict[str, Any], known: int) -> entities.DraftNote | None:
    """The draft that *asked* made although no answer said so, newer than *known*; null if there is none."""
    place = asked.get("position") or {}
    for each in reversed(read(scope, iid)):
        at = each.position or entities.Position()
        if (
            each.id > known
            and same_text(each.note, asked["note"])
            and each.discussion_id == asked.get("in_reply_to_discussion_id")
            and (at.new_path, at.old_line, at.new_line)
            == (place.get("new_path"), place.get("old_line"), place.get("new_line"))
        ):
            return each
    return None


def _exists(scope: ProjectScope, iid: int, discussion_id: str | None) -> GitLabWorkflowError:
    known = next((each.id for each in read(scope, iid) if each.discussion_id == discussion_id), None)
    return GitLabWorkflowError(
        ErrorCode.DRAFT_NOTE_EXISTS,
        "You already have a pending reply in this thread.",
        "Change that one: GitLab keeps one pending reply a thread.",
        id=known,
    )
