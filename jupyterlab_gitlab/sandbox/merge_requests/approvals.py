"""Approvals, as the Free tier has them: anyone who may, once each, never the author."""

from __future__ import annotations

from typing import Any

from ..accounts.users import basic_by_id
from ..instance import Instance
from ..rest.errors import ApiError, unauthorized
from ..rest.routing import Reply, Request, Routes
from ..store.sqlite import Row
from ..store.times import now
from . import todos
from .access import IID, find_merge_request, may_update
from .people import set_review_state
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


def approved(instance: Instance, merge_request: Row, user: Row) -> bool:
    """Whether ``user`` has approved."""
    sql = "SELECT 1 FROM approvals WHERE merge_request_id = ? AND user_id = ?"
    return bool(instance.store.value(sql, merge_request["id"], user["id"]))


def eligible(instance: Instance, merge_request: Row, user: Row) -> bool:
    """Whether ``user`` is one who may approve: not the author, but able to change the merge request."""
    return user["id"] != merge_request["author_id"] and may_update(instance, merge_request, user)


def present_approvals(request: Request, merge_request: Row) -> dict[str, Any]:
    """GitLab's MergeRequestApprovals, of the Free tier."""
    instance, user = request.instance, request.user
    rows = request.store.rows(
        "SELECT * FROM approvals WHERE merge_request_id = ? ORDER BY created_at, user_id", merge_request["id"]
    )
    mine = user is not None and approved(instance, merge_request, user)
    return {
        "user_has_approved": mine,
        "user_can_approve": user is not None and not mine and eligible(instance, merge_request, user),
        "approved": bool(rows),
        "approved_by": [
            {"user": basic_by_id(instance, row["user_id"]), "approved_at": row["created_at"]} for row in rows
        ],
    }


def give(instance: Instance, merge_request: Row, user: Row) -> bool:
    """Approve in the name of ``user``; False when that has been done before.

    Raises:
        ApiError: 401 when ``user`` may not approve.
    """
    if merge_request["state"] == "merged" or not eligible(instance, merge_request, user):
        raise unauthorized()
    stamp = now()
    with instance.store.transaction():
        sql = "INSERT OR IGNORE INTO approvals (merge_request_id, user_id, created_at) VALUES (?, ?, ?)"
        if not instance.store.execute(sql, merge_request["id"], user["id"], stamp):
            return False
        set_review_state(instance, merge_request, user, "approved")
        todos.finish(instance, merge_request, user)
        instance.store.update("merge_requests", merge_request["id"], updated_at=stamp)
        write(instance, merge_request, user, "approved this merge request")
    return True


def take_back(instance: Instance, merge_request: Row, user: Row) -> bool:
    """Undo the approval of ``user``; False when there is none."""
    with instance.store.transaction():
        sql = "DELETE FROM approvals WHERE merge_request_id = ? AND user_id = ?"
        if not instance.store.execute(sql, merge_request["id"], user["id"]):
            return False
        set_review_state(instance, merge_request, user, "unapproved")
        instance.store.update("merge_requests", merge_request["id"], updated_at=now())
        write(instance, merge_request, user, "unapproved this merge request")
    return True


@routes("GET", f"{_MR}/approvals", IID)
def get_approvals(request: Request) -> Any:
    return present_approvals(request, find_merge_request(request))


@routes("POST", f"{_MR}/unapprove", IID)
def unapprove(request: Request) -> Any:
    merge_request = find_merge_request(request, writing=True)
    if not take_back(request.instance, merge_request, request.me):
        return Reply(304)
    return present_approvals(request, merge_request)


@routes("PUT", f"{_MR}/reset_approvals", IID)
def reset_approvals(request: Request) -> Reply:
    """Only bots of the project may: those of its access tokens."""
    merge_request = find_merge_request(request)
    if not request.me["bot"] or merge_request["state"] == "merged":
        raise unauthorized()
    request.store.execute("DELETE FROM approvals WHERE merge_request_id = ?", merge_request["id"])
    return Reply(202, 202)  # the body is what Grape makes of a status alone
