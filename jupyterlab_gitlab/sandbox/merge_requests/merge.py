"""The routes that merge, with the refusals in GitLab's order."""

from __future__ import annotations

from typing import Any

from ..accounts.access import Level
from ..repositories.push_rules import can_merge
from ..rest.errors import AnswerError, ApiError, unauthorized
from ..rest.parameters import Param
from ..rest.routing import Request, Routes
from ..store.sqlite import Row
from . import auto_merge, versions
from .access import IID, find_merge_request, is_developer
from .approvals import check_sha
from .entity import present
from .mergeability import check, merged_tree
from .merging import UnmergeableError, Wishes, identity, merge_message
from .merging import merge as merge_now

routes = Routes()

_ONE = "/projects/:id/merge_requests/:merge_request_iid"


@routes(
    "PUT",
    f"{_ONE}/merge",
    IID,
    Param("merge_commit_message"),
    Param("squash_commit_message"),
    Param("should_remove_source_branch", "boolean"),
    Param("merge_when_pipeline_succeeds", "boolean"),
    Param("auto_merge", "boolean"),
    Param("sha"),
    Param("squash", "boolean"),
)
def merge(request: Request) -> Any:
    """Refusals, first come first: 401 no right, 409 another head, 405 not mergeable, 422 git could not.

    ``auto_merge`` is armed when something is missing that may yet come, and merges at once when nothing is missing.
    """
    merge_request = find_merge_request(request)
    if not may_merge(request, merge_request):
        raise unauthorized()
    check_sha(request, merge_request)
    if request.get("squash"):
        request.store.update("merge_requests", merge_request["id"], squash=1)
    automatic = bool(request.get("auto_merge") or request.get("merge_when_pipeline_succeeds"))
    accept(request, merge_request, automatic=automatic)
    return present(request, request.store.get("merge_requests", merge_request["id"]))


def may_merge(request: Request, merge_request: Row) -> bool:
    """Whether the caller may merge into the target branch."""
    project = request.store.get("projects", merge_request["project_id"])
    return can_merge(request.instance, project, request.user, merge_request["target_branch"])


def accept(request: Request, merge_request: Row, *, automatic: bool) -> None:
    """Merge, or arm the automatic merge, as the request's parameters say.

    Raises:
        ApiError: 405 when it is not mergeable, 422 when git could not.
    """
    store, instance = request.store, request.instance
    wishes = Wishes(
        request.get("merge_commit_message", ""),
        request.get("squash_commit_message", ""),
        request.get("should_remove_source_branch"),
    )
    with instance.lock(store.get("projects", merge_request["project_id"])):
        merge_request = store.get("merge_requests", merge_request["id"])
        version = versions.latest(instance, merge_request)
        found = check(instance, merge_request, version, versions.Heads(instance))
        if automatic and found.can_wait:
            auto_merge.arm(instance, merge_request, request.me, wishes, version["head_commit_sha"])
            return
        if found.detailed != "mergeable":
            if automatic and found.pipeline in (None, "success"):
                raise ApiError(422, "Branch cannot be merged")
            raise ApiError(405, "405 Method Not Allowed")
        try:
            merge_now(instance, merge_request, request.me, wishes)
        except UnmergeableError:
            raise ApiError(422, "Branch cannot be merged") from None


@routes("POST", f"{_ONE}/cancel_merge_when_pipeline_succeeds", IID)
def cancel_auto_merge(request: Request) -> Any:
    """By whoever may merge, or the author."""
    merge_request = find_merge_request(request)
    mine = merge_request["author_id"] == request.me["id"] and is_developer(
        request.instance, merge_request, request.user, Level.GUEST
    )
    if not mine and not may_merge(request, merge_request):
        raise unauthorized()
    if not auto_merge.disarm(request.instance, merge_request, request.me):
        body = {"message": "Can't cancel the automatic merge", "status": "error", "http_status": 406}
        raise AnswerError(406, body)
    return {"status": "success"}


@routes("GET", f"{_ONE}/merge_ref", IID)
def merge_ref(request: Request) -> Any:
    """Writes what a merge would give to ``refs/merge-requests/IID/merge``, without merging."""
    merge_request = find_merge_request(request)
    instance = request.instance
    project = request.store.get("projects", merge_request["project_id"])
    heads = versions.Heads(instance)
    target, source = heads.target(merge_request), heads.source(merge_request)
    tree = merged_tree(instance, merge_request, target, source)
    if merge_request["state"] != "opened" or tree is None or target is None or source is None:
        raise ApiError(400, "Merge request is not mergeable")
    git, ref = instance.repository(project), versions.head_ref(merge_request).replace("/head", "/merge")
    with instance.lock(project):
        commit = git.ref(ref)
        made_of = git.text("rev-parse", f"{commit}^{{tree}}", f"{commit}^@").split() if commit else []
        if made_of != [tree, target, source]:
            message = merge_message(instance, project, merge_request)
            commit = git.commit_tree(tree, [target, source], message, identity(request.me))
            git.update_ref(ref, commit)
    return {"commit_id": commit}
