"""Two revisions side by side: what lies between them, and where they parted."""

from __future__ import annotations

from typing import Any

from ..accounts.access import find_code
from ..diffs.raw import Comparisons
from ..projects.entity import web_url
from ..rest.errors import ApiError, not_found
from ..rest.parameters import Param
from ..rest.routing import Request, Routes
from .commit_entity import log, present, read

routes = Routes()


@routes(
    "GET",
    "/projects/:id/repository/compare",
    Param("from", required=True, blank=False),
    Param("to", required=True, blank=False),
    Param("straight", "boolean", default=False),
    Param("unidiff", "boolean", default=False),
)
def compare(request: Request) -> Any:
    """Commits of ``to`` that ``from`` lacks, oldest first, and the changes since the merge base (or, straight, all)."""
    project = find_code(request)
    instance = request.instance
    git = instance.repository(project)
    start, end = git.commit(request.params["from"]), git.commit(request.params["to"])
    if start is None or end is None:
        raise not_found("Ref")
    base = start if request.get("straight") else git.merge_base(start, end) or start
    commits = [present(instance, project, commit) for commit in log(git, "--reverse", f"{start}..{end}")]
    files = Comparisons(git).files(base, end)
    dots = ".." if request.get("straight") else "..."
    return {
        "commit": commits[-1] if commits else None,
        "commits": commits,
        "diffs": [file.entity(unidiff=request.get("unidiff")) for file in files],
        "compare_timeout": False,
        "compare_same_ref": request.params["from"] == request.params["to"],
        "web_url": f"{web_url(instance, project)}/-/compare/{start}{dots}{end}",
    }


@routes("GET", "/projects/:id/repository/merge_base", Param("refs", "strings", required=True))
def merge_base(request: Request) -> Any:
    project = find_code(request)
    git = request.instance.repository(project)
    names = request.params["refs"]
    if len(names) < 2:
        raise ApiError(400, "Provide at least 2 refs")
    found = {name: git.commit(name) for name in names}
    missing = [name for name, sha in found.items() if sha is None]
    if missing:
        raise ApiError(400, f"Could not find ref: {missing[0]}")
    done = git.call("merge-base", *(sha for sha in found.values() if sha))
    if done.returncode:
        raise not_found("Merge Base")
    return present(request.instance, project, read(git, [done.stdout.decode().split()[0]])[0])
