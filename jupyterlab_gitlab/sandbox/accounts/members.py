"""Members of projects and groups, and who can be assigned or mentioned in a project."""

from __future__ import annotations

from typing import Any

from ..instance import Instance
from ..rest.errors import ApiError, forbidden, not_found
from ..rest.paging import paginate
from ..rest.parameters import PAGING, Param
from ..rest.routing import Reply, Request, Routes
from ..store.sqlite import Row
from ..store.times import now
from .access import VALID_LEVELS, Level, find_group, find_project, group_level, project_level
from .users import basic, basic_by_id, by_username

routes = Routes()

_LIST = (Param("query"), Param("user_ids", "integers"), *PAGING)
_ADD = (
    Param("access_level", "integer", required=True, values=VALID_LEVELS),
    Param("user_id", "strings"),
    Param("username"),
    Param("expires_at", "date"),
)
_CHANGE = (
    Param("user_id", "integer"),
    Param("access_level", "integer", required=True, values=VALID_LEVELS),
    Param("expires_at", "date"),
)


def present(instance: Instance, member: Row) -> dict[str, Any]:
    """GitLab's Member; ``member`` is a record of the table members."""
    return {
        **basic(instance, instance.store.get("users", member["user_id"])),
        "access_level": member["access_level"],
        "created_at": member["created_at"],
        "created_by": basic_by_id(instance, member["created_by_id"]),
        "expires_at": member["expires_at"],
        "membership_state": "active",
    }


def _source(request: Request, level: Level = Level.NONE) -> tuple[str, Row]:
    """The column that names the route's project or group, and its record."""
    if "/projects/" in request.path[:18]:
        return "project_id", find_project(request, level)
    return "namespace_id", find_group(request, level)


def all_members(instance: Instance, column: str, source: Row) -> list[Row]:
    """Direct and inherited members, each once with the highest level, by user id."""
    namespace = source["namespace_id"] if column == "project_id" else source["id"]
    rows = instance.store.rows(
        "WITH RECURSIVE up(id, parent_id) AS (SELECT id, parent_id FROM namespaces WHERE id = ?"
        " UNION ALL SELECT n.id, n.parent_id FROM namespaces n JOIN up ON n.id = up.parent_id)"
        " SELECT * FROM members WHERE namespace_id IN (SELECT id FROM up) OR project_id = ?"
        " ORDER BY access_level",
        namespace,
        source["id"] if column == "project_id" else None,
    )
    best = {row["user_id"]: row for row in rows}
    return [best[user_id] for user_id in sorted(best)]


def _filtered(request: Request, rows: list[Row]) -> Reply:
    if user_ids := request.get("user_ids"):
        rows = [row for row in rows if row["user_id"] in user_ids]
    if query := request.get("query", "").lower():
        rows = [row for row in rows if _matches(request.store.get("users", row["user_id"]), query)]
    return paginate(request, rows, lambda row: present(request.instance, row))


def _matches(user: Row, query: str) -> bool:
    return query in user["name"].lower() or query in user["username"].lower() or query == user["email"].lower()


@routes("GET", "/projects/:id/members", *_LIST)
@routes("GET", "/groups/:id/members", *_LIST)
def list_members(request: Request) -> Reply:
    column, source = _source(request)
    rows = request.store.rows(f"SELECT * FROM members WHERE {column} = ? ORDER BY user_id", source["id"])
    return _filtered(request, rows)


@routes("GET", "/projects/:id/members/all", *_LIST)
@routes("GET", "/groups/:id/members/all", *_LIST)
def list_all_members(request: Request) -> Reply:
    column, source = _source(request)
    return _filtered(request, all_members(request.instance, column, source))


@routes("GET", "/projects/:id/members/:user_id", Param("user_id", "integer"))
@routes("GET", "/groups/:id/members/:user_id", Param("user_id", "integer"))
def get_member(request: Request) -> Any:
    column, source = _source(request)
    return present(request.instance, _member(request, column, source))


@routes("GET", "/projects/:id/members/all/:user_id", Param("user_id", "integer"))
@routes("GET", "/groups/:id/members/all/:user_id", Param("user_id", "integer"))
def get_any_member(request: Request) -> Any:
    column, source = _source(request)
    for row in all_members(request.instance, column, source):
        if row["user_id"] == request.params["user_id"]:
            return present(request.instance, row)
    raise not_found()


def _member(request: Request, column: str, source: Row) -> Row:
    found = request.store.row(
        f"SELECT * FROM members WHERE {column} = ? AND user_id = ?", source["id"], request.params["user_id"]
    )
    if found is None:
        raise not_found()
    return found


def _may_give(request: Request, column: str, source: Row, level: int) -> None:
    """Nobody gives more than they have."""
    has = (
        project_level(request.store, request.user, source)
        if column == "project_id"
        else group_level(request.store, request.user, source["id"])
    )
    if level > has:
        raise forbidden()


@routes("POST", "/projects/:id/members", *_ADD)
@routes("POST", "/groups/:id/members", *_ADD)
def add_member(request: Request) -> Any:
    column, source = _source(request, Level.MAINTAINER if "/projects/" in request.path[:18] else Level.OWNER)
    if not request.get("user_id") and not request.get("username"):
        raise ApiError(400, "400 Bad request - missing user_id or username")
    users = [_user(request, key) for key in request.get("user_id", [])]
    users += [_user_named(request, name) for name in request.get("username", "").split(",") if name]
    level = request.params["access_level"]
    _may_give(request, column, source, level)
    added = []
    for user in users:
        if request.store.row(f"SELECT 1 FROM members WHERE {column} = ? AND user_id = ?", source["id"], user["id"]):
            raise ApiError(409, "Member already exists")
        added.append(add(request.instance, column, source, user, level, request.me, request.get("expires_at")))
    return added[0] if len(added) == 1 else {"status": "success"}


def add(
    instance: Instance, column: str, source: Row, user: Row, level: int, by: Row, expires_at: str | None = None
) -> dict[str, Any]:
    """Make ``user`` a member; ``column`` is ``project_id`` or ``namespace_id``. The member as presented."""
    key = instance.store.insert(
        "members",
        user_id=user["id"],
        access_level=level,
        created_by_id=by["id"],
        expires_at=expires_at,
        created_at=now(),
        **{column: source["id"]},
    )
    return present(instance, instance.store.get("members", key))


def _user(request: Request, key: str) -> Row:
    user = request.store.row("SELECT * FROM users WHERE id = ?", int(key)) if key.isdigit() else None
    if user is None:
        raise not_found("User")
    return user


def _user_named(request: Request, name: str) -> Row:
    user = by_username(request.store, name.strip())
    if user is None:
        raise not_found("User")
    return user


@routes("PUT", "/projects/:id/members/:user_id", *_CHANGE)
@routes("PUT", "/groups/:id/members/:user_id", *_CHANGE)
def change_member(request: Request) -> Any:
    column, source = _source(request, Level.MAINTAINER if "/projects/" in request.path[:18] else Level.OWNER)
    member = _member(request, column, source)
    _may_give(request, column, source, max(request.params["access_level"], member["access_level"]))
    changes: dict[str, Any] = {"access_level": request.params["access_level"]}
    if "expires_at" in request.params:
        changes["expires_at"] = request.params["expires_at"]
    request.store.update("members", member["id"], **changes)
    return present(request.instance, request.store.get("members", member["id"]))


@routes("DELETE", "/projects/:id/members/:user_id", Param("user_id", "integer"))
@routes("DELETE", "/groups/:id/members/:user_id", Param("user_id", "integer"))
def remove_member(request: Request) -> None:
    column, source = _source(request)
    member = _member(request, column, source)
    if member["user_id"] != request.me["id"]:
        column, source = _source(request, Level.MAINTAINER if column == "project_id" else Level.OWNER)
        _may_give(request, column, source, member["access_level"])
    request.store.delete("members", member["id"])


@routes("GET", "/projects/:id/users", Param("search"), Param("skip_users", "integers"), *PAGING)
def project_users(request: Request) -> Reply:
    """Everyone who can be assigned, reviewer or mentioned: the members."""
    project = find_project(request)
    search, skipped = request.get("search", "").lower(), request.get("skip_users", [])
    users = [request.store.get("users", row["user_id"]) for row in all_members(request.instance, "project_id", project)]
    found = [user for user in users if user["id"] not in skipped and (not search or _matches(user, search))]
    return paginate(request, found, lambda user: basic(request.instance, user))
