"""Rebasing the source branch onto the target branch (``rebase_service.rb``)."""

from __future__ import annotations

from ..git.replay import ReplayError, rebase
from ..instance import Instance, RefChange
from ..repositories.push_rules import can_push, protection
from ..rest.errors import ApiError, forbidden
from ..rest.parameters import Param
from ..rest.routing import Reply, Request, Routes
from ..store.sqlite import Row
from . import versions
from .access import IID, find_merge_request
from .merging import identity

routes = Routes()

CONFLICT = "Rebase failed: Rebase locally, resolve all conflicts, then push the branch."


@routes(
    "PUT", "/projects/:id/merge_requests/:merge_request_iid/rebase", IID, Param("skip_ci", "boolean", default=False)
)
def put_rebase(request: Request) -> Reply:
    """Done when the call returns, though the answer says, as GitLab's always does, that it is in progress.

    What went wrong is in ``merge_error`` of the merge request.
    """
    merge_request = find_merge_request(request)
    reason = objection(request.instance, merge_request, request.me)
    if reason:
        raise forbidden(reason)
    if merge_request["state"] != "opened":
        raise ApiError(409, "409 Conflict")
    run(request.instance, merge_request, request.me)
    return Reply(202, {"rebase_in_progress": True})


def objection(instance: Instance, merge_request: Row, user: Row) -> str | None:
    """Why ``user`` may not rebase it, in GitLab's words."""
    if versions.Heads(instance).source(merge_request) is None:
        return "Source branch does not exist"
    source = instance.store.get("projects", merge_request["source_project_id"])
    branch = merge_request["source_branch"]
    if not can_push(instance, source, user, branch):
        return "Cannot push to source branch"
    rule = protection(instance, source, branch)
    if rule is not None and not rule["allow_force_push"]:
        return "Source branch is protected from force push"
    return None


def run(instance: Instance, merge_request: Row, user: Row) -> bool:
    """Rebase in the name of ``user``; False when a commit conflicts, which the merge request then says."""
    store = instance.store
    source = store.get("projects", merge_request["source_project_id"])
    target = store.get("projects", merge_request["project_id"])
    git = instance.repository(source)
    with instance.lock(source):
        heads = versions.Heads(instance)
        onto, old = heads.target(merge_request), heads.source(merge_request)
        assert old is not None, "a branch that may be rebased is there"
        if onto is None:
            store.update("merge_requests", merge_request["id"], merge_error=CONFLICT)
            return False
        if source["id"] != target["id"]:
            kept = f"+refs/heads/{merge_request['target_branch']}:refs/keep-around/{onto}"
            git.run(
                "fetch", "--quiet", "--no-tags", "--no-write-fetch-head", str(instance.repository(target).path), kept
            )
        try:
            new = rebase(git, onto, old, identity(user))
        except ReplayError:
            store.update("merge_requests", merge_request["id"], merge_error=CONFLICT)
            return False
        store.update("merge_requests", merge_request["id"], merge_error=None)
        ref = f"refs/heads/{merge_request['source_branch']}"
        if new != old and git.update_ref(ref, new, old):
            instance.post_receive(source, [RefChange(ref, old, new)], user)
    return True
