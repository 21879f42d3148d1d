"""A user's to-do list (``lib/api/todos.rb``)."""

from __future__ import annotations

from typing import Any

from ..accounts.access import can_read_code
from ..accounts.users import basic_by_id
from ..projects.entity import present_simple
from ..rest.errors import not_found
from ..rest.paging import paginate
from ..rest.parameters import PAGING, Param
from ..rest.routing import Reply, Request, Routes
from ..store.sqlite import Row
from ..store.times import now
from . import todos
from .access import IID, find_merge_request
from .entity import merge_request_url, present

SCHEMA = todos.SCHEMA

routes = Routes()

_IDENTITY = ("id", "description", "name", "name_with_namespace", "path", "path_with_namespace", "created_at")
_FILTERS = (
    Param("action", values=todos.ACTIONS),
    Param("author_id", "integer"),
    Param("project_id", "integer"),
    Param("group_id", "integer"),
    Param("state", values=("pending", "done"), default="pending"),
    Param("type"),
)


def _present(request: Request, todo: Row) -> dict[str, Any]:
    """GitLab's Todo; the target is a whole MergeRequest."""
    store, instance = request.store, request.instance
    merge_request = store.get("merge_requests", todo["merge_request_id"])
    project = present_simple(request, store.get("projects", merge_request["project_id"]))
    note = todo["note_id"]
    return {
        "id": todo["id"],
        "project": {key: project[key] for key in _IDENTITY},
        "author": basic_by_id(instance, todo["author_id"]),
        "action_name": todo["action"],
        "target_type": "MergeRequest",
        "target": present(request, merge_request),
        "target_url": merge_request_url(instance, merge_request) + (f"#note_{note}" if note else ""),
        "body": store.get("notes", note)["body"] if note else merge_request["title"],
        "state": todo["state"],
        "created_at": todo["created_at"],
        "updated_at": todo["updated_at"],
    }


def _chosen(request: Request) -> list[Row]:
    """The caller's to-dos that the parameters ask for and whose project is still open to the caller, newest first."""
    conditions, values = ["user_id = ?", "todos.state = ?"], [request.me["id"], request.get("state")]
    for name, column in (("action", "action"), ("author_id", "todos.author_id"), ("project_id", "project_id"),
                         ("group_id", "namespace_id")):  # fmt: skip
        if (value := request.get(name)) is not None:
            conditions.append(f"{column} = ?")
            values.append(value)
    rows = request.store.rows(
        "SELECT todos.*, project_id FROM todos JOIN merge_requests ON merge_requests.id = merge_request_id"
        " JOIN projects ON projects.id = project_id"
        f" WHERE {' AND '.join(conditions)} ORDER BY todos.id DESC",
        *values,
    )
    if request.get("type") not in (None, "MergeRequest"):
        return []
    open_projects = {
        key: can_read_code(request.store, request.user, request.store.get("projects", key))
        for key in {row["project_id"] for row in rows}
    }
    return [row for row in rows if open_projects[row["project_id"]]]


@routes("GET", "/todos", *_FILTERS, *PAGING, sign_in=True)
def list_todos(request: Request) -> Reply:
    return paginate(request, _chosen(request), lambda todo: _present(request, todo))


@routes("POST", "/todos/:id/mark_as_done", Param("id", "integer"))
def mark_as_done(request: Request) -> Any:
    sql = "UPDATE todos SET state = 'done', updated_at = ? WHERE id = ? AND user_id = ?"
    if not request.store.execute(sql, now(), request.params["id"], request.me["id"]):
        raise not_found()
    return _present(request, request.store.get("todos", request.params["id"]))


@routes("POST", "/todos/mark_as_done", *_FILTERS)
def mark_all_as_done(request: Request) -> None:
    for todo in _chosen(request):
        request.store.update("todos", todo["id"], state="done", updated_at=now())


@routes("POST", "/projects/:id/merge_requests/:merge_request_iid/todo", IID)
def mark(request: Request) -> Any:
    """The caller's own reminder; 304 when something waits there already."""
    merge_request = find_merge_request(request)
    made = todos.add(request.instance, merge_request, [request.me["id"]], request.me, "marked")
    return _present(request, made[0]) if made else Reply(304)
