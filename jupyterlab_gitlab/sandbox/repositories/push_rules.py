"""Who may move which ref: protected branches, the default branch, and refs that belong to GitLab."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fnmatch import fnmatchcase
from urllib.parse import urlencode

from ..accounts.access import Level, project_level
from ..git.repository import ZERO_SHA
from ..instance import Instance, RefChange
from ..projects.entity import web_url
from ..projects.settings import settings
from ..store.sqlite import Row

NOT_ALLOWED = "You are not allowed to push code to protected branches on this project."
NO_DELETE = (
    "You are not allowed to delete protected branches from this project."
    " Only a project maintainer or owner can delete a protected branch."
)
NO_DELETE_BY_GIT = "You can only delete protected branches using the web interface."
NO_DELETE_DEFAULT = "The default branch of a project cannot be deleted."


def protection(instance: Instance, project: Row, branch: str) -> Row | None:
    """The rule that protects ``branch``: by name first, then by wildcard; None when it is open.

    In an empty project every branch is protected, as GitLab's default ("fully protected") has it.
    """
    rows = instance.store.rows("SELECT * FROM protected_branches WHERE project_id = ?", project["id"])
    if project["default_branch"] is None and not rows:
        return {"name": branch, "push_access_level": 40, "merge_access_level": 40, "allow_force_push": 0}
    exact = next((row for row in rows if row["name"] == branch), None)
    return exact or next((row for row in rows if "*" in row["name"] and fnmatchcase(branch, row["name"])), None)


def can_push(instance: Instance, project: Row, user: Row | None, branch: str) -> bool:
    """Whether ``user`` may add commits to ``branch``: Developer, or what its protection asks for (0: no one).

    So may whoever can merge a merge request from a fork whose author allows it.
    """
    if _reaches(instance, project, user, branch, "push_access_level"):
        return True
    if project["forked_from_id"] is None or protection(instance, project, branch) is not None:
        return False
    return any(invitation["source_branch"] == branch for invitation in _collaborations(instance, project, user))


def may_collaborate(instance: Instance, project: Row, user: Row | None) -> bool:
    """Whether ``user`` may push to some branch of a fork that is not theirs."""
    return next(_collaborations(instance, project, user), None) is not None


def _collaborations(instance: Instance, fork: Row, user: Row | None) -> Iterator[Row]:
    """The open merge requests from a fork that let ``user``, who can merge them, push (neither project private)."""
    if user is None or fork["visibility"] == "private":
        return
    for merge_request in instance.store.rows(
        "SELECT * FROM merge_requests WHERE source_project_id = ? AND state = 'opened' AND allow_collaboration"
        " AND project_id != source_project_id",
        fork["id"],
    ):
        target = instance.store.get("projects", merge_request["project_id"])
        if target["visibility"] != "private" and can_merge(instance, target, user, merge_request["target_branch"]):
            yield merge_request


def can_merge(instance: Instance, project: Row, user: Row | None, branch: str) -> bool:
    """Whether ``user`` may merge into ``branch``; who may push may merge."""
    return can_push(instance, project, user, branch) or _reaches(instance, project, user, branch, "merge_access_level")


def _reaches(instance: Instance, project: Row, user: Row | None, branch: str, column: str) -> bool:
    level = project_level(instance.store, user, project)
    rule = protection(instance, project, branch)
    if rule is None:
        return level >= Level.DEVELOPER
    return bool(rule[column]) and level >= Level(rule[column])


def refusal(instance: Instance, project: Row, user: Row, changes: Sequence[RefChange]) -> str | None:
    """Why a push must be refused before its objects are read, in GitLab's words; None when it may go on."""
    for change in changes:
        if not change.ref.startswith("refs/heads/"):
            continue
        branch = change.ref[len("refs/heads/") :]
        if change.new == ZERO_SHA:
            if branch == project["default_branch"]:
                return NO_DELETE_DEFAULT
            if protection(instance, project, branch) is not None:
                maintains = project_level(instance.store, user, project) >= Level.MAINTAINER
                return NO_DELETE_BY_GIT if maintains else NO_DELETE
        elif not can_push(instance, project, user, branch):
            return NOT_ALLOWED
    return None


def invitation(instance: Instance, project: Row, changes: Sequence[RefChange]) -> str:
    """What GitLab says after a push that makes branches: where to open a merge request; empty for other pushes."""
    if project["default_branch"] is None or not settings(project)["printing_merge_request_link_enabled"]:
        return ""
    made = [c.ref[len("refs/heads/") :] for c in changes if c.ref.startswith("refs/heads/") and c.old == ZERO_SHA]
    lines = [""]
    for branch in made:
        query = urlencode({"merge_request[source_branch]": branch})
        lines.append(f"To create a merge request for {branch}, visit:")
        lines.append(f"  {web_url(instance, project)}/-/merge_requests/new?{query}")
        lines.append("")
    return "\n".join(lines) if made else ""


def without_force(instance: Instance, project: Row, changes: Sequence[RefChange]) -> list[str]:
    """The refs among ``changes`` that must not lose commits."""
    kept = []
    for change in changes:
        if not change.ref.startswith("refs/heads/") or ZERO_SHA in (change.old, change.new):
            continue
        rule = protection(instance, project, change.ref[len("refs/heads/") :])
        if rule is not None and not rule["allow_force_push"]:
            kept.append(change.ref)
    return kept
