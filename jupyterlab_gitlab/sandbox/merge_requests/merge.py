"""Merging a merge request, and the refusals in GitLab's order."""

from __future__ import annotations

from typing import Any

from ..git.merge import merge_trees
from ..git.repository import ZERO_SHA, Git, GitError, Identity
from ..instance import Instance, RefChange
from ..projects.entity import full_path
from ..projects.settings import settings
from ..repositories.push_rules import can_merge, can_push, protection
from ..rest.errors import ApiError, unauthorized
from ..rest.parameters import Param
from ..rest.routing import Request, Routes
from ..store.sqlite import Row
from ..store.times import now
from . import todos, versions
from .access import IID, find_merge_request
from .approvals import check_sha
from .entity import present, squashes
from .mergeability import check, merged_tree

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

    ``auto_merge`` merges at once, as on a project without pipelines; where that is impossible it answers 422.
    """
    merge_request = find_merge_request(request)
    store, instance = request.store, request.instance
    project = store.get("projects", merge_request["project_id"])
    if not can_merge(instance, project, request.user, merge_request["target_branch"]):
        raise unauthorized()
    check_sha(request, merge_request)
    if request.get("squash"):
        store.update("merge_requests", merge_request["id"], squash=1)
    with instance.lock(project):
        merge_request = store.get("merge_requests", merge_request["id"])
        version = versions.latest(instance, merge_request)
        if check(instance, merge_request, version, versions.Heads(instance)).detailed != "mergeable":
            if request.get("auto_merge") or request.get("merge_when_pipeline_succeeds"):
                raise ApiError(422, "Branch cannot be merged")
            raise ApiError(405, "405 Method Not Allowed")
        change = _merge(request, project, merge_request, version)
        instance.post_receive(project, [change], request.me)
    _remove_source(instance, store.get("merge_requests", merge_request["id"]), request.me)
    return present(request, store.get("merge_requests", merge_request["id"]))


@routes("POST", f"{_ONE}/cancel_merge_when_pipeline_succeeds", IID)
def cancel_auto_merge(request: Request) -> Any:
    """Nothing is ever armed here, since there are no pipelines to wait for."""
    merge_request = find_merge_request(request, writing=True)
    raise ApiError(406, "406 Not Acceptable" if merge_request["state"] == "opened" else "405 Method Not Allowed")


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
            message = _merge_message(instance, project, merge_request)
            commit = git.commit_tree(tree, [target, source], message, _identity(request.me))
            git.update_ref(ref, commit)
    return {"commit_id": commit}


def _merge(request: Request, project: Row, merge_request: Row, version: Row) -> RefChange:
    """Make the commits, move the target branch and write the merge down; the caller tells of the push."""
    instance, git = request.instance, request.instance.repository(project)
    target, head = versions.Heads(instance).target(merge_request), version["head_commit_sha"]
    assert target is not None, "a mergeable merge request has a target branch"
    squashed = None
    try:
        if squashes(project, merge_request) and len(version["commits"].split()) > 1:
            squashed = _squash(request, git, merge_request, version)
        source = squashed or head
        if settings(project)["merge_method"] == "ff":
            commit, final = None, source
            if git.merge_base(target, source) != target:
                raise ApiError(422, "Branch cannot be merged")
        else:
            tree = merge_trees(git, target, source)
            if tree is None:
                raise ApiError(422, "Branch cannot be merged")
            message = request.get("merge_commit_message") or _merge_message(instance, project, merge_request)
            commit = final = git.commit_tree(tree, [target, source], message, _identity(request.me))
    except GitError as error:
        raise ApiError(422, "Branch cannot be merged") from error
    ref = f"refs/heads/{merge_request['target_branch']}"
    if not git.update_ref(ref, final, target):
        raise ApiError(422, "Branch cannot be merged")
    stamp, remove = now(), request.get("should_remove_source_branch")
    instance.store.update(
        "merge_requests",
        merge_request["id"],
        state="merged",
        merged_at=stamp,
        merged_by_id=request.me["id"],
        merge_commit_sha=commit,
        squash_commit_sha=squashed,
        should_remove_source_branch=None if remove is None else int(remove),
        updated_at=stamp,
    )
    todos.finish(instance, merge_request, request.me)
    return RefChange(ref, target, final)


def _squash(request: Request, git: Git, merge_request: Row, version: Row) -> str:
    """One commit on the version's start with all that the merge request changes, in the author's name."""
    start = version["start_commit_sha"]
    tree = merge_trees(git, start, version["head_commit_sha"])
    if tree is None:
        raise ApiError(422, "Branch cannot be merged")
    author = request.store.get("users", merge_request["author_id"])
    message = request.get("squash_commit_message") or merge_request["title"]
    return git.commit_tree(tree, [start], message, _identity(author), _identity(request.me))


def _merge_message(instance: Instance, project: Row, merge_request: Row) -> str:
    source, target = merge_request["source_branch"], merge_request["target_branch"]
    reference = f"{full_path(instance.store, project)}!{merge_request['iid']}"
    return f"Merge branch '{source}' into '{target}'\n\n{merge_request['title']}\n\nSee merge request {reference}"


def _identity(user: Row) -> Identity:
    return Identity(user["name"], user["email"])


def _remove_source(instance: Instance, merge_request: Row, user: Row) -> None:
    """Delete the source branch if asked for and allowed; what stands in the way is no failure of the merge."""
    wanted = merge_request["should_remove_source_branch"]
    if not (merge_request["force_remove_source_branch"] if wanted is None else wanted):
        return
    head = versions.Heads(instance).source(merge_request)
    if head is None:
        return
    project = instance.store.get("projects", merge_request["source_project_id"])
    branch = merge_request["source_branch"]
    open_rule = protection(instance, project, branch) is None and branch != project["default_branch"]
    if not open_rule or not can_push(instance, project, user, branch):
        return
    ref = f"refs/heads/{branch}"
    if instance.repository(project).delete_ref(ref, head):
        instance.post_receive(project, [RefChange(ref, head, ZERO_SHA)], user)
