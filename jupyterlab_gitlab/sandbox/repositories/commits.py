"""Commits: list, read, their changes, and making them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ..accounts.access import find_code, find_project
from ..diffs.raw import Comparisons
from ..git.repository import Git
from ..rest.errors import not_found
from ..rest.paging import paginate
from ..rest.parameters import PAGING, Param
from ..rest.routing import Reply, Request, Routes
from ..store.sqlite import Row
from .commit_actions import ACTION_FIELDS, commit_actions
from .commit_entity import Commit, first_parent, line_counts, log, present, present_detail, read

routes = Routes()


class _Log:
    """A history, read in slices; never counted, since that would walk all of it."""

    def __init__(self, git: Git, arguments: Sequence[str]) -> None:
        self._git, self._arguments = git, arguments

    def count(self) -> int:
        return int(self._git.text("rev-list", "--count", *self._arguments))

    def slice(self, offset: int, limit: int) -> Sequence[Commit]:
        return log(self._git, *self._arguments, offset=offset, limit=limit)


@routes(
    "GET",
    "/projects/:id/repository/commits",
    Param("ref_name"),
    Param("since", "datetime"),
    Param("until", "datetime"),
    Param("path"),
    Param("author"),
    Param("follow", "boolean"),
    Param("all", "boolean"),
    Param("with_stats", "boolean"),
    Param("first_parent", "boolean"),
    Param("order", values=("default", "topo"), default="default"),
    Param("trailers", "boolean", default=False),
    *PAGING,
)
def list_commits(request: Request) -> Reply:
    project = find_code(request)
    git = request.instance.repository(project)
    revisions = _revisions(request, git, project)
    if revisions is None:
        return paginate(request, [], counted=False)
    arguments = [f"--{name}={request.get(name)}" for name in ("since", "until", "author") if request.get(name)]
    if request.get("first_parent"):
        arguments.append("--first-parent")
    if request.get("order") == "topo":
        arguments.append("--topo-order")
    arguments += [*revisions, "--", *([request.get("path")] if request.get("path") else [])]

    def show(commit: Commit) -> dict[str, Any]:
        shown = present(request.instance, project, commit, with_trailers=request.get("trailers"))
        return {**shown, "stats": line_counts(git, commit)} if request.get("with_stats") else shown

    return paginate(request, _Log(git, arguments), show, counted=False)


def _revisions(request: Request, git: Git, project: Row) -> list[str] | None:
    """What the list starts from; None when there is nothing of the kind."""
    if request.get("all"):
        return ["--branches", "--tags"]
    name = request.get("ref_name") or project["default_branch"]
    if not name:
        return None
    if ".." in name:  # a range, each end looked up by itself
        left, dots, right = name.partition("..." if "..." in name else "..")
        ends = [git.commit(left), git.commit(right)]
        return [f"{ends[0]}{dots}{ends[1]}"] if all(ends) else None
    found = git.commit(name)
    return [found] if found else None


def find_commit(request: Request, project: Row, name: str | None = None) -> Commit:
    """The commit that the route's ``:sha`` (or ``name``) stands for.

    Raises:
        ApiError: 404 Commit Not Found.
    """
    git = request.instance.repository(project)
    sha = git.commit(request.params["sha"] if name is None else name)
    if sha is None:
        raise not_found("Commit")
    return read(git, [sha])[0]


@routes("GET", "/projects/:id/repository/commits/:sha", Param("stats", "boolean", default=True))
def get_commit(request: Request) -> Any:
    project = find_code(request)
    return present_detail(request.instance, project, find_commit(request, project), stats=request.get("stats"))


@routes("GET", "/projects/:id/repository/commits/:sha/diff", Param("unidiff", "boolean", default=False), *PAGING)
def get_commit_diff(request: Request) -> Reply:
    project = find_code(request)
    commit = find_commit(request, project)
    files = Comparisons(request.instance.repository(project)).files(first_parent(commit), commit.sha)
    return paginate(request, files, lambda file: file.entity(unidiff=request.get("unidiff")))


@routes(
    "GET",
    "/projects/:id/repository/commits/:sha/refs",
    Param("type", values=("branch", "tag", "all"), default="all"),
    *PAGING,
)
def get_commit_refs(request: Request) -> Reply:
    project = find_code(request)
    commit = find_commit(request, project)
    git = request.instance.repository(project)
    wanted = request.get("type")
    found = []
    for kind, prefix in (("branch", "refs/heads/"), ("tag", "refs/tags/")):
        if wanted in (kind, "all"):
            lines = git.text("for-each-ref", "--format=%(refname)", "--contains", commit.sha, prefix).splitlines()
            found += [{"type": kind, "name": line[len(prefix) :]} for line in lines]
    return paginate(request, found)


@routes(
    "POST",
    "/projects/:id/repository/commits",
    Param("branch", required=True, blank=False),
    Param("commit_message", required=True, blank=False),
    Param("actions", "hashes", required=True, fields=ACTION_FIELDS),
    Param("start_branch"),
    Param("start_sha"),
    Param("author_email"),
    Param("author_name"),
    Param("stats", "boolean", default=True),
    Param("force", "boolean", default=False),
)
def create_commit(request: Request) -> Any:
    project = find_project(request)
    sha = commit_actions(
        request.instance,
        project,
        request.me,
        request.params["branch"],
        request.params["commit_message"],
        request.params["actions"],
        start=request.get("start_branch") or request.get("start_sha"),
        author=(request.get("author_name"), request.get("author_email")),
        force=request.get("force"),
    )
    commit = read(request.instance.repository(project), [sha])[0]
    return present_detail(request.instance, project, commit, stats=request.get("stats"))
