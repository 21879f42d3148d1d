"""Repository files: read, read raw, create, change, delete."""

from __future__ import annotations

import base64
import hashlib
from typing import Any
from urllib.parse import quote

from ..accounts.access import find_code, find_project
from ..git.repository import Git
from ..rest.errors import not_found
from ..rest.parameters import Param
from ..rest.routing import Reply, Request, Routes
from .commit_actions import commit_actions

routes = Routes()

_READ = ("read_repository",)
_WRITE = (
    Param("branch", required=True, blank=False),
    Param("commit_message", required=True, blank=False),
    Param("start_branch"),
    Param("author_email"),
    Param("author_name"),
)
_CONTENT = (
    Param("content", required=True),
    Param("encoding", values=("text", "base64"), default="text"),
    Param("execute_filemode", "boolean"),
)


def _find(request: Request) -> tuple[dict[str, Any], bytes]:
    """What GitLab says of the file, and its bytes."""
    project = find_code(request)
    git = request.instance.repository(project)
    path, ref = request.params["file_path"], request.get("ref", "HEAD")
    commit = git.commit(ref)
    if commit is None:
        raise not_found("Commit")
    mode, sha = entry(git, commit, path)
    content = git.blob(sha)
    about = {
        "file_name": path.rpartition("/")[2],
        "file_path": path,
        "size": len(content),
        "encoding": "base64",
        "content_sha256": hashlib.sha256(content).hexdigest(),
        "ref": ref,
        "blob_id": sha,
        "commit_id": commit,
        "last_commit_id": git.text("--literal-pathspecs", "rev-list", "-1", commit, "--", path),
        "execute_filemode": mode == "100755",
    }
    return about, content


def entry(git: Git, commit: str, path: str) -> tuple[str, str]:
    """Mode and sha of the file at ``path``.

    Raises:
        ApiError: 404 when there is none.
    """
    lines = git.run("--literal-pathspecs", "ls-tree", "-z", commit, "--", path).split(b"\0")
    for line in lines:
        about, _, name = line.partition(b"\t")
        if name == path.encode("utf-8", "replace") and about.split()[1] == b"blob":
            mode, _, sha = about.decode().split()
            return mode, sha
    raise not_found("File")


def _headers(about: dict[str, Any]) -> dict[str, str]:
    """The same facts as ``X-Gitlab-File-Name`` and so on; header values that are no ASCII go percent-encoded."""
    headers = {}
    for name, value in about.items():
        text = str(value).lower() if isinstance(value, bool) else str(value)
        header = "X-Gitlab-" + "-".join(part.capitalize() for part in name.split("_"))
        headers[header] = text if text.isascii() and text.isprintable() else quote(text)
    return headers


@routes("GET", "/projects/:id/repository/files/:file_path", Param("ref", required=True, blank=False), scopes=_READ)
def get_file(request: Request) -> Reply:
    about, content = _find(request)
    encoded = "" if request.method == "HEAD" else base64.b64encode(content).decode()
    return Reply(200, {**about, "content": encoded}, _headers(about))


@routes("GET", "/projects/:id/repository/files/:file_path/raw", Param("ref"), Param("lfs", "boolean"), scopes=_READ)
def get_raw_file(request: Request) -> Reply:
    about, content = _find(request)
    name = about["file_name"]
    plain = name.encode("ascii", "replace").decode().replace('"', "_").replace("\\", "_")
    disposition = f"inline; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
    kind = "application/octet-stream" if b"\0" in content[:8000] else "text/plain; charset=utf-8"
    return Reply(200, content, {**_headers(about), "Content-Disposition": disposition}, kind)


def _commit(request: Request, action: str) -> None:
    params = request.params
    names = ("content", "encoding", "last_commit_id", "execute_filemode")
    change = {"action": action, "file_path": params["file_path"]} | {name: request.get(name) for name in names}
    commit_actions(
        request.instance,
        find_project(request),
        request.me,
        params["branch"],
        params["commit_message"],
        [change],
        start=request.get("start_branch"),
        author=(request.get("author_name"), request.get("author_email")),
    )


def _written(request: Request) -> dict[str, str]:
    return {"file_path": request.params["file_path"], "branch": request.params["branch"]}


@routes("POST", "/projects/:id/repository/files/:file_path", *_WRITE, *_CONTENT)
def create_file(request: Request) -> Any:
    _commit(request, "create")
    return _written(request)


@routes("PUT", "/projects/:id/repository/files/:file_path", *_WRITE, *_CONTENT, Param("last_commit_id"))
def update_file(request: Request) -> Any:
    _commit(request, "update")
    return _written(request)


@routes("DELETE", "/projects/:id/repository/files/:file_path", *_WRITE, Param("last_commit_id"))
def delete_file(request: Request) -> None:
    _commit(request, "delete")
