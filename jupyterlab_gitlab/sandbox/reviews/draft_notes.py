"""The routes of draft notes (``lib/api/draft_notes.rb``)."""

from __future__ import annotations

from typing import Any

from ..diffs import positions
from ..diffs.positions import Position, fits_schema
from ..discussions.notes import may_comment
from ..discussions.records import add_note, carried, discussion_notes, keep_commits, may_resolve
from ..instance import Instance
from ..merge_requests import versions
from ..merge_requests.access import IID, find_merge_request, may_update
from ..merge_requests.approvals import take_back
from ..merge_requests.people import set_review_state
from ..merge_requests.system_notes import write
from ..rest.errors import ApiError, bad_request, not_found
from ..rest.parameters import Param
from ..rest.routing import Request, Routes
from ..store.sqlite import Row
from ..store.times import now
from . import drafts
from .publishing import PublishError, publish, publish_review

SCHEMA = drafts.SCHEMA

routes = Routes()

_LIST = "/projects/:id/merge_requests/:merge_request_iid/draft_notes"
_ONE = f"{_LIST}/:draft_note_id"
_DRAFT_ID = Param("draft_note_id", "integer")


@routes("GET", _LIST, IID, sign_in=True)
def list_drafts(request: Request) -> Any:
    """The caller's own, all at once: GitLab does not page them."""
    merge_request = find_merge_request(request)
    found = drafts.of_author(request.instance, merge_request, request.me)
    return [drafts.present(request.instance, merge_request, draft) for draft in found]


@routes("GET", _ONE, IID, _DRAFT_ID, sign_in=True)
def get_draft(request: Request) -> Any:
    merge_request = find_merge_request(request)
    return drafts.present(request.instance, merge_request, _find(request, merge_request))


@routes(
    "POST",
    _LIST,
    IID,
    Param("note", required=True),
    Param("in_reply_to_discussion_id"),
    Param("commit_id"),
    Param("resolve_discussion", "boolean"),
    positions.PARAM,
)
def create_draft(request: Request) -> Any:
    """A line that takes no comment is not refused here, only when the draft is published."""
    merge_request = find_merge_request(request)
    may_comment(request, merge_request)
    instance, store = request.instance, request.store
    commit = request.get("commit_id")
    columns: dict[str, Any] = {
        "discussion_id": _thread(request, merge_request),
        "resolve_discussion": int(bool(request.get("resolve_discussion"))),
        "note": request.get("note", ""),
        "commit_id": None if commit == "undefined" else commit,
    }
    sent = _position(request)
    if sent is not None:
        columns["original_position"] = sent.to_json()
        columns["position"] = _to_current(instance, merge_request, sent).to_json()
        if sent.complete:
            keep_commits(instance, merge_request, sent)
    first = not drafts.of_author(instance, merge_request, request.me)
    with store.transaction():
        sql = "SELECT 1 FROM draft_notes WHERE merge_request_id = ? AND author_id = ? AND discussion_id = ?"
        if store.value(sql, merge_request["id"], request.me["id"], columns["discussion_id"]):
            raise ApiError(400, {"author_id": ["has already been taken"]})
        owner = {"merge_request_id": merge_request["id"], "author_id": request.me["id"]}
        made = store.insert("draft_notes", **owner, created_at=now(), **columns)
        if first:
            _set_state(instance, merge_request, request.me, "review_started")
    return drafts.present(instance, merge_request, store.get("draft_notes", made))


@routes("PUT", _ONE, IID, _DRAFT_ID, Param("note", blank=False), positions.PARAM)
def update_draft(request: Request) -> Any:
    """Without ``position`` the draft loses the one it has, as on GitLab."""
    merge_request = find_merge_request(request)
    if not request.get("note", "").strip():
        raise bad_request("Missing params to modify")
    draft = _find(request, merge_request)
    position = _position(request)
    place = None if position is None else position.to_json()
    request.store.update("draft_notes", draft["id"], note=request.params["note"], position=place)
    return drafts.present(request.instance, merge_request, _find(request, merge_request))


@routes("DELETE", _ONE, IID, _DRAFT_ID)
def delete_draft(request: Request) -> None:
    merge_request = find_merge_request(request)
    request.store.delete("draft_notes", _find(request, merge_request)["id"])
    if not drafts.of_author(request.instance, merge_request, request.me):
        _set_state(request.instance, merge_request, request.me, "unreviewed")


@routes("PUT", f"{_ONE}/publish", IID, _DRAFT_ID)
def publish_draft(request: Request) -> None:
    merge_request = find_merge_request(request)
    draft = _find(request, merge_request)
    may_comment(request, merge_request)
    try:
        publish(request, merge_request, [draft])
    except PublishError:
        raise ApiError(500, "500 Internal Server Error") from None


@routes(
    "POST",
    f"{_LIST}/bulk_publish",
    IID,
    Param("reviewer_state", values=("requested_changes", "reviewed")),
    Param("note"),
    Param("internal", "boolean", default=False),
)
def bulk_publish(request: Request) -> None:
    """Everything the caller has pending; then the summary and the state of the review (GitLab 19.2)."""
    merge_request = find_merge_request(request)
    may_comment(request, merge_request)
    instance, me = request.instance, request.me
    try:
        publish_review(request, merge_request)
    except PublishError as error:
        raise ApiError(500, str(error)) from error
    if request.get("note", "").strip():
        add_note(instance, merge_request, me, request.params["note"], internal=int(request.get("internal")))
    if state := request.get("reviewer_state"):
        _conclude(instance, merge_request, me, state)


def _find(request: Request, merge_request: Row) -> Row:
    """The caller's draft that ``:draft_note_id`` names; other people's are not there.

    Raises:
        ApiError: 404.
    """
    draft = request.store.row(
        "SELECT * FROM draft_notes WHERE merge_request_id = ? AND author_id = ? AND id = ?",
        merge_request["id"],
        request.me["id"],
        request.params["draft_note_id"],
    )
    if draft is None:
        raise not_found()
    return draft


def _thread(request: Request, merge_request: Row) -> str | None:
    """The discussion that a reply goes to, checked; None for a draft that starts one.

    Raises:
        ApiError: 400 when it can't be replied to, or the caller may not resolve it but wants to.
    """
    key, notes = request.get("in_reply_to_discussion_id"), []
    if key:
        notes = discussion_notes(request.instance, merge_request, key).get(key, [])
        if not notes:
            raise ApiError(400, {"base": ["Thread to reply to cannot be found"]})
        if notes[0]["system"]:
            raise ApiError(400, {"base": ["Replies to system notes are not allowed"]})
    if request.get("resolve_discussion") and not may_resolve(request.instance, merge_request, request.me, notes):
        raise ApiError(400, {"base": ["User is not allowed to resolve thread"]})
    return key or None


def _position(request: Request) -> Position | None:
    sent = request.get("position")
    if sent is None:
        return None
    position = positions.read_position(sent)
    if not fits_schema(position):
        raise ApiError(400, {name: ["must be a valid json schema"] for name in ("position", "original_position")})
    return position


def _to_current(instance: Instance, merge_request: Row, position: Position) -> Position:
    """Where a new draft stands in the current version; later pushes move drafts only when they are published."""
    current = versions.diff_refs(versions.latest(instance, merge_request))
    if current is None or position.position_type != "text" or not position.complete:
        return position
    return carried(versions.comparisons(instance, merge_request["project_id"]), position, current)[0]


def _set_state(instance: Instance, merge_request: Row, user: Row, state: str) -> None:
    if may_update(instance, merge_request, user):
        set_review_state(instance, merge_request, user, state)


def _conclude(instance: Instance, merge_request: Row, user: Row, state: str) -> None:
    """How the review ends. Requested changes take back an approval; only paid tiers also block the merge."""
    if not may_update(instance, merge_request, user):
        return
    if state == "requested_changes":
        write(instance, merge_request, user, "requested changes")
        take_back(instance, merge_request, user)
    else:
        write(instance, merge_request, user, "left review comments without approving")
    set_review_state(instance, merge_request, user, state)
