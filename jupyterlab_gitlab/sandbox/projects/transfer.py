"""Where a project lives: the groups round it, and moving it to another namespace."""

from __future__ import annotations

from typing import Any

from ..accounts import namespaces
from ..accounts.access import Level, find_project, group_level
from ..rest.errors import ApiError, not_found
from ..rest.paging import paginate
from ..rest.parameters import PAGING, Param
from ..rest.routing import Reply, Request, Routes
from ..store.sqlite import Row
from ..store.times import now
from .entity import present

routes = Routes()

_ANCESTORS = """
WITH RECURSIVE up(id) AS (
    SELECT ? UNION ALL SELECT n.parent_id FROM namespaces n JOIN up ON n.id = up.id WHERE n.parent_id IS NOT NULL
)
SELECT * FROM namespaces WHERE id IN (SELECT id FROM up) AND kind = 'group' ORDER BY id
"""


@routes("GET", "/projects/:id/groups", Param("search"), *PAGING)
def list_groups(request: Request) -> Reply:
    """The group of a project and those above it."""
    project = find_project(request)
    search = request.get("search", "").lower()
    rows = request.store.rows(_ANCESTORS, project["namespace_id"])
    return paginate(request, [row for row in rows if search in row["name"].lower()], lambda row: _group(request, row))


def _group(request: Request, group: Row) -> dict[str, Any]:
    """GitLab's PublicGroupDetails."""
    return {
        "id": group["id"],
        "web_url": f"{request.instance.url}/groups/{group['full_path']}",
        "name": group["name"],
        "avatar_url": None,
        "full_name": namespaces.full_name(request.store, group),
        "full_path": group["full_path"],
    }


@routes("PUT", "/projects/:id/transfer", Param("namespace", required=True, blank=False))
def transfer(request: Request) -> Any:
    project, store = find_project(request, Level.OWNER), request.store
    target = namespaces.lookup(store, request.params["namespace"])
    if target is None or group_level(store, request.user, target["id"]) < Level.MAINTAINER:
        raise not_found("Namespace")
    sql = "SELECT 1 FROM projects WHERE namespace_id = ? AND path = ?"
    if target["id"] == project["namespace_id"] or store.value(sql, target["id"], project["path"]):
        message = (
            "Project is already in this namespace."
            if target["id"] == project["namespace_id"]
            else ("Project with same name or path in target namespace already exists")
        )
        raise ApiError(400, f"400 Bad request - {message}")
    store.update("projects", project["id"], namespace_id=target["id"], updated_at=now())
    return present(request, store.get("projects", project["id"]))
