"""Groups and sub-groups."""

from __future__ import annotations

import shutil
from typing import Any

from ..accounts import namespaces
from ..accounts.access import VISIBILITIES, Level, can_read_group, can_read_project, find_group, group_level
from ..accounts.namespaces import PATH_RULE, valid_path
from ..accounts.users import like
from ..instance import Instance
from ..rest.errors import bad_request, forbidden, not_found
from ..rest.paging import paginate
from ..rest.parameters import PAGING, Param
from ..rest.routing import Reply, Request, Routes
from ..store.sqlite import Row
from ..store.times import now
from .entity import present_simple

routes = Routes()


def present(instance: Instance, group: Row) -> dict[str, Any]:
    """GitLab's Group."""
    return {
        "id": group["id"],
        "web_url": f"{instance.url}/groups/{group['full_path']}",
        "name": group["name"],
        "path": group["path"],
        "description": group["description"],
        "visibility": group["visibility"],
        "share_with_group_lock": False,
        "require_two_factor_authentication": False,
        "two_factor_grace_period": 48,
        "project_creation_level": "developer",
        "auto_devops_enabled": None,
        "subgroup_creation_level": "maintainer",
        "emails_disabled": False,
        "emails_enabled": True,
        "mentions_disabled": None,
        "lfs_enabled": True,
        "archived": False,
        "math_rendering_limits_enabled": True,
        "lock_math_rendering_limits_enabled": False,
        "default_branch": None,
        "default_branch_protection": 2,
        "default_branch_protection_defaults": {
            "allowed_to_push": [{"access_level": 40}],
            "allow_force_push": False,
            "allowed_to_merge": [{"access_level": 40}],
        },
        "avatar_url": None,
        "request_access_enabled": True,
        "full_name": namespaces.full_name(instance.store, group),
        "full_path": group["full_path"],
        "created_at": group["created_at"],
        "parent_id": group["parent_id"],
        "organization_id": 1,
        "shared_runners_setting": "enabled",
        "marked_for_deletion_on": None,
    }


@routes(
    "GET",
    "/groups",
    Param("search"),
    Param("owned", "boolean", default=False),
    Param("all_available", "boolean"),
    Param("top_level_only", "boolean"),
    Param("min_access_level", "integer"),
    Param("order_by", values=("name", "path", "id", "similarity"), default="name"),
    Param("sort", values=("asc", "desc"), default="asc"),
    Param("statistics", "boolean", default=False),
    *PAGING,
)
def list_groups(request: Request) -> Reply:
    return _listed(request, "kind = 'group'")


@routes(
    "GET",
    "/groups/:id/subgroups",
    Param("search"),
    Param("order_by", values=("name", "path", "id", "similarity"), default="name"),
    Param("sort", values=("asc", "desc"), default="asc"),
    *PAGING,
)
def list_subgroups(request: Request) -> Reply:
    return _listed(request, "parent_id = ?", find_group(request)["id"])


@routes(
    "GET",
    "/groups/:id/descendant_groups",
    Param("search"),
    Param("order_by", values=("name", "path", "id", "similarity"), default="name"),
    Param("sort", values=("asc", "desc"), default="asc"),
    *PAGING,
)
def list_descendants(request: Request) -> Reply:
    group = find_group(request)
    return _listed(request, "kind = 'group' AND full_path LIKE ? ESCAPE '\\'", like(group["full_path"] + "/")[1:])


def _listed(request: Request, where: str, *values: Any) -> Reply:
    conditions, given = [where], list(values)
    if search := request.get("search"):
        conditions.append("(name LIKE ? ESCAPE '\\' OR path LIKE ? ESCAPE '\\')")
        given += [like(search), like(search)]
    if request.get("top_level_only"):
        conditions.append("parent_id IS NULL")
    direction = request.get("sort")
    order_by = request.get("order_by").replace("similarity", "name")
    rows = request.store.rows(
        f"SELECT * FROM namespaces WHERE {' AND '.join(conditions)} ORDER BY {order_by} {direction}, id", *given
    )
    wanted = Level.OWNER if request.get("owned") else Level(request.get("min_access_level", 0))
    rows = [
        row
        for row in rows
        if can_read_group(request.store, request.user, row)
        and group_level(request.store, request.user, row["id"]) >= wanted
    ]
    return paginate(request, rows, lambda row: present(request.instance, row))


@routes("GET", "/groups/:id", Param("with_projects", "boolean", default=True))
def get_group(request: Request) -> Any:
    group = find_group(request)
    shown = present(request.instance, group) | {
        "shared_with_groups": [],
        "prevent_sharing_groups_outside_hierarchy": False,
    }
    if request.get("with_projects"):
        rows = request.store.rows("SELECT * FROM projects WHERE namespace_id = ? ORDER BY id DESC", group["id"])
        rows = [row for row in rows if can_read_project(request.store, request.user, row)]
        shown["projects"] = [present_simple(request, row) for row in rows]
        shown["shared_projects"] = []
    return shown


@routes(
    "POST",
    "/groups",
    Param("name", required=True, blank=False),
    Param("path", required=True, blank=False),
    Param("parent_id", "integer"),
    Param("description"),
    Param("visibility", values=VISIBILITIES),
)
def create_group(request: Request) -> Any:
    path, parent_id = request.params["path"], request.get("parent_id")
    parent = None
    if parent_id is not None:
        parent = request.store.row("SELECT * FROM namespaces WHERE id = ? AND kind = 'group'", parent_id)
        if parent is None:
            raise not_found("Group")
        if group_level(request.store, request.user, parent_id) < Level.MAINTAINER:
            raise forbidden()
    if not valid_path(path):
        raise bad_request(f'Failed to save group {{:path=>["{PATH_RULE}"]}}')
    return present(
        request.instance,
        create(
            request.instance,
            request.me,
            request.params["name"],
            path,
            parent=parent,
            description=request.get("description", ""),
            visibility=request.get("visibility", "private"),
        ),
    )


def create(
    instance: Instance,
    owner: Row,
    name: str,
    path: str,
    *,
    parent: Row | None = None,
    description: str = "",
    visibility: str = "private",
) -> Row:
    """Make a group owned by ``owner``.

    Raises:
        ApiError: 400 when the path is taken.
    """
    store = instance.store
    full_path = f"{parent['full_path']}/{path}" if parent else path
    stamp = now()
    with store.transaction():
        if store.row("SELECT 1 FROM namespaces WHERE full_path = ?", full_path):
            raise bad_request('Failed to save group {:path=>["has already been taken"]}')
        group_id = store.insert(
            "namespaces",
            kind="group",
            name=name,
            path=path,
            full_path=full_path,
            parent_id=parent["id"] if parent else None,
            description=description,
            visibility=visibility,
            created_at=stamp,
        )
        store.insert(
            "members",
            namespace_id=group_id,
            user_id=owner["id"],
            access_level=Level.OWNER,
            created_by_id=owner["id"],
            created_at=stamp,
        )
        return store.get("namespaces", group_id)


@routes("PUT", "/groups/:id", Param("name"), Param("description"), Param("visibility", values=VISIBILITIES))
def update_group(request: Request) -> Any:
    group = find_group(request, Level.OWNER)
    changes = {key: request.params[key] for key in ("name", "description", "visibility") if request.get(key)}
    request.store.update("namespaces", group["id"], **changes)
    return present(request.instance, request.store.get("namespaces", group["id"]))


@routes("DELETE", "/groups/:id")
def delete_group(request: Request) -> Reply:
    """Gone at once, with its sub-groups and projects (GitLab keeps them for some days)."""
    group = find_group(request, Level.OWNER)
    gone = request.store.rows(
        "SELECT id FROM projects WHERE namespace_id IN (SELECT id FROM namespaces WHERE id = ? OR full_path LIKE ?"
        " ESCAPE '\\')",
        group["id"],
        like(group["full_path"] + "/")[1:],
    )
    request.store.delete("namespaces", group["id"])
    for project in gone:
        shutil.rmtree(request.instance.repository(project).path, ignore_errors=True)
    return Reply(202, {"message": "202 Accepted"})


@routes("GET", "/namespaces", Param("search"), *PAGING, sign_in=True)
def list_namespaces(request: Request) -> Reply:
    """The places where the caller may make projects."""
    rows = request.store.rows(
        "SELECT * FROM namespaces WHERE full_path LIKE ? ESCAPE '\\' ORDER BY id", like(request.get("search", ""))
    )
    mine = [row for row in rows if group_level(request.store, request.user, row["id"]) >= Level.DEVELOPER]
    return paginate(request, mine, lambda row: namespaces.basic(request.instance, row))


@routes("GET", "/namespaces/:id", sign_in=True)
def get_namespace(request: Request) -> Any:
    found = namespaces.lookup(request.store, str(request.params["id"]))
    if found is None or group_level(request.store, request.user, found["id"]) < Level.GUEST:
        raise not_found("Namespace")
    return namespaces.basic(request.instance, found)
