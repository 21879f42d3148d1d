"""Trees and blobs by revision or sha."""

from __future__ import annotations

import base64
from typing import Any

from ..accounts.access import find_code
from ..rest.errors import not_found
from ..rest.paging import keyset, page_of, paginate
from ..rest.parameters import PAGING, Param
from ..rest.routing import Reply, Request, Routes

routes = Routes()

_ORDER = {"tree": 0, "blob": 1, "commit": 2}  # GitLab lists folders, files, submodules


@routes(
    "GET",
    "/projects/:id/repository/tree",
    Param("path"),
    Param("ref"),
    Param("recursive", "boolean", default=False),
    Param("pagination", values=("legacy", "keyset", "none")),
    Param("page_token"),
    *PAGING,
)
def get_tree(request: Request) -> Reply:
    project = find_code(request)
    git = request.instance.repository(project)
    name = request.get("ref") or project["default_branch"]
    commit = git.commit(name) if name else None
    if commit is None:
        raise not_found("Tree")
    path = request.get("path", "").strip("/")
    tree = git.object(f"{commit}:{path}")
    if tree is None or git.kind(tree) != "tree":
        raise not_found("invalid revision or path")
    flags = ["-r", "-t"] if request.get("recursive") else []
    entries = []
    for line in git.run("ls-tree", "-z", *flags, tree).decode("utf-8", "replace").split("\0"):
        about, _, inner = line.partition("\t")
        if inner:
            mode, kind, sha = about.split()
            full = f"{path}/{inner}" if path else inner
            entries.append({"id": sha, "name": inner.rpartition("/")[2], "type": kind, "path": full, "mode": mode})
    entries.sort(key=lambda entry: _ORDER[entry["type"]])
    if request.get("pagination") == "none":
        return Reply(200, entries)
    if request.get("pagination") == "keyset":
        start = 0
        if token := request.get("page_token"):
            start = 1 + next((number for number, entry in enumerate(entries) if _token(entry) == token), len(entries))
        _, per_page = page_of(request)
        rest = entries[start : start + per_page + 1]
        return keyset(request, rest, lambda entry: entry, lambda entry: {"page_token": _token(entry)})
    return paginate(request, entries)


def _token(entry: dict[str, str]) -> str:
    """Where the next page goes on; by path, since files of equal content share an id."""
    return base64.urlsafe_b64encode(entry["path"].encode()).decode()


@routes("GET", "/projects/:id/repository/blobs/:sha", scopes=("read_repository",))
def get_blob(request: Request) -> Any:
    content, sha = _blob(request)
    return {"size": len(content), "encoding": "base64", "content": base64.b64encode(content).decode(), "sha": sha}


@routes("GET", "/projects/:id/repository/blobs/:sha/raw", scopes=("read_repository",))
def get_raw_blob(request: Request) -> Reply:
    content, _ = _blob(request)
    headers = {"Content-Disposition": "inline"}
    return Reply(200, content, headers, "text/plain" if b"\0" not in content[:8000] else "application/octet-stream")


def _blob(request: Request) -> tuple[bytes, str]:
    project = find_code(request)
    git = request.instance.repository(project)
    sha = git.object(request.params["sha"])
    if sha is None or git.kind(sha) != "blob":
        raise not_found("Blob")
    return git.blob(sha), sha
