"""Comments on commits, as flat comments and as discussions. They are on the commit as a whole or on a line."""

from __future__ import annotations

import secrets
from typing import Any

from ..accounts.access import Level, find_code, project_level
from ..accounts.users import basic_by_id
from ..rest.errors import forbidden, not_found
from ..rest.paging import paginate
from ..rest.parameters import PAGING, Param
from ..rest.routing import Reply, Request, Routes
from ..store.sqlite import Row
from ..store.times import now
from .commits import find_commit

routes = Routes()

SCHEMA = """
CREATE TABLE IF NOT EXISTS commit_notes (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    project_id INTEGER NOT NULL REFERENCES projects ON DELETE CASCADE,
    sha TEXT NOT NULL,
    discussion_id TEXT NOT NULL,
    type TEXT,                        -- NULL for a comment | DiscussionNote
    body TEXT NOT NULL,
    path TEXT,
    line INTEGER,
    line_type TEXT,
    author_id INTEGER NOT NULL REFERENCES users,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS commit_notes_by_commit ON commit_notes (project_id, sha);
"""

_COMMENTS = "/projects/:id/repository/commits/:sha/comments"
_LIST = "/projects/:id/repository/commits/:sha/discussions"
_ONE = f"{_LIST}/:discussion_id"
_NOTE = f"{_ONE}/notes/:note_id"
_NOTE_ID = Param("note_id", "integer")
_BODY = Param("body", required=True, blank=False)


def _place(request: Request) -> tuple[Row, str]:
    project = find_code(request)
    return project, find_commit(request, project).sha


def _notes(request: Request, discussion: str | None = None) -> list[Row]:
    project, sha = _place(request)
    more, values = (" AND discussion_id = ?", [discussion]) if discussion else ("", [])
    sql = f"SELECT * FROM commit_notes WHERE project_id = ? AND sha = ?{more} ORDER BY id"
    return request.store.rows(sql, project["id"], sha, *values)


def _add(request: Request, body: str, **columns: Any) -> Row:
    project, sha = _place(request)
    stamp = now()
    columns.setdefault("discussion_id", secrets.token_hex(20))
    place = {"project_id": project["id"], "sha": sha, "author_id": request.me["id"]}
    made = request.store.insert("commit_notes", body=body, created_at=stamp, updated_at=stamp, **place, **columns)
    return request.store.get("commit_notes", made)


def _note(request: Request, note: Row) -> dict[str, Any]:
    """GitLab's Note, of a commit."""
    return {
        "id": note["id"],
        "type": note["type"],
        "body": note["body"],
        "author": basic_by_id(request.instance, note["author_id"]),
        "created_at": note["created_at"],
        "updated_at": note["updated_at"],
        "system": False,
        "noteable_id": None,
        "noteable_type": "Commit",
        "project_id": note["project_id"],
        "resolvable": False,
        "confidential": False,
        "internal": False,
        "imported": False,
        "imported_from": "none",
        "noteable_iid": None,
        "commands_changes": {},
    }


def _discussion(request: Request, notes: list[Row]) -> dict[str, Any]:
    """GitLab's Discussion, of a commit."""
    return {
        "id": notes[0]["discussion_id"],
        "individual_note": notes[0]["type"] is None,
        "resolvable": False,
        "notes": [_note(request, note) for note in notes],
    }


@routes("GET", _COMMENTS, *PAGING)
def list_comments(request: Request) -> Reply:
    def show(note: Row) -> dict[str, Any]:
        about = {key: note[key] for key in ("path", "line", "line_type", "created_at")}
        return {"note": note["body"], **about, "author": basic_by_id(request.instance, note["author_id"])}

    return paginate(request, _notes(request), show)


@routes(
    "POST",
    _COMMENTS,
    Param("note", required=True, blank=False),
    Param("path"),
    Param("line", "integer"),
    Param("line_type", values=("new", "old"), default="new"),
)
def add_comment(request: Request) -> Any:
    on_line = request.get("path") is not None
    keys = ("path", "line", "line_type") if on_line else ()
    note = _add(request, request.params["note"], **{key: request.get(key) for key in keys})
    about = {key: note[key] for key in ("path", "line", "line_type", "created_at")}
    return {"note": note["body"], **about, "author": basic_by_id(request.instance, note["author_id"])}


@routes("GET", _LIST, *PAGING, sign_in=True)
def list_discussions(request: Request) -> Reply:
    found: dict[str, list[Row]] = {}
    for note in _notes(request):
        found.setdefault(note["discussion_id"], []).append(note)
    return paginate(request, list(found.values()), lambda notes: _discussion(request, notes))


@routes("POST", _LIST, _BODY)
def create_discussion(request: Request) -> Any:
    return _discussion(request, [_add(request, request.params["body"], type="DiscussionNote")])


@routes("GET", _ONE, sign_in=True)
def get_discussion(request: Request) -> Any:
    return _discussion(request, _thread(request))


def _thread(request: Request) -> list[Row]:
    notes = _notes(request, request.params["discussion_id"])
    if not notes:
        raise not_found("Discussion")
    return notes


@routes("POST", f"{_ONE}/notes", _BODY)
def reply(request: Request) -> Any:
    first = _thread(request)[0]
    kept = {key: first[key] for key in ("discussion_id", "path", "line", "line_type")}
    request.store.update("commit_notes", first["id"], type="DiscussionNote")
    return _note(request, _add(request, request.params["body"], type="DiscussionNote", **kept))


def _find(request: Request, *, writing: bool = False) -> Row:
    found = next((note for note in _thread(request) if note["id"] == request.params["note_id"]), None)
    if found is None:
        raise not_found()
    project = request.store.get("projects", found["project_id"])
    maintains = project_level(request.store, request.user, project) >= Level.MAINTAINER
    if writing and found["author_id"] != request.me["id"] and not maintains:
        raise forbidden()
    return found


@routes("GET", _NOTE, _NOTE_ID, sign_in=True)
def get_note(request: Request) -> Any:
    return _note(request, _find(request))


@routes("PUT", _NOTE, _NOTE_ID, _BODY)
def update_note(request: Request) -> Any:
    note = _find(request, writing=True)
    request.store.update("commit_notes", note["id"], body=request.params["body"], updated_at=now())
    return _note(request, request.store.get("commit_notes", note["id"]))


@routes("DELETE", _NOTE, _NOTE_ID)
def delete_note(request: Request) -> None:
    request.store.delete("commit_notes", _find(request, writing=True)["id"])
