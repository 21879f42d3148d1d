"""Description templates that a project keeps on its default branch."""

from __future__ import annotations

from typing import Any

from ..accounts.access import find_code
from ..rest.errors import not_found
from ..rest.paging import paginate
from ..rest.parameters import PAGING, Param
from ..rest.routing import Reply, Request, Routes

routes = Routes()

_FOLDERS = {"merge_requests": ".gitlab/merge_request_templates", "issues": ".gitlab/issue_templates"}


def _templates(request: Request) -> dict[str, str]:
    """Name to blob sha, by name."""
    project = find_code(request)
    folder = _FOLDERS.get(request.params["type"])
    branch = project["default_branch"]
    if folder is None or branch is None:
        return {}
    done = request.instance.repository(project).call("ls-tree", "-z", f"refs/heads/{branch}:{folder}")
    found = {}
    for line in done.stdout.decode("utf-8", "replace").split("\0"):
        about, _, name = line.partition("\t")
        if name.endswith(".md"):
            found[name[: -len(".md")]] = about.split()[2]
    return dict(sorted(found.items()))


@routes("GET", "/projects/:id/templates/:type", Param("type", values=tuple(_FOLDERS)), *PAGING)
def list_templates(request: Request) -> Reply:
    return paginate(request, [{"key": name, "name": name} for name in _templates(request)])


@routes("GET", "/projects/:id/templates/:type/:name", Param("type", values=tuple(_FOLDERS)))
def get_template(request: Request) -> Any:
    blob = _templates(request).get(request.params["name"])
    if blob is None:
        raise not_found("Template")
    git = request.instance.repository(find_code(request))
    return {"name": request.params["name"], "content": git.blob(blob).decode("utf-8", "replace")}
