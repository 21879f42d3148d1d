"""Milestones of a project: list, read, make."""

from __future__ import annotations

from typing import Any

from ..accounts.access import Level, find_project
from ..instance import Instance
from ..rest.errors import ApiError, not_found
from ..rest.paging import paginate
from ..rest.parameters import PAGING, Param
from ..rest.routing import Reply, Request, Routes
from ..store.sqlite import Row
from ..store.times import now, today
from .entity import web_url

routes = Routes()


def present(instance: Instance, milestone: Row) -> dict[str, Any]:
    """GitLab's Milestone."""
    project = instance.store.get("projects", milestone["project_id"])
    due = milestone["due_date"]
    return {
        "id": milestone["id"],
        "iid": milestone["iid"],
        "project_id": milestone["project_id"],
        "title": milestone["title"],
        "description": milestone["description"],
        "state": milestone["state"],
        "created_at": milestone["created_at"],
        "updated_at": milestone["updated_at"],
        "due_date": due,
        "start_date": milestone["start_date"],
        "expired": due is not None and due < today(),
        "web_url": f"{web_url(instance, project)}/-/milestones/{milestone['iid']}",
    }


@routes(
    "GET",
    "/projects/:id/milestones",
    Param("state", values=("active", "closed", "all"), default="all"),
    Param("search"),
    Param("title"),
    Param("iids", "integers"),
    *PAGING,
)
def list_milestones(request: Request) -> Reply:
    project = find_project(request)
    rows = request.store.rows("SELECT * FROM milestones WHERE project_id = ? ORDER BY id DESC", project["id"])
    state, search, iids = request.get("state"), request.get("search", "").lower(), request.get("iids")
    rows = [
        row
        for row in rows
        if state in ("all", row["state"])
        and search in row["title"].lower()
        and request.get("title") in (None, row["title"])
        and (not iids or row["iid"] in iids)
    ]
    return paginate(request, rows, lambda row: present(request.instance, row))


@routes("GET", "/projects/:id/milestones/:milestone_id", Param("milestone_id", "integer"))
def get_milestone(request: Request) -> Any:
    project = find_project(request)
    found = request.store.row(
        "SELECT * FROM milestones WHERE project_id = ? AND id = ?", project["id"], request.params["milestone_id"]
    )
    if found is None:
        raise not_found("Milestone")
    return present(request.instance, found)


@routes(
    "POST",
    "/projects/:id/milestones",
    Param("title", required=True, blank=False),
    Param("description"),
    Param("due_date", "date"),
    Param("start_date", "date"),
)
def create_milestone(request: Request) -> Any:
    project, store, stamp = find_project(request, Level.REPORTER), request.store, now()
    with store.transaction():
        title = request.params["title"]
        if store.row("SELECT 1 FROM milestones WHERE project_id = ? AND title = ?", project["id"], title):
            raise ApiError(400, {"title": ["already being used for another group or project milestone."]})
        last = store.value("SELECT MAX(iid) FROM milestones WHERE project_id = ?", project["id"])
        key = store.insert(
            "milestones",
            project_id=project["id"],
            iid=(last or 0) + 1,
            title=title,
            description=request.get("description"),
            due_date=request.get("due_date"),
            start_date=request.get("start_date"),
            created_at=stamp,
            updated_at=stamp,
        )
    return present(request.instance, store.get("milestones", key))
