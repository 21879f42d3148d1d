"""Branches and their protection."""

from __future__ import annotations

import re
from typing import Any

from ..accounts.access import Level, find_code, find_project, project_level
from ..git.repository import ZERO_SHA
from ..instance import RefChange
from ..projects.entity import web_url
from ..rest.errors import ApiError, forbidden, not_found
from ..rest.paging import paginate
from ..rest.parameters import PAGING, Param
from ..rest.routing import Reply, Request, Routes
from ..store.sqlite import Row
from .commit_actions import commit_actions
from .commit_entity import present as present_commit
from .commit_entity import read
from .push_rules import can_push, protection

routes = Routes()

LEVEL_NAMES = {0: "No one", 30: "Developers + Maintainers", 40: "Maintainers", 60: "Instance admins"}


def present(request: Request, project: Row, name: str, sha: str) -> dict[str, Any]:
    """GitLab's Branch."""
    instance = request.instance
    git = instance.repository(project)
    rule = protection(instance, project, name)
    default = project["default_branch"]
    root = git.branch(default) if default else None
    merged = root is not None and name != default and sha != root and git.is_ancestor(sha, root)
    return {
        "name": name,
        "commit": present_commit(instance, project, read(git, [sha])[0]),
        "merged": merged,
        "protected": rule is not None,
        "developers_can_push": rule is not None and rule["push_access_level"] == Level.DEVELOPER,
        "developers_can_merge": rule is not None and rule["merge_access_level"] == Level.DEVELOPER,
        "can_push": can_push(instance, project, request.user, name),
        "default": name == default,
        "web_url": f"{web_url(instance, project)}/-/tree/{name}",
    }


def _matches(name: str, search: str) -> bool:
    """GitLab's branch search: a part of the name, ``^`` and ``$`` hold it to the ends, ``*`` stands for anything."""
    start, end = search.startswith("^"), search.endswith("$")
    core = search[start : len(search) - end]
    pattern = ".*".join(re.escape(part) for part in core.split("*"))
    return re.search(f"{'^' if start else ''}{pattern}{'$' if end else ''}", name, re.IGNORECASE) is not None


@routes(
    "GET",
    "/projects/:id/repository/branches",
    Param("search"),
    Param("regex"),
    Param("sort", values=("name_asc", "updated_asc", "updated_desc"), default="name_asc"),
    *PAGING,
)
def list_branches(request: Request) -> Reply:
    project = find_code(request)
    git = request.instance.repository(project)
    found = list(git.refs("refs/heads/").items())
    if search := request.get("search"):
        found = [(name, sha) for name, sha in found if _matches(name, search)]
    if regex := request.get("regex"):
        try:
            pattern = re.compile(regex)
        except re.error:
            raise ApiError(400, "400 Bad request - regex is invalid") from None
        found = [(name, sha) for name, sha in found if pattern.search(name)]
    if request.get("sort") != "name_asc":
        order = git.text("for-each-ref", "--sort=committerdate", "--format=%(refname)", "refs/heads/").splitlines()
        rank = {ref[len("refs/heads/") :]: number for number, ref in enumerate(order)}
        found.sort(key=lambda item: rank.get(item[0], 0), reverse=request.get("sort") == "updated_desc")
    return paginate(request, found, lambda item: present(request, project, *item))


@routes("GET", "/projects/:id/repository/branches/:branch")
def get_branch(request: Request) -> Any:
    project = find_code(request)
    sha = request.instance.repository(project).branch(request.params["branch"])
    if request.method == "HEAD":
        return Reply(204 if sha else 404)
    if sha is None:
        raise not_found("Branch")
    return present(request, project, request.params["branch"], sha)


@routes(
    "POST",
    "/projects/:id/repository/branches",
    Param("branch", required=True, blank=False),
    Param("ref", required=True, blank=False),
)
def create_branch(request: Request) -> Any:
    project = find_project(request, Level.DEVELOPER)
    git, name = request.instance.repository(project), request.params["branch"]
    if not git.valid_branch(name):
        raise ApiError(400, "Branch name is invalid")
    if project["default_branch"] is None:  # GitLab makes the default branch first, with an empty README
        readme = {"action": "create", "file_path": "README.md", "content": ""}
        commit_actions(request.instance, project, request.me, "main", "Add README.md", [readme])
        project = find_project(request, Level.DEVELOPER)
    if git.branch(name):
        raise ApiError(400, "Branch already exists")
    sha = git.commit(request.params["ref"])
    if sha is None:
        raise ApiError(400, f"Failed to create branch '{name}': invalid reference name '{request.params['ref']}'")
    if not can_push(request.instance, project, request.user, name):
        raise forbidden("You are not allowed to create protected branches on this project.")
    ref = f"refs/heads/{name}"
    with request.instance.lock(project):
        if not git.update_ref(ref, sha, ZERO_SHA):
            raise ApiError(400, "Branch already exists")  # or one whose name is a folder of this one's
        request.instance.post_receive(project, [RefChange(ref, ZERO_SHA, sha)], request.me)
    return present(request, project, name, sha)


@routes("DELETE", "/projects/:id/repository/branches/:branch")
def delete_branch(request: Request) -> None:
    project = find_project(request, Level.DEVELOPER)
    remove(request, project, request.params["branch"])


def remove(request: Request, project: Row, name: str) -> None:
    """Delete a branch in the caller's name and tell the push listeners.

    Raises:
        ApiError: 404 when there is none; 403 or 405 when it must stay.
    """
    instance = request.instance
    git = instance.repository(project)
    sha = git.branch(name)
    if sha is None:
        raise not_found("Branch")
    if name == project["default_branch"]:
        raise ApiError(405, "Cannot remove HEAD branch")
    rule = protection(instance, project, name)
    if rule is not None and project_level(instance.store, request.user, project) < Level.MAINTAINER:
        raise forbidden("Protected branch can't be removed")
    ref = f"refs/heads/{name}"
    with instance.lock(project):
        git.delete_ref(ref, sha)
        if rule is not None:
            instance.store.execute(
                "DELETE FROM protected_branches WHERE project_id = ? AND name = ?", project["id"], name
            )
        instance.post_receive(project, [RefChange(ref, sha, ZERO_SHA)], request.me)


# -- protection


def present_protected(rule: Row) -> dict[str, Any]:
    """GitLab's ProtectedBranch."""

    def levels(column: str) -> list[dict[str, Any]]:
        level = rule[column]
        return [{"id": rule["id"], "access_level": level, "access_level_description": LEVEL_NAMES[level]}]

    return {
        "id": rule["id"],
        "name": rule["name"],
        "push_access_levels": levels("push_access_level"),
        "merge_access_levels": levels("merge_access_level"),
        "allow_force_push": bool(rule["allow_force_push"]),
    }


@routes("GET", "/projects/:id/protected_branches", Param("search"), *PAGING, sign_in=True)
def list_protected(request: Request) -> Reply:
    project = find_project(request, Level.DEVELOPER)
    rows = request.store.rows("SELECT * FROM protected_branches WHERE project_id = ? ORDER BY id", project["id"])
    search = request.get("search", "")
    return paginate(request, [row for row in rows if search in row["name"]], present_protected)


def _find_rule(request: Request, project: Row) -> Row:
    rule = request.store.row(
        "SELECT * FROM protected_branches WHERE project_id = ? AND name = ?", project["id"], request.params["name"]
    )
    if rule is None:
        raise not_found()
    return rule


@routes("GET", "/projects/:id/protected_branches/:name", sign_in=True)
def get_protected(request: Request) -> Any:
    return present_protected(_find_rule(request, find_project(request, Level.DEVELOPER)))


_RULE = (
    Param("push_access_level", "integer", values=tuple(LEVEL_NAMES)),
    Param("merge_access_level", "integer", values=tuple(LEVEL_NAMES)),
    Param("allow_force_push", "boolean"),
)


@routes("POST", "/projects/:id/protected_branches", Param("name", required=True, blank=False), *_RULE)
def protect(request: Request) -> Any:
    project = find_project(request, Level.MAINTAINER)
    name = request.params["name"]
    if request.store.row("SELECT 1 FROM protected_branches WHERE project_id = ? AND name = ?", project["id"], name):
        raise ApiError(409, f"Protected branch '{name}' already exists")
    key = request.store.insert("protected_branches", project_id=project["id"], name=name, **_rule(request))
    return present_protected(request.store.get("protected_branches", key))


@routes("PATCH", "/projects/:id/protected_branches/:name", *_RULE)
def change_protection(request: Request) -> Any:
    rule = _find_rule(request, find_project(request, Level.MAINTAINER))
    request.store.update("protected_branches", rule["id"], **_rule(request))
    return present_protected(request.store.get("protected_branches", rule["id"]))


def _rule(request: Request) -> dict[str, int]:
    return {param.name: int(request.params[param.name]) for param in _RULE if request.get(param.name) is not None}


@routes("DELETE", "/projects/:id/protected_branches/:name")
def unprotect(request: Request) -> None:
    rule = _find_rule(request, find_project(request, Level.MAINTAINER))
    request.store.delete("protected_branches", rule["id"])
