"""Single comments under a merge request, and the notes of all its threads as one list."""

from __future__ import annotations

from typing import Any

from ..accounts.access import Level
from ..merge_requests import auto_merge, todos
from ..merge_requests.access import NOTEABLE, find_merge_request, is_developer
from ..merge_requests.threads import resolvable, set_resolved
from ..rest.errors import bad_request, forbidden, not_found
from ..rest.paging import Query, paginate
from ..rest.parameters import PAGING, Param
from ..rest.routing import Reply, Request, Routes
from ..store.sqlite import Row
from ..store.times import now, parse, utc
from . import suggestions
from .commands import say
from .entity import Presenter, present_note
from .records import add_note

routes = Routes()

_LIST = "/projects/:id/merge_requests/:noteable_id/notes"
_ONE = f"{_LIST}/:note_id"
NOTE_ID = Param("note_id", "integer")


@routes(
    "GET",
    _LIST,
    NOTEABLE,
    Param("order_by", values=("created_at", "updated_at"), default="created_at"),
    Param("sort", values=("asc", "desc"), default="desc"),
    Param("activity_filter", values=("all_notes", "only_comments", "only_activity"), default="all_notes"),
    *PAGING,
    sign_in=True,
)
def list_notes(request: Request) -> Reply:
    merge_request = find_merge_request(request)
    column, direction = request.get("order_by"), request.get("sort")
    kept = {"only_comments": " AND NOT system", "only_activity": " AND system"}.get(request.get("activity_filter"), "")
    found = Query(
        request,
        "*",
        f"notes WHERE merge_request_id = ?{kept}",
        merge_request["id"],
        order=f"{column} {direction}, id {direction}",
    )
    return paginate(request, found, Presenter(request.instance, merge_request).note)


@routes("GET", _ONE, NOTEABLE, NOTE_ID, sign_in=True)
def get_note(request: Request) -> Any:
    merge_request = find_merge_request(request)
    return present_note(request.instance, merge_request, find_note(request, merge_request))


@routes(
    "POST",
    _LIST,
    NOTEABLE,
    Param("body", required=True),
    Param("confidential", "boolean"),
    Param("internal", "boolean"),
    Param("created_at", "datetime"),
    Param("merge_request_diff_head_sha"),
)
def create_note(request: Request) -> Any:
    merge_request = find_merge_request(request)
    may_comment(request, merge_request)
    columns = {
        "created_at": chosen_time(request, merge_request),
        "internal": int(bool(request.get("internal") or request.get("confidential"))),
    }
    return say(
        request,
        merge_request,
        lambda text: add_note(request.instance, merge_request, request.me, text, **columns),
        Presenter(request.instance, merge_request).note,
    )


@routes("PUT", _ONE, NOTEABLE, NOTE_ID, Param("body", blank=False), Param("confidential", "boolean"))
def update_note(request: Request) -> Any:
    merge_request = find_merge_request(request)
    return change_body(request, merge_request, find_note(request, merge_request))


@routes("DELETE", _ONE, NOTEABLE, NOTE_ID)
def delete_note(request: Request) -> None:
    merge_request = find_merge_request(request)
    remove(request, merge_request, find_note(request, merge_request))


def find_note(request: Request, merge_request: Row) -> Row:
    """The note that ``:note_id`` names.

    Raises:
        ApiError: 404 when the merge request has none of that id.
    """
    note = request.store.row(
        "SELECT * FROM notes WHERE merge_request_id = ? AND id = ?", merge_request["id"], request.params["note_id"]
    )
    if note is None:
        raise not_found()
    return note


def may_comment(request: Request, merge_request: Row) -> None:
    """Whoever sees a merge request may comment, unless its discussion is locked: then members only.

    Raises:
        ApiError: 403.
    """
    if merge_request["discussion_locked"] and not is_developer(
        request.instance, merge_request, request.user, Level.GUEST
    ):
        raise forbidden()


def chosen_time(request: Request, merge_request: Row) -> str | None:
    """``created_at`` of the request, which only owners may choose."""
    value = request.get("created_at")
    if value is None or not is_developer(request.instance, merge_request, request.user, Level.OWNER):
        return None
    return utc(parse(value))


def change_body(request: Request, merge_request: Row, note: Row) -> Any:
    """Give a note another text, if the caller is its author or a Maintainer; quick actions alone take it away."""
    _may_administer(request, merge_request, note)
    if request.get("body") is None:
        return present_note(request.instance, merge_request, note)

    def save(text: str) -> Row:
        request.store.update("notes", note["id"], body=text, updated_at=now())
        changed = request.store.get("notes", note["id"])
        suggestions.save(request.instance, merge_request, changed)
        todos.mention(request.instance, merge_request, request.me, text, changed, note["body"])
        return changed

    answer = say(request, merge_request, save, Presenter(request.instance, merge_request).note)
    if isinstance(answer, Reply):
        request.store.delete("notes", note["id"])
    return answer


def remove(request: Request, merge_request: Row, note: Row) -> None:
    """Delete a note, if the caller is its author or a Maintainer."""
    _may_administer(request, merge_request, note)
    request.store.delete("notes", note["id"])
    auto_merge.process(request.instance, merge_request["id"])


def _may_administer(request: Request, merge_request: Row, note: Row) -> None:
    mine = note["author_id"] == request.me["id"]
    if note["system"] or not (mine or is_developer(request.instance, merge_request, request.user, Level.MAINTAINER)):
        raise forbidden()


def resolve_note(request: Request, merge_request: Row, note: Row, resolved: bool) -> Any:
    """Resolve or unresolve one note, if the caller wrote it, wrote the merge request or is a Developer."""
    me = request.me["id"]
    if me not in (note["author_id"], merge_request["author_id"]) and not is_developer(
        request.instance, merge_request, request.user
    ):
        raise forbidden()
    if not resolvable(note):
        raise bad_request("Note is not resolvable")
    set_resolved(request.instance, merge_request, [note], request.me, resolved)
    auto_merge.process(request.instance, merge_request["id"])
    return present_note(request.instance, merge_request, request.store.get("notes", note["id"]))
