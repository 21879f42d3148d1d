"""Pipelines and the statuses of commits: lists and single ones."""

from __future__ import annotations

from typing import Any

from ..accounts.access import find_code
from ..rest.errors import not_found
from ..rest.paging import Query, paginate
from ..rest.parameters import PAGING, Param
from ..rest.routing import Reply, Request, Routes
from ..store.sqlite import Row
from . import pipeline_records as records
from .commits import find_commit

SCHEMA = records.SCHEMA

routes = Routes()


@routes(
    "GET",
    "/projects/:id/pipelines",
    Param("ref"),
    Param("sha"),
    Param("status"),
    Param("order_by", values=("id", "status", "ref", "updated_at", "user_id"), default="id"),
    Param("sort", values=("asc", "desc"), default="desc"),
    *PAGING,
)
def list_pipelines(request: Request) -> Reply:
    project = find_code(request)
    wanted = [(name, request.params[name]) for name in ("ref", "sha") if request.get(name)]
    where = "".join(f" AND {name} = ?" for name, _ in wanted)
    rows = request.store.rows(
        f"SELECT * FROM pipelines WHERE project_id = ?{where} ORDER BY id {request.get('sort')}",
        project["id"],
        *(value for _, value in wanted),
    )
    if status := request.get("status"):
        rows = [row for row in rows if records.status_of(request.instance, row) == status]
    return paginate(request, rows, lambda row: records.present_basic(request.instance, row))


def _find(request: Request) -> Row:
    project = find_code(request)
    found = request.store.row(
        "SELECT * FROM pipelines WHERE project_id = ? AND id = ?", project["id"], request.params["pipeline_id"]
    )
    if found is None:
        raise not_found()
    return found


@routes("GET", "/projects/:id/pipelines/:pipeline_id", Param("pipeline_id", "integer"))
def get_pipeline(request: Request) -> Any:
    return records.present(request.instance, _find(request))


@routes("GET", "/projects/:id/pipelines/:pipeline_id/jobs", Param("pipeline_id", "integer"), *PAGING)
def list_jobs(request: Request) -> Reply:
    """Statuses that others report are no jobs, on GitLab neither."""
    _find(request)
    return paginate(request, [])


@routes("GET", "/projects/:id/pipeline_schedules", *PAGING)
def list_schedules(request: Request) -> Reply:
    find_code(request)
    return paginate(request, [])


@routes(
    "GET",
    "/projects/:id/repository/commits/:sha/statuses",
    Param("ref"),
    Param("name"),
    Param("all", "boolean"),
    *PAGING,
)
def list_statuses(request: Request) -> Reply:
    project = find_code(request)
    commit = find_commit(request, project)
    values = [project["id"], commit.sha]
    more = ""
    for name, column in (("ref", "ref"), ("name", "name")):
        if request.get(name):
            more += f" AND {column} = ?"
            values.append(request.params[name])
    found = Query(
        request,
        "commit_statuses.*",
        "commit_statuses JOIN pipelines ON pipelines.id = pipeline_id WHERE project_id = ? AND sha = ?" + more,
        *values,
        order="commit_statuses.id",
    )
    return paginate(request, found, lambda row: records.present_status(request.instance, row))
