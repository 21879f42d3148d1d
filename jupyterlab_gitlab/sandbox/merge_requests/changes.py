"""What a merge request changes: diffs, versions and commits."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ..diffs.raw import MAX_FILES, MAX_LINES, FileDiff
from ..repositories import commit_entity
from ..rest.errors import not_found
from ..rest.paging import paginate
from ..rest.parameters import PAGING, Param
from ..rest.routing import Reply, Request, Routes
from ..store.sqlite import Row
from . import versions
from .access import IID, find_merge_request
from .entity import present

routes = Routes()

_ONE = "/projects/:id/merge_requests/:merge_request_iid"
_UNIDIFF = Param("unidiff", "boolean", default=False)


@routes("GET", f"{_ONE}/diffs", IID, *PAGING, _UNIDIFF)
def list_diffs(request: Request) -> Reply:
    merge_request = find_merge_request(request)
    version = versions.latest(request.instance, merge_request)
    files = versions.files(request.instance, merge_request, version)
    return paginate(request, files, lambda file: file.entity(unidiff=bool(request.get("unidiff"))))


@routes("GET", f"{_ONE}/changes", IID, _UNIDIFF, Param("access_raw_diffs", "boolean"))
def get_changes(request: Request) -> Any:
    merge_request = find_merge_request(request)
    version = versions.latest(request.instance, merge_request)
    files = versions.files(request.instance, merge_request, version)
    shown = list(files) if request.get("access_raw_diffs") else _within_limits(files)
    unidiff = bool(request.get("unidiff"))
    return {
        **present(request, merge_request),
        "changes": [file.entity(unidiff=unidiff) for file in shown],
        "overflow": len(shown) < len(files),
    }


def _within_limits(files: Sequence[FileDiff]) -> list[FileDiff]:
    """As many files as GitLab shows together."""
    shown: list[FileDiff] = []
    lines = size = 0
    for file in files[:MAX_FILES]:
        if not file.too_large:
            lines += file.text.count("\n")
            size += file.size
        if lines >= MAX_LINES or size >= MAX_FILES * 5 * 1024:
            break
        shown.append(file)
    return shown


@routes("GET", f"{_ONE}/raw_diffs", IID)
def get_raw_diffs(request: Request) -> Reply:
    merge_request = find_merge_request(request)
    refs = versions.diff_refs(versions.latest(request.instance, merge_request))
    text = b""
    if refs is not None:
        git = request.instance.repository(request.store.get("projects", merge_request["project_id"]))
        options = ("--no-ext-diff", "--no-textconv", "--no-color", "--full-index", "--binary")
        text = git.run("diff", *options, refs.base_sha, refs.head_sha)
    return Reply(200, text, content_type="text/plain")


@routes("GET", f"{_ONE}/versions", IID, *PAGING)
def list_versions(request: Request) -> Reply:
    merge_request = find_merge_request(request)
    rows = request.store.rows(
        "SELECT * FROM merge_request_diffs WHERE merge_request_id = ? ORDER BY id DESC", merge_request["id"]
    )
    return paginate(request, rows, lambda version: versions.present(merge_request, version))


@routes("GET", f"{_ONE}/versions/:version_id", IID, Param("version_id", "integer"), _UNIDIFF)
def get_version(request: Request) -> Any:
    merge_request = find_merge_request(request)
    version = request.store.row(
        "SELECT * FROM merge_request_diffs WHERE merge_request_id = ? AND id = ?",
        merge_request["id"],
        request.params["version_id"],
    )
    if version is None:
        raise not_found()
    files = versions.files(request.instance, merge_request, version)
    return {
        **versions.present(merge_request, version),
        "commits": _commits(request, merge_request, version["commits"].split()),
        "diffs": [file.entity(unidiff=bool(request.get("unidiff"))) for file in files],
    }


@routes("GET", f"{_ONE}/commits", IID, *PAGING)
def list_commits(request: Request) -> Reply:
    """Newest first. Only the page's commits are read from git."""
    merge_request = find_merge_request(request)
    shas = versions.latest(request.instance, merge_request)["commits"].split()
    page = paginate(request, shas)
    page.body = _commits(request, merge_request, page.body)
    return page


@routes("GET", f"{_ONE}/context_commits", IID, *PAGING)
def list_context_commits(request: Request) -> Reply:
    """Earlier commits shown for context; none can be added here."""
    find_merge_request(request)
    return paginate(request, [])


def _commits(request: Request, merge_request: Row, shas: Sequence[str]) -> list[dict[str, Any]]:
    """Commits of a version; GitLab leaves their parents out."""
    instance, project = request.instance, request.store.get("projects", merge_request["project_id"])
    found = commit_entity.read(instance.repository(project), shas)
    return [{**commit_entity.present(instance, project, commit), "parent_ids": []} for commit in found]
