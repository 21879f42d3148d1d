"""Labels of a project."""

from __future__ import annotations

import re
from typing import Any

from ..accounts.access import Level, find_project
from ..instance import Instance
from ..rest.errors import ApiError, not_found
from ..rest.paging import paginate
from ..rest.parameters import PAGING, Param, require_one
from ..rest.routing import Reply, Request, Routes
from ..store.sqlite import Row

routes = Routes()

_HEX = re.compile(r"#(?:[0-9A-Fa-f]{3}){1,2}\Z")
_NAMES = {
    "red": "#FF0000",
    "green": "#008000",
    "blue": "#0000FF",
    "orange": "#FFA500",
    "purple": "#800080",
    "gray": "#808080",
    "black": "#000000",
    "white": "#FFFFFF",
    "yellow": "#FFFF00",
}
_FIELDS = ("name", "color", "description", "priority")


SCHEMA = """
CREATE TABLE IF NOT EXISTS label_subscriptions (
    label_id INTEGER NOT NULL REFERENCES labels ON DELETE CASCADE,
    user_id INTEGER NOT NULL REFERENCES users,
    PRIMARY KEY (label_id, user_id)
);
"""


def present(label: Row) -> dict[str, Any]:
    """GitLab's ProjectLabel, to somebody who is not subscribed to it."""
    return {
        "id": label["id"],
        "name": label["name"],
        "description": label["description"],
        "description_html": label["description"] or "",
        "text_color": _text_color(label["color"]),
        "color": label["color"],
        "archived": False,
        "subscribed": False,
        "priority": label["priority"],
        "is_project_label": True,
    }


def _text_color(color: str) -> str:
    """Dark text on a light label, light on a dark one."""
    digits = color.lstrip("#")
    if len(digits) == 3:
        digits = "".join(digit * 2 for digit in digits)
    red, green, blue = (int(digits[place : place + 2], 16) for place in (0, 2, 4))
    return "#1F1E24" if 0.299 * red + 0.587 * green + 0.114 * blue > 150 else "#FFFFFF"


def _shown(request: Request, label: Row) -> dict[str, Any]:
    """GitLab's ProjectLabel, as the caller sees it."""
    sql = "SELECT 1 FROM label_subscriptions WHERE label_id = ? AND user_id = ?"
    mine = request.user is not None and request.store.value(sql, label["id"], request.user["id"])
    return {**present(label), "subscribed": bool(mine)}


def by_name(instance: Instance, project: Row, name: str) -> Row | None:
    """The project's label of this name."""
    return instance.store.row("SELECT * FROM labels WHERE project_id = ? AND name = ?", project["id"], name)


def _color(text: str) -> str:
    color = _NAMES.get(text.lower(), text)
    if not _HEX.match(color):
        raise ApiError(400, {"color": ["must be a valid color code"]})
    return color


def _find(request: Request, project: Row) -> Row:
    key = str(request.get("label_id") or request.get("name") or "")
    label = by_name(request.instance, project, key)
    if label is None and key.isdigit():
        label = request.store.row("SELECT * FROM labels WHERE project_id = ? AND id = ?", project["id"], int(key))
    if label is None:
        raise not_found("Label")
    return label


@routes(
    "GET",
    "/projects/:id/labels",
    Param("search"),
    Param("with_counts", "boolean", default=False),
    Param("include_ancestor_groups", "boolean", default=True),
    *PAGING,
)
def list_labels(request: Request) -> Reply:
    project = find_project(request)
    rows = request.store.rows("SELECT * FROM labels WHERE project_id = ? ORDER BY name", project["id"])
    search = request.get("search", "").lower()
    rows = [row for row in rows if search in row["name"].lower() or search in (row["description"] or "").lower()]
    counts = {"open_issues_count": 0, "closed_issues_count": 0, "open_merge_requests_count": 0}
    extra = counts if request.get("with_counts") else {}
    return paginate(request, rows, lambda row: {**_shown(request, row), **extra})


@routes("GET", "/projects/:id/labels/:label_id")
def get_label(request: Request) -> Any:
    return _shown(request, _find(request, find_project(request)))


@routes(
    "POST",
    "/projects/:id/labels",
    Param("name", required=True, blank=False),
    Param("color", required=True, blank=False),
    Param("description"),
    Param("priority", "integer"),
)
def create_label(request: Request) -> Any:
    project = find_project(request, Level.REPORTER)
    if by_name(request.instance, project, request.params["name"]):
        raise ApiError(409, "Label already exists")
    values = {field: request.params[field] for field in _FIELDS if field in request.params}
    values["color"] = _color(values["color"])
    return present(request.store.get("labels", request.store.insert("labels", project_id=project["id"], **values)))


_CHANGES = (
    Param("new_name", blank=False),
    Param("color", blank=False),
    Param("description"),
    Param("priority", "integer"),
)


@routes("PUT", "/projects/:id/labels", Param("name"), Param("label_id"), *_CHANGES)  # deprecated, and python-gitlab's
@routes("PUT", "/projects/:id/labels/:label_id", *_CHANGES)
def update_label(request: Request) -> Any:
    require_one(request.params, "new_name", "color", "description", "priority")
    label = _find(request, find_project(request, Level.REPORTER))
    changes = {field: request.params[field] for field in _FIELDS[1:] if field in request.params}
    if "color" in changes:
        changes["color"] = _color(changes["color"])
    if new_name := request.get("new_name"):
        changes["name"] = new_name
    request.store.update("labels", label["id"], **changes)
    return _shown(request, request.store.get("labels", label["id"]))


@routes("DELETE", "/projects/:id/labels", Param("name"), Param("label_id"))
@routes("DELETE", "/projects/:id/labels/:label_id")
def delete_label(request: Request) -> None:
    request.store.delete("labels", _find(request, find_project(request, Level.REPORTER))["id"])


@routes("POST", "/projects/:id/labels/:label_id/subscribe")
def subscribe(request: Request) -> Any:
    label = _find(request, find_project(request))
    sql = "INSERT OR IGNORE INTO label_subscriptions VALUES (?, ?)"
    return _shown(request, label) if request.store.execute(sql, label["id"], request.me["id"]) else Reply(304)


@routes("POST", "/projects/:id/labels/:label_id/unsubscribe")
def unsubscribe(request: Request) -> Any:
    label = _find(request, find_project(request))
    sql = "DELETE FROM label_subscriptions WHERE label_id = ? AND user_id = ?"
    return _shown(request, label) if request.store.execute(sql, label["id"], request.me["id"]) else Reply(304)
