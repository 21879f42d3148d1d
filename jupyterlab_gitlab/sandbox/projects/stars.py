"""Stars: projects that users like."""

from __future__ import annotations

from typing import Any

from ..accounts.access import find_project
from ..accounts.users import basic
from ..rest.paging import paginate
from ..rest.parameters import PAGING
from ..rest.routing import Reply, Request, Routes
from .entity import present

routes = Routes()

SCHEMA = """
CREATE TABLE IF NOT EXISTS stars (
    project_id INTEGER NOT NULL REFERENCES projects ON DELETE CASCADE,
    user_id INTEGER NOT NULL REFERENCES users ON DELETE CASCADE,
    created_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ')),
    PRIMARY KEY (project_id, user_id)
);
"""


@routes("POST", "/projects/:id/star")
def star(request: Request) -> Any:
    project = find_project(request)
    sql = "INSERT OR IGNORE INTO stars (project_id, user_id) VALUES (?, ?)"
    changed = request.store.execute(sql, project["id"], request.me["id"])
    return present(request, project) if changed else Reply(304)


@routes("POST", "/projects/:id/unstar")
def unstar(request: Request) -> Any:
    project = find_project(request)
    sql = "DELETE FROM stars WHERE project_id = ? AND user_id = ?"
    changed = request.store.execute(sql, project["id"], request.me["id"])
    return present(request, project) if changed else Reply(304)


@routes("GET", "/projects/:id/starrers", *PAGING)
def list_starrers(request: Request) -> Reply:
    project = find_project(request)
    sql = "SELECT users.*, stars.created_at AS since FROM stars JOIN users ON users.id = user_id WHERE project_id = ?"
    rows = request.store.rows(sql, project["id"])
    return paginate(request, rows, lambda row: {"starred_since": row["since"], "user": basic(request.instance, row)})
