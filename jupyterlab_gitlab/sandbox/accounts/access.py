"""Access levels: what a user is in a project or group, and the refusals GitLab gives when that is too little."""

from __future__ import annotations

from enum import IntEnum
from typing import Any

from ..rest.errors import forbidden, not_found
from ..rest.routing import Request
from ..store.sqlite import Row, Store
from ..store.times import today
from .namespaces import lookup


class Level(IntEnum):
    """GitLab's access levels."""

    NONE = 0
    MINIMAL = 5
    GUEST = 10
    PLANNER = 15
    REPORTER = 20
    DEVELOPER = 30
    MAINTAINER = 40
    OWNER = 50
    ADMIN = 60


VISIBILITIES = ("private", "internal", "public")
VALID_LEVELS = tuple(int(level) for level in Level if Level.MINIMAL <= level <= Level.OWNER)

_ANCESTORS = """
WITH RECURSIVE up(id, parent_id) AS (
    SELECT id, parent_id FROM namespaces WHERE id = ?
    UNION ALL SELECT n.id, n.parent_id FROM namespaces n JOIN up ON n.id = up.parent_id
)
"""


def group_level(store: Store, user: Row | None, namespace_id: int) -> Level:
    """What ``user`` is in a namespace: the best of its own and its ancestors' memberships."""
    if user is None:
        return Level.NONE
    if user["admin"]:
        return Level.OWNER
    best = store.value(
        _ANCESTORS + "SELECT MAX(access_level) FROM members WHERE user_id = ? AND namespace_id IN (SELECT id FROM up)"
        " AND (expires_at IS NULL OR expires_at > ?)",
        namespace_id,
        user["id"],
        today(),
    )
    owned = store.value("SELECT 1 FROM namespaces WHERE id = ? AND owner_id = ?", namespace_id, user["id"])
    return Level.OWNER if owned else Level(best or 0)


def project_level(store: Store, user: Row | None, project: Row) -> Level:
    """What ``user`` is in ``project``; administrators and the owner of the personal namespace are owners."""
    if user is None:
        return Level.NONE
    own = store.value(
        "SELECT MAX(access_level) FROM members WHERE user_id = ? AND project_id = ?"
        " AND (expires_at IS NULL OR expires_at > ?)",
        user["id"],
        project["id"],
        today(),
    )
    return max(Level(own or 0), group_level(store, user, project["namespace_id"]))


def can_read_group(store: Store, user: Row | None, group: Row) -> bool:
    """Public to all, internal to every user, private to members and to those of its projects."""
    if group["visibility"] == "public" or (group["visibility"] == "internal" and user is not None):
        return True
    if group_level(store, user, group["id"]) >= Level.GUEST:
        return True
    return user is not None and bool(
        store.value(
            "SELECT 1 FROM members JOIN projects ON projects.id = project_id WHERE user_id = ?"
            " AND projects.namespace_id = ?",
            user["id"],
            group["id"],
        )
    )


def can_read_project(store: Store, user: Row | None, project: Row) -> bool:
    """Public to all, internal to every user, private to members."""
    if project["visibility"] == "public" or (project["visibility"] == "internal" and user is not None):
        return True
    return project_level(store, user, project) >= Level.GUEST


def can_read_code(store: Store, user: Row | None, project: Row) -> bool:
    """In a private project code starts with Reporter."""
    if not can_read_project(store, user, project):
        return False
    return project["visibility"] != "private" or project_level(store, user, project) >= Level.REPORTER


def lookup_project(store: Store, key: str) -> Row | None:
    """A project by id or full path (any case), without asking who wants it."""
    if key.isdigit():
        return store.row("SELECT * FROM projects WHERE id = ?", int(key)) if len(key) < 19 else None
    namespace, _, path = key.rpartition("/")
    return store.row(
        "SELECT projects.* FROM projects JOIN namespaces ON namespaces.id = namespace_id"
        " WHERE full_path = ? AND projects.path = ?",
        namespace,
        path,
    )


def find_project(request: Request, level: Level = Level.NONE, *, key: Any = None) -> Row:
    """The project that the route's ``:id`` (or ``key``) names, if the caller is at least ``level`` there.

    Raises:
        ApiError: 404 when there is none or the caller may not see it, 403 when the level is too low.
    """
    project = lookup_project(request.store, str(request.params["id"] if key is None else key))
    if project is None or not can_read_project(request.store, request.user, project):
        raise not_found("Project")
    require_level(request, project, level)
    return project


def find_code(request: Request) -> Row:
    """Like :func:`find_project`, for routes that read the repository.

    Raises:
        ApiError: 404 or 403.
    """
    project = find_project(request)
    if not can_read_code(request.store, request.user, project):
        raise forbidden()
    return project


def find_group(request: Request, level: Level = Level.NONE) -> Row:
    """The group that ``:id`` names, if the caller is at least ``level`` there.

    Raises:
        ApiError: 404 when there is none or the caller may not see it, 403 when the level is too low.
    """
    group = lookup(request.store, str(request.params["id"]))
    if group is None or group["kind"] != "group" or not can_read_group(request.store, request.user, group):
        raise not_found("Group")
    if level and group_level(request.store, request.user, group["id"]) < level:
        raise forbidden()
    return group


def require_level(request: Request, project: Row, level: Level) -> None:
    """Raises:
    ApiError: 403 when the caller is less than ``level`` in ``project``.
    """
    if level and project_level(request.store, request.user, project) < level:
        raise forbidden()
