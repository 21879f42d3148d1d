"""Reactions: emoji on merge requests and on notes (``lib/api/award_emoji.rb``)."""

from __future__ import annotations

from typing import Any

from ..accounts.users import basic_by_id
from ..merge_requests import awards, todos
from ..merge_requests.access import IID, find_merge_request
from ..rest.errors import not_found, unauthorized
from ..rest.paging import paginate
from ..rest.parameters import PAGING, Param
from ..rest.routing import Reply, Request, Routes
from ..store.sqlite import Row
from .notes import NOTE_ID, find_note, may_comment

routes = Routes()

_ON_MERGE_REQUEST = "/projects/:id/merge_requests/:merge_request_iid/award_emoji"
_ON_NOTE = "/projects/:id/merge_requests/:merge_request_iid/notes/:note_id/award_emoji"
_AWARD_ID = Param("award_id", "integer")


def _awardable(request: Request) -> tuple[Row, str, int]:
    """The merge request, and what of it carries the awards: the column that names it and its id."""
    merge_request = find_merge_request(request)
    if "note_id" not in request.params:
        return merge_request, awards.ON_MERGE_REQUEST, merge_request["id"]
    return merge_request, awards.ON_NOTE, find_note(request, merge_request)["id"]


def _present(request: Request, award: Row) -> dict[str, Any]:
    """GitLab's AwardEmoji."""
    on_note = award["note_id"] is not None
    return {
        "id": award["id"],
        "name": award["name"],
        "user": basic_by_id(request.instance, award["user_id"]),
        "created_at": award["created_at"],
        "updated_at": award["updated_at"],
        "awardable_id": award["note_id"] if on_note else award["merge_request_id"],
        "awardable_type": "Note" if on_note else "MergeRequest",
        "url": None,
    }


def _find(request: Request) -> Row:
    _, column, key = _awardable(request)
    award = request.store.row(
        f"SELECT * FROM award_emoji WHERE {column} = ? AND id = ?", key, request.params["award_id"]
    )
    if award is None:
        raise not_found()
    return award


@routes("GET", _ON_MERGE_REQUEST, IID, *PAGING, sign_in=True)
@routes("GET", _ON_NOTE, IID, NOTE_ID, *PAGING, sign_in=True)
def list_awards(request: Request) -> Reply:
    _, column, key = _awardable(request)
    return paginate(request, awards.of(request.instance, column, key), lambda award: _present(request, award))


@routes("GET", f"{_ON_MERGE_REQUEST}/:award_id", IID, _AWARD_ID, sign_in=True)
@routes("GET", f"{_ON_NOTE}/:award_id", IID, NOTE_ID, _AWARD_ID, sign_in=True)
def get_award(request: Request) -> Any:
    return _present(request, _find(request))


@routes("POST", _ON_MERGE_REQUEST, IID, Param("name", required=True))
@routes("POST", _ON_NOTE, IID, NOTE_ID, Param("name", required=True))
def award(request: Request) -> Any:
    """Whoever may comment may award; GitLab's own notes take none. Refusals are 404, as recorded."""
    merge_request, column, key = _awardable(request)
    may_comment(request, merge_request)
    if column == awards.ON_NOTE and request.store.get("notes", key)["system"]:
        raise not_found("Award Emoji")
    name = awards.normalized(request.get("name", ""))
    if not name:
        raise not_found("Award Emoji Name is not a valid emoji name")
    made = awards.give(request.instance, column, key, request.me, name)
    if made is None:
        raise not_found("Award Emoji Name has already been taken")
    todos.finish(request.instance, merge_request, request.me)
    return _present(request, made)


@routes("DELETE", f"{_ON_MERGE_REQUEST}/:award_id", IID, _AWARD_ID)
@routes("DELETE", f"{_ON_NOTE}/:award_id", IID, NOTE_ID, _AWARD_ID)
def take_away(request: Request) -> None:
    found = _find(request)
    if found["user_id"] != request.me["id"] and not request.me["admin"]:
        raise unauthorized()
    request.store.delete("award_emoji", found["id"])
