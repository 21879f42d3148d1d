"""The merge itself: commits on the bare repository, the target branch moved, the source branch taken away."""

from __future__ import annotations

from dataclasses import dataclass

from ..git.merge import merge_trees
from ..git.repository import ZERO_SHA, Git, GitError, Identity
from ..instance import Instance, RefChange
from ..projects.entity import full_path
from ..projects.settings import settings
from ..repositories.push_rules import can_push, protection
from ..store.sqlite import Row
from ..store.times import now
from . import todos, versions
from .entity import squashes


class UnmergeableError(Exception):
    """git could not merge after all."""


@dataclass(frozen=True)
class Wishes:
    """What whoever merges asks for; None and empty texts leave it to GitLab and the merge request."""

    message: str = ""
    squash_message: str = ""
    remove_source: bool | None = None


def merge(instance: Instance, merge_request: Row, user: Row, wishes: Wishes) -> None:
    """Merge what has been found mergeable, and tell of the push. The caller holds the target project's lock.

    Raises:
        UnmergeableError: git could not; nothing has changed.
    """
    project = instance.store.get("projects", merge_request["project_id"])
    change = _merge(instance, project, merge_request, user, wishes)
    instance.post_receive(project, [change], user)
    _remove_source(instance, instance.store.get("merge_requests", merge_request["id"]), user)


def merge_message(instance: Instance, project: Row, merge_request: Row) -> str:
    """GitLab's message of a merge commit."""
    source, target = merge_request["source_branch"], merge_request["target_branch"]
    reference = f"{full_path(instance.store, project)}!{merge_request['iid']}"
    return f"Merge branch '{source}' into '{target}'\n\n{merge_request['title']}\n\nSee merge request {reference}"


def identity(user: Row) -> Identity:
    """How ``user`` signs commits."""
    return Identity(user["name"], user["email"])


def _merge(instance: Instance, project: Row, merge_request: Row, user: Row, wishes: Wishes) -> RefChange:
    """Make the commits, move the target branch and write the merge down."""
    git, version = instance.repository(project), versions.latest(instance, merge_request)
    target, head = versions.Heads(instance).target(merge_request), version["head_commit_sha"]
    assert target is not None, "a mergeable merge request has a target branch"
    squashed = None
    try:
        if squashes(project, merge_request) and len(version["commits"].split()) > 1:
            squashed = _squash(instance, git, merge_request, version, user, wishes)
        source = squashed or head
        if settings(project)["merge_method"] == "ff":
            commit, final = None, source
            if git.merge_base(target, source) != target:
                raise UnmergeableError
        else:
            tree = merge_trees(git, target, source)
            if tree is None:
                raise UnmergeableError
            message = wishes.message or merge_message(instance, project, merge_request)
            commit = final = git.commit_tree(tree, [target, source], message, identity(user))
    except GitError as error:
        raise UnmergeableError from error
    ref = f"refs/heads/{merge_request['target_branch']}"
    if not git.update_ref(ref, final, target):
        raise UnmergeableError
    stamp = now()
    instance.store.update(
        "merge_requests",
        merge_request["id"],
        state="merged",
        merged_at=stamp,
        merged_by_id=user["id"],
        merge_commit_sha=commit,
        squash_commit_sha=squashed,
        should_remove_source_branch=None if wishes.remove_source is None else int(wishes.remove_source),
        auto_merge=None,
        merge_error=None,
        updated_at=stamp,
    )
    todos.finish(instance, merge_request, user)
    return RefChange(ref, target, final)


def _squash(instance: Instance, git: Git, merge_request: Row, version: Row, user: Row, wishes: Wishes) -> str:
    """One commit on the version's start with all that the merge request changes, in the author's name."""
    start = version["start_commit_sha"]
    tree = merge_trees(git, start, version["head_commit_sha"])
    if tree is None:
        raise UnmergeableError
    author = instance.store.get("users", merge_request["author_id"])
    message = wishes.squash_message or merge_request["title"]
    return git.commit_tree(tree, [start], message, identity(author), identity(user))


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
