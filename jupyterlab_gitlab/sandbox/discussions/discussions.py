"""Threads of a merge request: on its diff, or general."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ..diffs import positions
from ..merge_requests import auto_merge
from ..merge_requests.access import NOTEABLE, find_merge_request
from ..merge_requests.threads import set_resolved
from ..rest.errors import forbidden, not_found
from ..rest.paging import paginate
from ..rest.parameters import PAGING, Param, require_one
from ..rest.routing import Reply, Request, Routes
from ..store.sqlite import Row
from .commands import say
from .entity import Presenter, present_discussion, present_note
from .notes import NOTE_ID, change_body, chosen_time, find_note, may_comment, remove, resolve_note
from .records import (
    add_note,
    add_reply,
    discussion_notes,
    may_resolve,
    place,
)

routes = Routes()

_LIST = "/projects/:id/merge_requests/:noteable_id/discussions"
_ONE = f"{_LIST}/:discussion_id"
_NOTE = f"{_ONE}/notes/:note_id"


class _Discussions:
    """The discussions of a merge request, oldest first, read a page at a time."""

    def __init__(self, request: Request, merge_request: Row) -> None:
        self._request, self._merge_request = request, merge_request

    def count(self) -> int:
        sql = "SELECT COUNT(DISTINCT discussion_id) FROM notes WHERE merge_request_id = ?"
        return int(self._request.store.value(sql, self._merge_request["id"]))

    def slice(self, offset: int, limit: int) -> Sequence[list[Row]]:
        ids = self._request.store.rows(
            "SELECT discussion_id FROM notes WHERE merge_request_id = ? GROUP BY discussion_id"
            " ORDER BY MIN(created_at), MIN(id) LIMIT ? OFFSET ?",
            self._merge_request["id"],
            limit,
            offset,
        )
        found = discussion_notes(self._request.instance, self._merge_request, *(row["discussion_id"] for row in ids))
        return [found[row["discussion_id"]] for row in ids]


@routes("GET", _LIST, NOTEABLE, *PAGING, sign_in=True)
def list_discussions(request: Request) -> Reply:
    merge_request = find_merge_request(request)
    found = _Discussions(request, merge_request)
    return paginate(request, found, Presenter(request.instance, merge_request).discussion)


@routes("GET", _ONE, NOTEABLE, sign_in=True)
def get_discussion(request: Request) -> Any:
    merge_request = find_merge_request(request)
    return present_discussion(request.instance, merge_request, _find(request, merge_request))


@routes(
    "POST",
    _LIST,
    NOTEABLE,
    Param("body", required=True),
    Param("created_at", "datetime"),
    Param("commit_id"),
    positions.PARAM,
)
def create_discussion(request: Request) -> Any:
    merge_request = find_merge_request(request)
    may_comment(request, merge_request)
    sent = request.get("position")
    columns: dict[str, Any] = {"type": "DiscussionNote"}
    if sent is not None:
        columns = place(request.instance, merge_request, positions.read_position(sent))
        columns["commit_id"] = request.get("commit_id")
    columns["created_at"] = chosen_time(request, merge_request)
    presenter = Presenter(request.instance, merge_request)
    return say(
        request,
        merge_request,
        lambda text: add_note(request.instance, merge_request, request.me, text, **columns),
        lambda note, _: presenter.discussion([note]),
    )


@routes("PUT", _ONE, NOTEABLE, Param("resolved", "boolean", required=True))
def resolve_discussion(request: Request) -> Any:
    merge_request = find_merge_request(request)
    notes = _find(request, merge_request)
    if not may_resolve(request.instance, merge_request, request.me, notes):
        raise forbidden()
    set_resolved(request.instance, merge_request, notes, request.me, bool(request.get("resolved")))
    auto_merge.process(request.instance, merge_request["id"])
    return present_discussion(request.instance, merge_request, _find(request, merge_request))


@routes("GET", f"{_ONE}/notes", NOTEABLE, sign_in=True)
def list_discussion_notes(request: Request) -> Any:
    merge_request = find_merge_request(request)
    return list(map(Presenter(request.instance, merge_request).note, _find(request, merge_request, "Notes")))


@routes("POST", f"{_ONE}/notes", NOTEABLE, Param("body", required=True), Param("created_at", "datetime"))
def reply(request: Request) -> Any:
    merge_request = find_merge_request(request)
    may_comment(request, merge_request)
    first = _find(request, merge_request)[0]
    when = chosen_time(request, merge_request)
    return say(
        request,
        merge_request,
        lambda text: add_reply(request.instance, merge_request, first, request.me, text, when),
        Presenter(request.instance, merge_request).note,
    )


@routes("GET", _NOTE, NOTEABLE, NOTE_ID, sign_in=True)
def get_discussion_note(request: Request) -> Any:
    merge_request = find_merge_request(request)
    return present_note(request.instance, merge_request, _note(request, merge_request))


@routes("PUT", _NOTE, NOTEABLE, NOTE_ID, Param("body"), Param("resolved", "boolean"))
def update_discussion_note(request: Request) -> Any:
    require_one(request.params, "body", "resolved", exactly=True)
    merge_request = find_merge_request(request)
    note = _note(request, merge_request)
    if (resolved := request.get("resolved")) is None:
        return change_body(request, merge_request, note)
    return resolve_note(request, merge_request, note, resolved)


@routes("DELETE", _NOTE, NOTEABLE, NOTE_ID)
def delete_discussion_note(request: Request) -> None:
    merge_request = find_merge_request(request)
    remove(request, merge_request, _note(request, merge_request))


def _find(request: Request, merge_request: Row, what: str = "Discussion") -> list[Row]:
    key = request.params["discussion_id"]
    notes = discussion_notes(request.instance, merge_request, key).get(key)
    if not notes:
        raise not_found(what)
    return notes


def _note(request: Request, merge_request: Row) -> Row:
    note = find_note(request, merge_request)
    if note["discussion_id"] != request.params["discussion_id"]:
        raise not_found()
    return note
