"""Merge requests: lists, making, reading, deleting."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from ..accounts.access import Level, can_read_code, can_read_project, find_code, find_group, find_project, require_level
from ..accounts.users import basic, like
from ..projects.milestones import MILESTONE_ID, find_milestone
from ..projects.settings import settings
from ..repositories.commits import find_commit
from ..rest.errors import ApiError, forbidden, not_found
from ..rest.paging import Query, paginate
from ..rest.parameters import PAGING, Param
from ..rest.routing import Reply, Request, Routes
from ..store.sqlite import Row, marks
from ..store.times import now
from . import quick_actions, schema, todos, versions
from .access import IID, find_merge_request
from .entity import participants, present, present_basic, present_simple
from .filters import PARAMS as FILTERS
from .filters import Filter, narrow, order
from .people import change_labels, change_people
from .rules import refuse_bad_fields, refuse_same_branch, refuse_twin
from .update import COMMON, change, flags

SCHEMA = schema.SCHEMA

routes = Routes()

_LIST = "/projects/:id/merge_requests"
_ONE = f"{_LIST}/:merge_request_iid"

# -- lists


@routes("GET", "/merge_requests", *FILTERS, Param("non_archived", "boolean", default=False), *PAGING)
def list_all(request: Request) -> Reply:
    """Everywhere the caller may look; only the caller's own unless ``scope`` says otherwise."""
    request.params.setdefault("scope", "created_by_me")
    if request.user is None and request.get("scope") != "all":
        raise ApiError(401, "401 Unauthorized")
    return _listed(request, _visible_projects(request, "1"), "")


@routes("GET", "/groups/:id/merge_requests", *FILTERS, Param("non_archived", "boolean", default=True), *PAGING)
def list_group(request: Request) -> Reply:
    group = find_group(request)
    below = like(group["full_path"] + "/")[1:]
    inside = "namespace_id IN (SELECT id FROM namespaces WHERE id = ? OR full_path LIKE ? ESCAPE '\\')"
    return _listed(request, _visible_projects(request, inside, group["id"], below), "group")


@routes("GET", _LIST, *FILTERS, Param("iids", "integers"), *PAGING)
def list_project(request: Request) -> Reply:
    project = find_project(request)
    if not can_read_code(request.store, request.user, project):
        raise forbidden()
    return _listed(request, [project["id"]], "project")


@routes("GET", "/projects/:id/milestones/:milestone_id/merge_requests", MILESTONE_ID, *PAGING)
def list_of_milestone(request: Request) -> Reply:
    milestone = find_milestone(request)
    heads = versions.Heads(request.instance)
    found = Query(request, "*", "merge_requests WHERE milestone_id = ?", milestone["id"], order="id DESC")
    return paginate(request, found, lambda row: present_basic(request, row, heads))


@routes("GET", "/projects/:id/repository/commits/:sha/merge_requests", Param("state"), *PAGING)
def list_of_commit(request: Request) -> Reply:
    """Those that hold a commit, or that it came from when they were merged."""
    project = find_code(request)
    sha = find_commit(request, project).sha
    heads = versions.Heads(request.instance)
    found = Query(
        request,
        "*",
        "merge_requests WHERE project_id = ?1 AND (merge_commit_sha = ?2 OR squash_commit_sha = ?2 OR EXISTS (SELECT 1"
        " FROM merge_request_diffs v WHERE v.merge_request_id = merge_requests.id AND instr(v.commits, ?2)))",
        project["id"],
        sha,
        order="id DESC",
    )
    return paginate(request, found, lambda row: present_basic(request, row, heads))


def _visible_projects(request: Request, condition: str, *values: Any) -> list[int]:
    rows = request.store.rows(f"SELECT * FROM projects WHERE {condition}", *values)
    return [
        row["id"]
        for row in rows
        if can_read_code(request.store, request.user, row)
        and not (request.get("non_archived") and settings(row)["archived"])
    ]


def _listed(request: Request, projects: list[int], relative: str) -> Reply:
    wanted = Filter(f"project_id IN ({marks(projects)})", *projects)
    narrow(request, wanted)
    found = Query(request, "*", f"merge_requests WHERE {wanted.sql}", *wanted.values, order=order(request))
    details, heads = bool(request.get("with_labels_details")), versions.Heads(request.instance)

    def show(row: Row) -> Any:
        if request.get("view") == "simple":
            return present_simple(request, row)
        return present_basic(request, row, heads, relative=relative, label_details=details)

    return paginate(request, found, show, limited="MergeRequest")


# -- one


@routes(
    "POST",
    _LIST,
    Param("title", required=True),
    Param("source_branch", required=True),
    Param("target_branch", required=True),
    Param("target_project_id", "integer"),
    *COMMON,
)
def create(request: Request) -> Any:
    """The ``:id`` of the route is the source project; the merge request belongs to the target project."""
    store, instance = request.store, request.instance
    source = find_project(request, Level.DEVELOPER)
    target = _target_project(request, source)
    title, source_branch, target_branch = (
        request.get(key, "").strip() for key in ("title", "source_branch", "target_branch")
    )
    refuse_same_branch(source["id"], target["id"], source_branch, target_branch)
    refuse_bad_fields(instance, source, title, source_branch=source_branch, target_branch=target_branch)
    stamp = now()
    description, commands = quick_actions.extract(request.get("description", ""))
    columns = {"squash": int(settings(target)["squash_option"] in ("always", "default_on")), **flags(request, target)}
    places = {
        "project_id": target["id"],
        "source_project_id": source["id"],
        "source_branch": source_branch,
        "target_branch": target_branch,
    }
    with instance.lock(target):
        refuse_twin(request, source["id"], target["id"], source_branch, target_branch)
        version = versions.measure(instance, places)
        with store.transaction():
            store.execute(
                "INSERT INTO merge_request_counters (project_id, last) VALUES (?, 1)"
                " ON CONFLICT (project_id) DO UPDATE SET last = last + 1",
                target["id"],
            )
            made = store.insert(
                "merge_requests",
                **places,
                iid=store.value("SELECT last FROM merge_request_counters WHERE project_id = ?", target["id"]),
                title=title,
                description=description if commands else request.get("description"),
                author_id=request.me["id"],
                created_at=stamp,
                updated_at=stamp,
                prepared_at=now(),
                **columns,
            )
            merge_request = store.get("merge_requests", made)
            versions.save(instance, merge_request, version)
            change_people(request, merge_request)
            change_labels(request, merge_request)
            todos.mention(instance, merge_request, request.me, merge_request["description"] or "")
    planned = quick_actions.plan(request, merge_request, commands)
    if planned.params:
        change(replace(request, params=planned.params), merge_request)
    quick_actions.perform(planned)
    return present(request, store.get("merge_requests", made))


@routes(
    "GET",
    _ONE,
    IID,
    Param("render_html", "boolean"),
    Param("include_diverged_commits_count", "boolean"),
    Param("include_rebase_in_progress", "boolean"),
    Param("include_subscribed", "boolean"),
)
def get(request: Request) -> Any:
    return present(request, find_merge_request(request), single=True)


@routes("DELETE", _ONE, IID)
def delete(request: Request) -> None:
    merge_request = find_merge_request(request)
    project = request.store.get("projects", merge_request["project_id"])
    require_level(request, project, Level.OWNER)
    versions.forget_refs(request.instance, merge_request)
    request.store.delete("merge_requests", merge_request["id"])


@routes("GET", f"{_ONE}/participants", IID, *PAGING)
def list_participants(request: Request) -> Reply:
    return paginate(request, participants(request.instance, find_merge_request(request)))


@routes("GET", f"{_ONE}/reviewers", IID, *PAGING)
def list_reviewers(request: Request) -> Reply:
    merge_request = find_merge_request(request)
    found = request.store.rows(
        "SELECT * FROM merge_request_reviewers WHERE merge_request_id = ? ORDER BY user_id", merge_request["id"]
    )

    def show(row: Row) -> Any:
        user = basic(request.instance, request.store.get("users", row["user_id"]))
        return {"user": user, "state": row["state"], "created_at": row["created_at"]}

    return paginate(request, found, show)


@routes("GET", f"{_ONE}/closes_issues", IID, *PAGING)
@routes("GET", f"{_ONE}/related_issues", IID, *PAGING)
def list_nothing(request: Request) -> Reply:
    """Issues, of which the sandbox has none."""
    find_merge_request(request)
    return paginate(request, [])


def _target_project(request: Request, source: Row) -> Row:
    key = request.get("target_project_id")
    if key is None or key == source["id"]:
        return source
    target = request.store.row("SELECT * FROM projects WHERE id = ?", key)
    if target is None or not can_read_project(request.store, request.user, target):
        raise not_found("Project")
    if source["forked_from_id"] != target["id"]:
        raise ApiError(422, ["Source project is not a fork of the target project"])
    if not can_read_code(request.store, request.user, target):
        raise forbidden()
    return target
