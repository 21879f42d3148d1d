"""Statuses that an external CI sets on commits, and the merge requests that wait for them."""

from __future__ import annotations

from typing import Any

from ..accounts.access import Level, find_project
from ..git.repository import Git
from ..repositories import pipeline_records
from ..rest.errors import not_found
from ..rest.paging import paginate
from ..rest.parameters import PAGING, Param
from ..rest.routing import Reply, Request, Routes
from ..store.sqlite import marks
from . import auto_merge, versions
from .access import IID, find_merge_request

routes = Routes()


@routes(
    "POST",
    "/projects/:id/statuses/:sha",
    Param("state", required=True, values=pipeline_records.STATES),
    Param("ref"),
    Param("name"),
    Param("context"),
    Param("target_url"),
    Param("description"),
    Param("coverage", "float"),
    Param("pipeline_id", "integer"),
)
def set_status(request: Request) -> Any:
    """The branch is the one that is named, else the first that holds the commit."""
    project = find_project(request, Level.DEVELOPER)
    instance = request.instance
    git = instance.repository(project)
    sha = git.commit(request.params["sha"])
    if sha is None:
        raise not_found("Commit")
    ref = request.get("ref") or next(iter(_branches_with(git, sha)), None)
    if ref is None:
        raise not_found("References for commit")
    status = pipeline_records.report(
        instance,
        project,
        ref,
        sha,
        request.me,
        request.get("name") or request.get("context") or "default",
        status=request.params["state"],
        **{name: request.params.get(name) for name in ("target_url", "description", "coverage")},
    )
    for row in request.store.rows(
        "SELECT id FROM merge_requests WHERE state = 'opened' AND source_project_id = ? AND source_branch = ?"
        " AND auto_merge IS NOT NULL",
        project["id"],
        ref,
    ):
        auto_merge.process(instance, row["id"])
    return pipeline_records.present_status(instance, status)


@routes("GET", "/projects/:id/merge_requests/:merge_request_iid/pipelines", IID, *PAGING)
def list_pipelines(request: Request) -> Reply:
    """Those of its commits on the source branch, newest first."""
    merge_request = find_merge_request(request)
    commits = versions.latest(request.instance, merge_request)["commits"].split()
    rows = request.store.rows(
        f"SELECT * FROM pipelines WHERE project_id = ? AND ref = ? AND sha IN ({marks(commits)}) ORDER BY id DESC",
        merge_request["source_project_id"],
        merge_request["source_branch"],
        *commits,
    )
    return paginate(request, rows, lambda row: pipeline_records.present_basic(request.instance, row))


def _branches_with(git: Git, sha: str) -> list[str]:
    lines = git.text("for-each-ref", "--format=%(refname)", "--contains", sha, "refs/heads/").splitlines()
    return [line[len("refs/heads/") :] for line in lines]
