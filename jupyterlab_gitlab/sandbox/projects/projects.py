"""Projects: making, reading, changing, listing, deleting."""

from __future__ import annotations

import json
import shutil
from typing import Any

from ..accounts import avatars
from ..accounts.access import (
    VISIBILITIES,
    Level,
    can_read_project,
    find_group,
    find_project,
    group_level,
    project_level,
)
from ..accounts.namespaces import PATH_RULE, slug, valid_path
from ..accounts.users import by_username, like, personal_namespace
from ..instance import Instance
from ..rest.errors import ApiError, not_found
from ..rest.paging import keyset, page_of, paginate
from ..rest.parameters import PAGING, Param, require_one
from ..rest.routing import Reply, Request, Routes
from ..store.sqlite import Row
from ..store.times import now, today
from . import settings as project_settings
from .entity import full_path, present, present_simple
from .first_push import commit_readme
from .languages import shares

routes = Routes()

_ORDERS = ("id", "name", "path", "created_at", "updated_at", "star_count", "last_activity_at", "similarity")
_LIST_PARAMS = (
    Param("search"),
    Param("search_namespaces", "boolean"),
    Param("visibility", values=VISIBILITIES),
    Param("archived", "boolean"),
    Param("min_access_level", "integer"),
    Param("id_after", "integer"),
    Param("id_before", "integer"),
    Param("topic", "strings"),
    Param("include_pending_delete", "boolean"),
    Param("order_by", values=_ORDERS, default="created_at"),
    Param("owned", "boolean", default=False),
    Param("simple", "boolean", default=False),
    Param("sort", values=("asc", "desc"), default="desc"),
    Param("starred", "boolean", default=False),
    Param("with_custom_attributes", "boolean", default=False),
    Param("with_issues_enabled", "boolean", default=False),
    Param("with_merge_requests_enabled", "boolean", default=False),
    Param("pagination", values=("legacy", "keyset")),
    *PAGING,
)
_MEMBERSHIP = Param("membership", "boolean", default=False)


def create(
    instance: Instance,
    creator: Row,
    namespace: Row,
    name: str,
    path: str,
    *,
    description: str | None = None,
    visibility: str = "private",
    settings: str = "{}",
    forked_from: int | None = None,
) -> Row:
    """Make a project with an empty repository.

    Raises:
        ApiError: 400 with the complaints of GitLab's model when name or path are taken or not allowed.
    """
    store = instance.store
    if not valid_path(path):
        raise ApiError(400, {"path": [PATH_RULE]})
    stamp = now()
    with store.transaction():
        taken = {
            field: ["has already been taken"]
            for field, value in (("project_namespace.name", name), ("path", path), ("name", name))
            if store.row(
                f"SELECT 1 FROM projects WHERE namespace_id = ? AND {field.rpartition('.')[2]} = ?",
                namespace["id"],
                value,
            )
        }
        if taken:
            raise ApiError(400, taken)
        if store.row("SELECT 1 FROM namespaces WHERE full_path = ?", f"{namespace['full_path']}/{path}"):
            raise ApiError(400, {"path": ["has already been taken"]})
        project_id = store.insert(
            "projects",
            namespace_id=namespace["id"],
            name=name,
            path=path,
            description=description,
            visibility=visibility,
            creator_id=creator["id"],
            forked_from_id=forked_from,
            settings=settings,
            created_at=stamp,
            updated_at=stamp,
            last_activity_at=stamp,
        )
        if namespace["kind"] == "user":
            store.insert(
                "members",
                project_id=project_id,
                user_id=namespace["owner_id"],
                access_level=Level.OWNER,
                created_by_id=creator["id"],
                created_at=stamp,
            )
        project = store.get("projects", project_id)
    instance.repository(project).create()
    return project


def visible(request: Request, project: Row) -> bool:
    """Whether the caller may know of ``project``."""
    return can_read_project(request.store, request.user, project)


@routes(
    "POST",
    "/projects",
    Param("name"),
    Param("path"),
    Param("namespace_id", "integer"),
    Param("description"),
    Param("visibility", values=VISIBILITIES),
    Param("initialize_with_readme", "boolean"),
    Param("default_branch"),
    *project_settings.PARAMS,
)
def create_project(request: Request) -> Any:
    require_one(request.params, "name", "path")
    store, instance = request.store, request.instance
    name = request.get("name") or request.get("path")
    path = request.get("path") or slug(request.get("name"))
    if (namespace_id := request.get("namespace_id")) is None:
        namespace = personal_namespace(store, request.me)
    else:
        found = store.row("SELECT * FROM namespaces WHERE id = ?", namespace_id)
        if found is None or group_level(store, request.user, namespace_id) < Level.DEVELOPER:
            raise ApiError(400, {"namespace": ["is not valid"]})
        namespace = found
    project = create(
        instance,
        request.me,
        namespace,
        name,
        path,
        description=request.get("description"),
        visibility=request.get("visibility", "private"),
        settings=project_settings.changed("{}", request.params),
    )
    if request.get("initialize_with_readme"):
        commit_readme(instance, project, request.me, request.get("default_branch") or "main")
    return present(request, store.get("projects", project["id"]))


@routes("GET", "/projects/:id", Param("license", "boolean"), Param("statistics", "boolean"))
def get_project(request: Request) -> Any:
    return present(request, find_project(request))


@routes("GET", "/projects", _MEMBERSHIP, *_LIST_PARAMS)
def list_projects(request: Request) -> Reply:
    return _listed(request, "1")


@routes("GET", "/users/:user_id/projects", _MEMBERSHIP, *_LIST_PARAMS)
def list_user_projects(request: Request) -> Reply:
    key = request.params["user_id"]
    user = by_username(request.store, key)
    if user is None and key.isdigit():
        user = request.store.row("SELECT * FROM users WHERE id = ?", int(key))
    if user is None:
        raise not_found("User")
    return _listed(request, "projects.namespace_id = ?", personal_namespace(request.store, user)["id"])


@routes(
    "GET",
    "/groups/:id/projects",
    *_LIST_PARAMS,
    Param("include_subgroups", "boolean", default=False),
    Param("with_shared", "boolean", default=True),
    Param("with_security_reports", "boolean", default=False),
)
def list_group_projects(request: Request) -> Reply:
    group = find_group(request)
    if request.get("include_subgroups"):
        inner = like(group["full_path"] + "/")[1:]
        return _listed(request, "(namespaces.id = ? OR namespaces.full_path LIKE ? ESCAPE '\\')", group["id"], inner)
    return _listed(request, "projects.namespace_id = ?", group["id"])


@routes("GET", "/projects/:id/forks", _MEMBERSHIP, *_LIST_PARAMS)
def list_forks(request: Request) -> Reply:
    return _listed(request, "projects.forked_from_id = ?", find_project(request)["id"])


def _listed(request: Request, where: str, *values: Any) -> Reply:
    conditions, given = [where], list(values)
    if search := request.get("search"):
        columns = ["projects.name", "projects.path", "projects.description"]
        if request.get("search_namespaces"):
            columns.append("namespaces.full_path")
        conditions.append("(" + " OR ".join(f"{column} LIKE ? ESCAPE '\\'" for column in columns) + ")")
        given += [like(search)] * len(columns)
    for name, condition in (
        ("id_after", "projects.id > ?"),
        ("id_before", "projects.id < ?"),
        ("visibility", "projects.visibility = ?"),
    ):
        if (value := request.get(name)) is not None:
            conditions.append(condition)
            given.append(value)
    if not request.get("include_pending_delete"):
        conditions.append("marked_for_deletion_on IS NULL")
    order, sort = request.get("order_by"), request.get("sort")
    by_keyset = request.get("pagination") == "keyset"
    if by_keyset and order != "id":
        raise ApiError(405, "405 Method Not Allowed - Keyset pagination is only available with order_by=id")
    stars = "(SELECT COUNT(*) FROM stars WHERE project_id = projects.id)"
    column = {"star_count": stars, "similarity": "projects.id"}.get(order, f"projects.{order}")
    rows = request.store.rows(
        "SELECT projects.* FROM projects JOIN namespaces ON namespaces.id = projects.namespace_id"
        f" WHERE {' AND '.join(conditions)} ORDER BY {column} {sort}, projects.id {sort}",
        *given,
    )
    rows = [row for row in rows if _wanted(request, row)]
    shown = present_simple if request.get("simple") or request.user is None else present
    if by_keyset:
        cursor = "id_after" if sort == "asc" else "id_before"
        _, per_page = page_of(request)
        return keyset(request, rows[: per_page + 1], lambda row: shown(request, row), lambda row: {cursor: row["id"]})
    return paginate(request, rows, lambda row: shown(request, row), limited="Project")


def _wanted(request: Request, project: Row) -> bool:
    if not visible(request, project):
        return False
    if request.get("starred"):
        sql = "SELECT 1 FROM stars WHERE project_id = ? AND user_id = ?"
        if request.user is None or not request.store.value(sql, project["id"], request.user["id"]):
            return False
    chosen = project_settings.settings(project)
    if request.get("archived") is not None and chosen["archived"] != request.params["archived"]:
        return False
    if not set(request.get("topic", [])) <= set(chosen["topics"]):
        return False
    user = request.user
    if request.get("owned"):
        namespace = request.store.get("namespaces", project["namespace_id"])
        if user is None or not (namespace["owner_id"] == user["id"] or _belongs(request, project, Level.OWNER)):
            return False
    if request.get("membership") and not _belongs(request, project, Level.GUEST):
        return False
    level = request.get("min_access_level")
    return level is None or project_level(request.store, user, project) >= level


def _belongs(request: Request, project: Row, level: Level) -> bool:
    """Whether the caller is a member, which an administrator is not by that alone."""
    user = request.user
    return user is not None and project_level(request.store, {**user, "admin": 0}, project) >= level


@routes(
    "PUT",
    "/projects/:id",
    Param("name", blank=False),
    Param("path", blank=False),
    Param("description"),
    Param("visibility", values=VISIBILITIES),
    Param("default_branch"),
    Param("avatar", "any"),
    *project_settings.PARAMS,
)
def update_project(request: Request) -> Any:
    project = find_project(request, Level.MAINTAINER)
    changes: dict[str, Any] = {
        name: request.params[name] for name in ("name", "path", "description", "visibility") if name in request.params
    }
    if "path" in changes and not valid_path(changes["path"]):
        raise ApiError(400, {"path": [PATH_RULE]})
    if branch := request.get("default_branch"):
        git = request.instance.repository(project)
        if git.branch(branch) is None:
            raise ApiError(400, {"base": ["Could not change HEAD: branch '" + branch + "' does not exist"]})
        git.run("symbolic-ref", "HEAD", f"refs/heads/{branch}")
        changes["default_branch"] = branch
    if "avatar" in request.params:
        changes["avatar"] = avatars.save(request.instance, "project", project["id"], request.params["avatar"])
    changes["settings"] = project_settings.changed(project["settings"], request.params)
    request.store.update("projects", project["id"], updated_at=now(), **changes)
    return present(request, request.store.get("projects", project["id"]))


@routes("POST", "/projects/:id/archive")
def archive(request: Request) -> Any:
    return _set_archived(request, True)


@routes("POST", "/projects/:id/unarchive")
def unarchive(request: Request) -> Any:
    return _set_archived(request, False)


def _set_archived(request: Request, value: bool) -> Any:
    project = find_project(request, Level.OWNER)
    stored = json.dumps({**json.loads(project["settings"]), "archived": value})
    request.store.update("projects", project["id"], settings=stored, updated_at=now())
    return present(request, request.store.get("projects", project["id"]))


@routes("DELETE", "/projects/:id", Param("permanently_remove", "boolean"), Param("full_path"))
def delete_project(request: Request) -> Reply:
    """Marks for deletion and frees the path, as GitLab since 18.0; ``permanently_remove`` then removes it."""
    project = find_project(request, Level.OWNER)
    marked = project["marked_for_deletion_on"] is not None
    if request.get("permanently_remove"):
        if not marked:
            raise ApiError(400, "Project must be marked for deletion first.")
        if request.get("full_path") != full_path(request.store, project):
            raise ApiError(400, "`full_path` is incorrect. You must enter the complete path for the project.")
        request.store.delete("projects", project["id"])
        shutil.rmtree(request.instance.repository(project).path, ignore_errors=True)
    elif marked:
        raise ApiError(400, "Project has been already marked for deletion")
    else:
        suffix = f"-deletion_scheduled-{project['id']}"
        request.store.update(
            "projects",
            project["id"],
            name=project["name"] + suffix,
            path=project["path"] + suffix,
            marked_for_deletion_on=today(),
        )
    return Reply(202, {"message": "202 Accepted"})


@routes("GET", "/projects/:id/languages")
def languages(request: Request) -> Any:
    project = find_project(request)
    return shares(request.instance.repository(project), project["default_branch"])
