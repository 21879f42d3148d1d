"""Who wrote which lines of a file."""

from __future__ import annotations

from typing import Any

from ..accounts.access import find_code
from ..git.repository import Git
from ..rest.errors import ApiError, not_found
from ..rest.parameters import Param
from ..rest.routing import Request, Routes
from .commit_entity import Commit, read
from .files import entry

routes = Routes()

_RANGE = (Param("start", "integer", required=True), Param("end", "integer", required=True))


@routes(
    "GET",
    "/projects/:id/repository/files/:file_path/blame",
    Param("ref", required=True, blank=False),
    Param("range", "hash", fields=_RANGE),
    scopes=("read_repository",),
)
def get_blame(request: Request) -> Any:
    """Neighbouring lines of one commit together, each group with its commit."""
    git = request.instance.repository(find_code(request))
    commit = git.commit(request.params["ref"])
    if commit is None:
        raise not_found("Commit")
    path = request.params["file_path"]
    entry(git, commit, path)
    limits = request.get("range")
    if limits and not 1 <= limits["start"] <= limits["end"]:
        raise ApiError(400, "range[start] must be less than or equal to range[end]")
    groups = _groups(git, commit, path, limits)
    commits = {found.sha: found for found in read(git, dict.fromkeys(sha for sha, _ in groups))}
    return [{"commit": _present(commits[sha]), "lines": lines} for sha, lines in groups]


def _groups(git: Git, commit: str, path: str, limits: dict[str, int] | None) -> list[tuple[str, list[str]]]:
    arguments = [f"-L{limits['start']},{limits['end']}"] if limits else []
    output = git.run("blame", "--porcelain", *arguments, commit, "--", path).decode("utf-8", "replace")
    groups: list[tuple[str, list[str]]] = []
    sha = ""
    for line in output.split("\n"):
        if line.startswith("\t"):
            if not groups or groups[-1][0] != sha:
                groups.append((sha, []))
            groups[-1][1].append(line[1:])
        elif (word := line.partition(" ")[0]) and len(word) == 40 and set(word) <= set("0123456789abcdef"):
            sha = word
    return groups


def _present(commit: Commit) -> dict[str, Any]:
    """The commit of a blame range."""
    return {
        "id": commit.sha,
        "parent_ids": list(commit.parents),
        "message": commit.message,
        "authored_date": commit.authored_date,
        "author_name": commit.author_name,
        "author_email": commit.author_email,
        "committed_date": commit.committed_date,
        "committer_name": commit.committer_name,
        "committer_email": commit.committer_email,
    }
