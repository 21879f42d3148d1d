"""Milestones of a project: list, read, make, change, delete."""

from __future__ import annotations

from typing import Any

from ..accounts.access import Level, find_project
from ..instance import Instance
from ..rest.errors import ApiError, not_found
from ..rest.paging import paginate
from ..rest.parameters import PAGING, Param, require_one
from ..rest.routing import Reply, Request, Routes
from ..store.sqlite import Row
from ..store.times import now, today
from .entity import web_url

routes = Routes()

_LIST = "/projects/:id/milestones"
_ONE = f"{_LIST}/:milestone_id"
MILESTONE_ID = Param("milestone_id", "integer")
_FIELDS = (Param("description"), Param("due_date", "datetime"), Param("start_date", "datetime"))


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
    _LIST,
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


def find_milestone(request: Request, level: Level = Level.NONE) -> Row:
    """The milestone that the route names.

    Raises:
        ApiError: 404 when there is none, 403 when the caller is less than ``level``.
    """
    project = find_project(request, level)
    found = request.store.row(
        "SELECT * FROM milestones WHERE project_id = ? AND id = ?", project["id"], request.params["milestone_id"]
    )
    if found is None:
        raise not_found("Milestone")
    return found


@routes("GET", _ONE, MILESTONE_ID)
def get_milestone(request: Request) -> Any:
    return present(request.instance, find_milestone(request))


@routes("POST", _LIST, Param("title", required=True, blank=False), *_FIELDS)
def create_milestone(request: Request) -> Any:
    project, store, stamp = find_project(request, Level.REPORTER), request.store, now()
    with store.transaction():
        _refuse_twin(request, project["id"], request.params["title"])
        last = store.value("SELECT MAX(iid) FROM milestones WHERE project_id = ?", project["id"])
        key = store.insert(
            "milestones",
            project_id=project["id"],
            iid=(last or 0) + 1,
            title=request.params["title"],
            created_at=stamp,
            updated_at=stamp,
            **_changes(request),
        )
    return present(request.instance, store.get("milestones", key))


@routes(
    "PUT",
    _ONE,
    MILESTONE_ID,
    Param("title", blank=False),
    Param("state_event", values=("close", "activate")),
    *_FIELDS,
)
def update_milestone(request: Request) -> Any:
    require_one(request.params, "title", "description", "start_date", "due_date", "state_event")
    milestone, store = find_milestone(request, Level.REPORTER), request.store
    changes = _changes(request)
    title = request.get("title")
    if title and title != milestone["title"]:
        _refuse_twin(request, milestone["project_id"], title)
        changes["title"] = title
    if event := request.get("state_event"):
        changes["state"] = "closed" if event == "close" else "active"
    store.update("milestones", milestone["id"], updated_at=now(), **changes)
    return present(request.instance, store.get("milestones", milestone["id"]))


@routes("DELETE", _ONE, MILESTONE_ID)
def delete_milestone(request: Request) -> None:
    request.store.delete("milestones", find_milestone(request, Level.REPORTER)["id"])


@routes("GET", f"{_ONE}/issues", MILESTONE_ID, *PAGING)
def list_issues(request: Request) -> Reply:
    """Issues, of which the sandbox has none."""
    find_milestone(request)
    return paginate(request, [])


def _refuse_twin(request: Request, project_id: int, title: str) -> None:
    if request.store.row("SELECT 1 FROM milestones WHERE project_id = ? AND title = ?", project_id, title):
        raise ApiError(400, {"title": ["already being used for another group or project milestone."]})


def _changes(request: Request) -> dict[str, Any]:
    """Description and days; a time is cut to its day."""
    found: dict[str, Any] = {}
    if "description" in request.params:
        found["description"] = request.params["description"]
    for name in ("due_date", "start_date"):
        if name in request.params:
            value = request.params[name]
            found[name] = value[:10] if value else None
    return found
