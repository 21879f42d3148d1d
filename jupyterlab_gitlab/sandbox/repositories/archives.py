"""A revision's files as an archive, and the whole repository as one."""

from __future__ import annotations

import bz2
import gzip
import io
import tarfile

from ..accounts.access import find_code, find_project
from ..rest.errors import ApiError, forbidden, not_found
from ..rest.parameters import Param
from ..rest.routing import Reply, Request, Routes

routes = Routes()

_BZIP2 = ("tar.bz2", "tbz", "tbz2", "tb2", "bz2")
_PARAMS = (Param("sha"), Param("path"))


@routes("GET", "/projects/:id/repository/archive", *_PARAMS)
@routes("GET", "/projects/:id/repository/archive.:format", *_PARAMS)
def get_archive(request: Request) -> Reply:
    """``tar.gz`` unless the address ends in another format; the same bytes each time."""
    project = find_code(request)
    git, wanted = request.instance.repository(project), request.params.get("format", "tar.gz")
    name = request.get("sha") or project["default_branch"] or ""
    sha = git.commit(name)
    if sha is None:
        raise not_found("File")
    folder = f"{project['path']}-{name.replace('/', '-')}-{sha}"
    path = request.get("path", "").strip("/")
    if path and git.object(f"{sha}:{path}") is None:
        raise not_found("File")
    inner = "zip" if wanted == "zip" else "tar"
    arguments = ("--literal-pathspecs", "archive", f"--format={inner}", f"--prefix={folder}/", sha)
    content = git.run(*arguments, *(("--", path) if path else ()))
    if wanted in ("tar.gz", "tgz", "gz"):
        content = gzip.compress(content, mtime=0)
    elif wanted in _BZIP2:
        content = bz2.compress(content)
    elif wanted not in ("tar", "zip"):
        raise ApiError(406, "The requested format is not supported.")
    headers = {"Content-Disposition": f'attachment; filename="{folder}.{wanted}"'}
    return Reply(200, content, headers, "application/zip" if wanted == "zip" else "application/octet-stream")


@routes("GET", "/projects/:id/snapshot", Param("wiki", "boolean"), sign_in=True)
def get_snapshot(request: Request) -> Reply:
    """The bare repository as it lies there, for administrators."""
    project = find_project(request)
    if not request.me["admin"]:
        raise forbidden()
    buffer = io.BytesIO()
    with request.instance.lock(project), tarfile.open(fileobj=buffer, mode="w") as archive:
        archive.add(request.instance.repository(project).path, arcname=".")
    return Reply(200, buffer.getvalue(), {"Content-Disposition": "attachment"}, "application/x-tar")
