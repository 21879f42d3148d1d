"""What happened to a merge request that leaves no note but an event: labels, milestone, state."""

from __future__ import annotations

from typing import Any

from ..accounts.users import basic_by_id
from ..instance import Instance
from ..projects import labels, milestones
from ..rest.errors import not_found
from ..rest.paging import Query, paginate
from ..rest.parameters import PAGING, Param
from ..rest.routing import Reply, Request, Routes
from ..store.sqlite import Row
from ..store.times import now
from .access import IID, find_merge_request

routes = Routes()

SCHEMA = """
CREATE TABLE IF NOT EXISTS resource_events (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    merge_request_id INTEGER NOT NULL REFERENCES merge_requests ON DELETE CASCADE,
    user_id INTEGER NOT NULL REFERENCES users,
    kind TEXT NOT NULL,               -- label | milestone | state
    action TEXT,                      -- add | remove
    label_id INTEGER REFERENCES labels ON DELETE SET NULL,
    milestone_id INTEGER REFERENCES milestones ON DELETE SET NULL,
    state TEXT,
    created_at TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS resource_events_by_owner ON resource_events (merge_request_id, kind);
"""

_LABEL = ("id", "name", "description", "description_html", "text_color", "color", "archived")


def record(instance: Instance, merge_request: Row, user: Row, kind: str, **columns: Any) -> None:
    """Write an event down; ``columns`` are those of the table that its ``kind`` uses."""
    place = {"merge_request_id": merge_request["id"], "user_id": user["id"], "kind": kind}
    instance.store.insert("resource_events", created_at=now(), **place, **columns)


def _present(request: Request, event: Row) -> dict[str, Any]:
    """GitLab's ResourceLabelEvent, ResourceMilestoneEvent or ResourceStateEvent."""
    store, instance = request.store, request.instance
    shown = {
        "id": event["id"],
        "user": basic_by_id(instance, event["user_id"]),
        "created_at": event["created_at"],
        "resource_type": "MergeRequest",
        "resource_id": event["merge_request_id"],
    }
    if event["kind"] == "state":
        return {**shown, "source_commit": None, "source_merge_request": None, "state": event["state"]}
    if event["kind"] == "milestone":
        key = event["milestone_id"]
        milestone = None if key is None else milestones.present(instance, store.get("milestones", key))
        return {**shown, "milestone": milestone, "action": event["action"], "state": event["state"]}
    key = event["label_id"]
    label = None if key is None else labels.present(store.get("labels", key))
    basic = None if label is None else {name: label[name] for name in _LABEL}
    return {**shown, "label": basic, "action": event["action"]}


def _kind(request: Request) -> str:
    return next(kind for kind in ("label", "milestone", "state") if f"/resource_{kind}_events" in request.path)


def _list(request: Request) -> Reply:
    merge_request = find_merge_request(request)
    where = "resource_events WHERE merge_request_id = ? AND kind = ?"
    found = Query(request, "*", where, merge_request["id"], _kind(request), order="id")
    return paginate(request, found, lambda event: _present(request, event))


def _get(request: Request) -> Any:
    merge_request = find_merge_request(request)
    event = request.store.row(
        "SELECT * FROM resource_events WHERE merge_request_id = ? AND kind = ? AND id = ?",
        merge_request["id"],
        _kind(request),
        request.params["event_id"],
    )
    if event is None:
        raise not_found()
    return _present(request, event)


for _name in ("label", "milestone", "state"):
    _path = f"/projects/:id/merge_requests/:merge_request_iid/resource_{_name}_events"
    routes("GET", _path, IID, *PAGING)(_list)
    routes("GET", f"{_path}/:event_id", IID, Param("event_id", "integer"))(_get)
