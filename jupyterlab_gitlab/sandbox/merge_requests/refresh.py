"""What a push does to merge requests: new versions, moved threads, and merges that happened by hand.

Follows GitLab's ``refresh_service.rb``. GitLab does it in the background a moment after the push; here it is done when
the push answers.
"""

from __future__ import annotations

from collections.abc import Sequence

from ..git.repository import ZERO_SHA, Git
from ..instance import Instance, RefChange
from ..store.sqlite import Row
from ..store.times import now
from . import auto_merge, todos, versions
from .entity import merge_request_url
from .system_notes import added_commits
from .threads import carry

_HEADS = "refs/heads/"


def after_push(instance: Instance, project: Row, changes: Sequence[RefChange], user: Row) -> None:
    """Bring the open merge requests of every branch that moved up to date."""
    for change in changes:
        if change.ref.startswith(_HEADS) and change.new != ZERO_SHA:
            _refresh(instance, project, change, user)


def _refresh(instance: Instance, project: Row, change: RefChange, user: Row) -> None:
    git, branch = instance.repository(project), change.ref[len(_HEADS) :]
    made = change.old == ZERO_SHA
    pushed = [] if made else git.text("rev-list", f"{change.old}..{change.new}").split()
    forced = not made and not git.is_ancestor(change.old, change.new)
    _mark_merged(instance, project, change, set(pushed), user)
    store = instance.store
    for merge_request in store.rows(
        "SELECT * FROM merge_requests WHERE state = 'opened' AND ((source_project_id = ?1 AND source_branch = ?2)"
        " OR (project_id = ?1 AND target_branch = ?2)) ORDER BY id",
        project["id"],
        branch,
    ):
        is_source = merge_request["source_project_id"] == project["id"] and merge_request["source_branch"] == branch
        version = versions.latest(instance, merge_request)
        if is_source or forced or set(version["commits"].split()) & set(pushed):
            with instance.lock(store.get("projects", merge_request["project_id"])):
                reload(instance, merge_request, user)
            store.update("merge_requests", merge_request["id"], updated_at=now(), merge_error=None)
        if is_source:
            todos.finish(instance, merge_request, user)
            auto_merge.after_source_push(instance, merge_request, change.new, user)
        if is_source and pushed:
            _tell_commits(instance, git, merge_request, pushed, change.old, user)


def _mark_merged(instance: Instance, project: Row, change: RefChange, pushed: set[str], user: Row) -> None:
    """A push that brings a merge request's head into its target branch merges it."""
    for merge_request in instance.store.rows(
        "SELECT * FROM merge_requests WHERE state = 'opened' AND project_id = ? AND target_branch = ?",
        project["id"],
        change.ref[len(_HEADS) :],
    ):
        version = versions.latest(instance, merge_request)
        if version["state"] != "empty" and version["head_commit_sha"] in pushed:
            stamp = now()
            instance.store.update(
                "merge_requests",
                merge_request["id"],
                state="merged",
                merged_at=stamp,
                merged_by_id=user["id"],
                merge_commit_sha=_merging_commit(instance.repository(project), change, version["head_commit_sha"]),
                updated_at=stamp,
            )


def _merging_commit(git: Git, change: RefChange, head: str) -> str:
    """The commit of the target branch that brought ``head`` in: the head itself, or the first merge that holds it."""
    if head in git.text("rev-list", "--first-parent", f"{change.old}..{change.new}").split():
        return head
    return git.text("rev-list", "--first-parent", "--ancestry-path", f"{head}..{change.new}").split()[-1]


def reload(instance: Instance, merge_request: Row, user: Row) -> None:
    """Make a new version and carry the threads of the last one over to it."""
    before = versions.diff_refs(versions.latest(instance, merge_request))
    version = versions.save(instance, merge_request, versions.measure(instance, merge_request))
    after = versions.diff_refs(version)
    if before is not None and after is not None and before != after:
        carry(instance, merge_request, version, before, after, user)


def _tell_commits(instance: Instance, git: Git, merge_request: Row, pushed: list[str], old: str, user: Row) -> None:
    """List the commits that a push brought, oldest first, without those that came from the target branch."""
    version = versions.latest(instance, merge_request)
    mine = set(version["commits"].split())
    new = [sha for sha in reversed(pushed) if sha in mine]
    if not new:
        return
    titles = git.text("log", "--no-walk=unsorted", "--format=%H %s", "--stdin", input="\n".join(new).encode())
    page = merge_request_url(instance, merge_request)[len(instance.url) :]
    compare = f"{page}/diffs?diff_id={version['id']}&start_sha={old}"
    commits = [(line[:40], line[41:]) for line in titles.splitlines()]
    added_commits(instance, merge_request, user, commits, compare)
