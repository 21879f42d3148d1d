"""Files that people put into descriptions and notes (``lib/api/project_uploads`` and GitLab's ``FileUploader``)."""

from __future__ import annotations

import mimetypes
import re
import secrets
from pathlib import Path
from typing import Any
from urllib.parse import quote

from ..accounts.access import Level, find_project
from ..instance import Instance
from ..rest.bodies import Upload
from ..rest.errors import not_found
from ..rest.paging import Query, paginate
from ..rest.parameters import PAGING, Param
from ..rest.routing import Reply, Request, Routes
from ..store.sqlite import Row
from ..store.times import now

routes = Routes()

SCHEMA = """
CREATE TABLE IF NOT EXISTS uploads (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    project_id INTEGER NOT NULL REFERENCES projects ON DELETE CASCADE,
    user_id INTEGER NOT NULL REFERENCES users,
    secret TEXT NOT NULL UNIQUE,
    filename TEXT NOT NULL,
    size INTEGER NOT NULL,
    created_at TEXT NOT NULL
);
"""

_IMAGES = {".png", ".jpg", ".jpeg", ".gif", ".bmp", ".tiff", ".ico", ".webp", ".svg"}
_BY_SECRET = "/projects/:id/uploads/:secret/:filename"
_BY_ID = "/projects/:id/uploads/:upload_id"
_UPLOAD_ID = Param("upload_id", "integer")


def place(instance: Instance, upload: Row) -> Path:
    """Where the bytes of an upload are kept."""
    return instance.data / "uploads" / str(upload["project_id"]) / str(upload["secret"])


def safe_name(filename: str) -> str:
    """The last part of a file name, what is no letter, digit, dot, dash or plus made ``_``, as GitLab does."""
    name = re.sub(r"[^\w.\-+]", "_", re.split(r"[/\\]", filename)[-1])
    return name if name.strip(".") else "_" + name


@routes("POST", "/projects/:id/uploads", Param("file", "file", required=True))
def upload(request: Request) -> Any:
    project = find_project(request, Level.GUEST)
    sent: Upload = request.params["file"]
    name, secret = safe_name(sent.filename), secrets.token_hex(16)
    made = request.store.insert(
        "uploads",
        project_id=project["id"],
        user_id=request.me["id"],
        secret=secret,
        filename=name,
        size=len(sent.content),
        created_at=now(),
    )
    file = place(request.instance, request.store.get("uploads", made))
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(sent.content)
    path = f"/uploads/{secret}/{name}"
    stem, ending = Path(name).stem, Path(name).suffix.lower()
    alt, mark = (stem, "!") if ending in _IMAGES else (name, "")
    return {
        "id": made,
        "alt": alt,
        "url": path,
        "full_path": f"/-/project/{project['id']}{path}",
        "markdown": f"{mark}[{alt}]({path})",
    }


@routes("GET", "/projects/:id/uploads", *PAGING, sign_in=True)
def list_uploads(request: Request) -> Reply:
    project = find_project(request, Level.MAINTAINER)
    found = Query(request, "*", "uploads WHERE project_id = ?", project["id"], order="id DESC")

    def show(row: Row) -> Any:
        user = request.store.get("users", row["user_id"])
        by = {key: user[key] for key in ("id", "name", "username")}
        return {**{key: row[key] for key in ("id", "size", "filename", "created_at")}, "uploaded_by": by}

    return paginate(request, found, show)


def _find(request: Request) -> Row:
    """By id for Maintainers; by secret and name for everyone who can see the project."""
    by_id = "upload_id" in request.params
    project = find_project(request, Level.MAINTAINER if by_id or request.method == "DELETE" else Level.NONE)
    column, value = ("id", request.params["upload_id"]) if by_id else ("secret", request.params["secret"])
    found = request.store.row(f"SELECT * FROM uploads WHERE project_id = ? AND {column} = ?", project["id"], value)
    if found is None or (not by_id and found["filename"] != request.params["filename"]):
        raise not_found("Upload")
    return found


@routes("GET", _BY_ID, _UPLOAD_ID, sign_in=True)
@routes("GET", _BY_SECRET)
def download(request: Request) -> Reply:
    """The bytes, always as an attachment."""
    found = _find(request)
    headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(found['filename'], safe='')}"}
    kind = mimetypes.guess_type(found["filename"])[0] or "application/octet-stream"
    return Reply(200, place(request.instance, found).read_bytes(), headers, kind)


@routes("DELETE", _BY_ID, _UPLOAD_ID)
@routes("DELETE", _BY_SECRET)
def remove(request: Request) -> None:
    found = _find(request)
    request.store.delete("uploads", found["id"])
    place(request.instance, found).unlink(missing_ok=True)
