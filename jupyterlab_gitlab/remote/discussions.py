"""Discussions of a merge request."""

from __future__ import annotations

from typing import Any

from ..contract.discussions import CreateDiscussionBody, Discussion, Discussions, Note
from ..contract.merge_requests import DiffRefs
from ..notebooks.positions.ranges import LineRange
from ..notebooks.suggestions.applied import Applied, applied_in
from . import entities, merge_request_data, notes, positions
from .faults import RefusedError
from .parallel import together
from .projects import user_or_none
from .scope import ProjectScope, ScopeOfNow
from .sending import Sent, once, same_place

_MOST = 10_000


def listed(scope: ProjectScope, iid: int) -> Discussions:
    found, refs = together(lambda: _every(scope, iid), lambda: merge_request_data.newest(scope, iid))
    now = ScopeOfNow(scope)
    return Discussions(discussions=[_discussion(now, iid, each, refs) for each in found])


def one(scope: ProjectScope, iid: int, discussion_id: str) -> Discussion:
    """One of them. Raises ``not_found``."""
    url = scope.merge_request_url(iid, "discussions", discussion_id)
    found, refs = together(
        lambda: scope.client.get(url, entities.Discussion), lambda: merge_request_data.newest(scope, iid)
    )
    return _discussion(scope, iid, found, refs)


def unresolved(scope: ProjectScope, iid: int) -> int:
    """How many discussions are open threads."""
    threads = (_resolvable(each) for each in _every(scope, iid))
    return sum(1 for notes in threads if notes and not all(note.resolved for note in notes))


def create(
    scope: ProjectScope,
    iid: int,
    body: CreateDiscussionBody,
    lines: LineRange | None = None,
    sent: Sent | None = None,
) -> Discussion:
    """Starts a thread; neither ``body.cell`` nor ``body.delivery`` is looked at.

    Parameters
    ----------
    sent: what is known of earlier tries. Without it nothing is looked for when no answer comes.

    Raises
    ------
    GitLabWorkflowError: ``position_refused`` if the position's version does not have such a line.
    """
    asked: dict[str, Any] = {"body": body.body}
    if body.position is not None:
        asked["position"] = positions.to_send(body.position, lines)

    def send() -> entities.Discussion:
        return notes.made(scope, scope.merge_request_url(iid, "discussions"), asked, entities.Discussion)

    def find(text: str, known: int) -> entities.Discussion | None:
        place = None if body.position is None else positions.as_stored(body.position)
        return next((each for each in _every(scope, iid) if _is_start(scope, each, text, place, known)), None)

    def change(found: entities.Discussion) -> entities.Discussion:
        notes.rewrite(scope, iid, found.notes[0].id, body.body)
        return scope.client.get(scope.merge_request_url(iid, "discussions", found.id), entities.Discussion)

    try:
        made = send() if sent is None else once(body.body, sent, send, lambda text: find(text, sent.known), change)
    except RefusedError as refused:
        if body.position is None or not positions.is_about_position(refused):
            raise
        said = refused.said
    else:
        return _discussion(scope, iid, made, merge_request_data.newest(scope, iid))
    raise positions.position_refused(said)


def reply(scope: ProjectScope, iid: int, discussion_id: str, body: str, sent: Sent | None = None) -> Note:
    """Adds a note. *sent* as for :func:`create`."""
    thread = scope.merge_request_url(iid, "discussions", discussion_id)

    def send() -> entities.Note:
        return notes.made(scope, f"{thread}/notes", {"body": body}, entities.Note)

    def find(text: str, known: int) -> entities.Note | None:
        there = scope.client.get(thread, entities.Discussion).notes
        return next((each for each in there if notes.is_mine(scope, each, text, known)), None)

    def change(found: entities.Note) -> entities.Note:
        return notes.rewrite(scope, iid, found.id, body)

    made = send() if sent is None else once(body, sent, send, lambda text: find(text, sent.known), change)
    return notes.note(scope, iid, made)


def resolve(scope: ProjectScope, iid: int, discussion_id: str, resolved: bool) -> Discussion:
    url = scope.merge_request_url(iid, "discussions", discussion_id)
    found = scope.client.put(url, entities.Discussion, {"resolved": resolved})
    return _discussion(scope, iid, found, merge_request_data.newest(scope, iid))


def _every(scope: ProjectScope, iid: int) -> list[entities.Discussion]:
    return scope.client.every(scope.merge_request_url(iid, "discussions"), entities.Discussion, most=_MOST)


def _is_start(
    scope: ProjectScope, found: entities.Discussion, text: str, place: entities.Position | None, known: int
) -> bool:
    """Whether *text* has started this thread at *place*."""
    return (
        bool(found.notes)
        and notes.is_mine(scope, found.notes[0], text, known)
        and same_place(place, found.notes[0].position)
    )


def _resolvable(found: entities.Discussion) -> list[entities.Note]:
    return [note for note in found.notes if note.resolvable]


def _discussion(scope: ProjectScope, iid: int, found: entities.Discussion, newest: DiffRefs | None) -> Discussion:
    resolvable = _resolvable(found)
    resolved = bool(resolvable) and all(note.resolved for note in resolvable)
    first = found.notes[0] if found.notes else None
    applied = set[Applied]().union(*(applied_in(note.body) for note in found.notes))
    return Discussion(
        id=found.id,
        individual=found.individual_note,
        resolvable=bool(resolvable),
        resolved=resolved,
        resolved_by=user_or_none(resolvable[-1].resolved_by) if resolved else None,
        position=positions.read(first.position, newest) if first else None,
        cell=notes.cell_mark(first) if first else None,
        notes=[notes.note(scope, iid, note, applied) for note in found.notes],
    )
