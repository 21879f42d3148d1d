"""Approvals, as the Free tier has them: anyone who may, once each, never the author."""

from __future__ import annotations

from typing import Any

from ..accounts.users import basic_by_id
from ..instance import Instance
from ..rest.errors import ApiError, unauthorized
from ..rest.parameters import Param
from ..rest.routing import Reply, Request, Routes
from ..store.sqlite import Row
from ..store.times import now
from .access import IID, find_merge_request, may_update
from .system_notes import write
from .versions import latest

routes = Routes()

_MR = "/projects/:id/merge_requests/:merge_request_iid"


def check_sha(request: Request, merge_request: Row) -> None:
    """Refuse when the caller looked at another head than the present one.

    Raises:
        ApiError: 409.
    """
    head = latest(request.instance, merge_request)["head_commit_sha"]
    if request.get("sha") and request.params["sha"] != head:
        raise ApiError(409, f"SHA does not match HEAD of source branch: {head or ''}")


def _approved(instance: Instance, merge_request: Row, user: Row) -> bool:
    sql = "SELECT 1 FROM approvals WHERE merge_request_id = ? AND user_id = ?"
    return bool(instance.store.value(sql, merge_request["id"], user["id"]))


def _eligible(instance: Instance, merge_request: Row, user: Row) -> bool:
    return user["id"] != merge_request["author_id"] and may_update(instance, merge_request, user)


def _present(request: Request, merge_request: Row) -> dict[str, Any]:
    instance, user = request.instance, request.user
    rows = request.store.rows(
        "SELECT * FROM approvals WHERE merge_request_id = ? ORDER BY created_at, user_id", merge_request["id"]
    )
    mine = user is not None and _approved(instance, merge_request, user)
    return {
        "user_has_approved": mine,
        "user_can_approve": user is not None and not mine and _eligible(instance, merge_request, user),
        "approved": bool(rows),
        "approved_by": [
            {"user": basic_by_id(instance, row["user_id"]), "approved_at": row["created_at"]} for row in rows
        ],
    }


@routes("GET", f"{_MR}/approvals", IID)
def get_approvals(request: Request) -> Any:
    return _present(request, find_merge_request(request))


@routes("POST", f"{_MR}/approve", IID, Param("sha"), Param("publish_review", "boolean"), Param("approval_password"))
def approve(request: Request) -> Any:
    merge_request = find_merge_request(request, writing=True)
    check_sha(request, merge_request)
    if _approved(request.instance, merge_request, request.me):
        return Reply(304)
    if merge_request["state"] == "merged" or not _eligible(request.instance, merge_request, request.me):
        raise unauthorized()
    stamp = now()
    with request.store.transaction():
        sql = "INSERT OR IGNORE INTO approvals (merge_request_id, user_id, created_at) VALUES (?, ?, ?)"
        if not request.store.execute(sql, merge_request["id"], request.me["id"], stamp):
            return Reply(304)  # by another call of the same user, meanwhile
        _review_state(request, merge_request, "approved")
        request.store.update("merge_requests", merge_request["id"], updated_at=stamp)
        write(request.instance, merge_request, request.me, "approved this merge request")
    return _present(request, merge_request)


@routes("POST", f"{_MR}/unapprove", IID)
def unapprove(request: Request) -> Any:
    merge_request = find_merge_request(request, writing=True)
    if not _approved(request.instance, merge_request, request.me):
        return Reply(304)
    with request.store.transaction():
        request.store.execute(
            "DELETE FROM approvals WHERE merge_request_id = ? AND user_id = ?", merge_request["id"], request.me["id"]
        )
        _review_state(request, merge_request, "unapproved")
        request.store.update("merge_requests", merge_request["id"], updated_at=now())
        write(request.instance, merge_request, request.me, "unapproved this merge request")
    return _present(request, merge_request)


@routes("PUT", f"{_MR}/reset_approvals", IID)
def reset_approvals(request: Request) -> Any:
    """Only project and group bots may, and the sandbox has none."""
    find_merge_request(request)
    raise unauthorized()


def _review_state(request: Request, merge_request: Row, state: str) -> None:
    request.store.execute(
        "UPDATE merge_request_reviewers SET state = ? WHERE merge_request_id = ? AND user_id = ?",
        state,
        merge_request["id"],
        request.me["id"],
    )
