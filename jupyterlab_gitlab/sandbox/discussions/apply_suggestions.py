"""Applying suggestions: one commit on the source branch (``lib/api/suggestions.rb``, ``apply_service.rb``)."""

from __future__ import annotations

import base64
import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ..diffs.positions import Position
from ..git.repository import ZERO_SHA
from ..instance import Instance, RefChange
from ..projects.settings import settings
from ..repositories.commit_actions import commit_actions
from ..repositories.push_rules import can_push
from ..rest.errors import ApiError, forbidden
from ..rest.parameters import Param
from ..rest.routing import Request, Routes
from ..store.sqlite import Row, marks
from . import suggestions

SCHEMA = suggestions.SCHEMA

routes = Routes()

_DEFAULT_MESSAGE = "Apply %{suggestions_count} suggestion(s) to %{files_count} file(s)\n\n%{co_authored_by}"


@dataclass(frozen=True)
class _Proposal:
    """A suggestion with what it belongs to."""

    row: Row
    note: Row
    merge_request: Row
    position: Position

    @property
    def lines(self) -> tuple[int, int]:
        return suggestions.reach(self.row, self.position.new_line or 0)


@routes("PUT", "/suggestions/:id/apply", Param("id", "integer"), Param("commit_message"))
def apply_one(request: Request) -> Any:
    found = _find(request, [request.params["id"]])
    if not found:
        raise ApiError(404, "Suggestion is not applicable as the suggestion was not found.")
    return _apply(request, found)[0]


@routes("PUT", "/suggestions/batch_apply", Param("ids", "integers", required=True), Param("commit_message"))
def apply_batch(request: Request) -> Any:
    found = _find(request, request.params["ids"])
    if len(found) != len(request.params["ids"]) or not found:
        raise ApiError(404, "Suggestions are not applicable as one or more suggestions were not found.")
    return _apply(request, found)


def _find(request: Request, ids: Sequence[int]) -> list[_Proposal]:
    store = request.store
    found = []
    for row in store.rows(f"SELECT * FROM suggestions WHERE id IN ({marks(ids)}) ORDER BY id", *ids):
        note = store.get("notes", row["note_id"])
        merge_request = store.get("merge_requests", note["merge_request_id"])
        found.append(_Proposal(row, note, merge_request, Position.from_json(note["position"])))
    return found


def _apply(request: Request, proposals: Sequence[_Proposal]) -> list[dict[str, Any]]:
    """Refuses with 403 who may not push to the source branch, with 400 what can't be applied."""
    instance, store = request.instance, request.store
    for proposal in proposals:
        source = _source(instance, proposal.merge_request)
        if source is None or not can_push(instance, source, request.user, proposal.merge_request["source_branch"]):
            raise forbidden()
    problem = _problem(instance, proposals)
    if problem:
        raise ApiError(400, problem)
    merge_request = proposals[0].merge_request
    source = _source(instance, merge_request)
    assert source is not None, "whoever may push to it has shown that it is there"
    authors = {proposal.note["author_id"] for proposal in proposals}
    author = store.get("users", authors.pop()) if len(authors) == 1 else None
    commit = commit_actions(
        instance,
        source,
        request.me,
        merge_request["source_branch"],
        _message(request, source, proposals),
        _changes(instance, proposals),
        author=(author["name"], author["email"]) if author else (None, None),
    )
    for proposal in proposals:
        store.update("suggestions", proposal.row["id"], applied=1, commit_id=commit)
    found = _find(request, [proposal.row["id"] for proposal in proposals])
    return [
        suggestions.present(one.position, one.row, suggestions.Applicability(instance, one.merge_request))
        for one in found
    ]


def _source(instance: Instance, merge_request: Row) -> Row | None:
    key = merge_request["source_project_id"]
    return None if key is None else instance.store.get("projects", key)


def _problem(instance: Instance, proposals: Sequence[_Proposal]) -> str | None:
    """GitLab's first objection (``suggestion_set.rb``)."""
    first = proposals[0].merge_request
    for one in proposals:
        if not suggestions.file_lines(instance, one.merge_request, one.position):
            return "A file was not found."
        branch = (one.merge_request["source_project_id"], one.merge_request["source_branch"])
        if branch != (first["source_project_id"], first["source_branch"]):
            return "Suggestions must all be on the same branch."
        applicability = suggestions.Applicability(instance, one.merge_request)
        reason = applicability.objection(one.position, one.row, cached=False)
        if reason:
            return reason
        if applicability.source_head != one.position.head_sha:
            return "A file has been changed."
    ranges = sorted((one.position.file_path or "", *one.lines) for one in proposals)
    for (path, _, last), (other, start, _) in itertools.pairwise(ranges):
        if path == other and start <= last:
            return "Suggestions are not applicable as their lines cannot overlap."
    return None


def _changes(instance: Instance, proposals: Sequence[_Proposal]) -> list[dict[str, Any]]:
    """The new content of every file, the proposals of one file from the bottom up."""
    files: dict[str, list[str]] = {}
    for one in sorted(proposals, key=lambda one: one.lines, reverse=True):
        path = one.position.file_path or ""
        if path not in files:
            files[path] = suggestions.file_lines(instance, one.merge_request, one.position)
        first, last = one.lines
        files[path][first - 1 : last] = [one.row["to_content"]]
    return [
        {
            "action": "update",
            "file_path": path,
            "content": base64.b64encode("".join(lines).encode("utf-8", "surrogateescape")).decode(),
            "encoding": "base64",
        }
        for path, lines in files.items()
    ]


def _message(request: Request, source: Row, proposals: Sequence[_Proposal]) -> str:
    """What was asked for, or the project's template, or GitLab's, with its ``%{placeholders}`` filled in."""
    store, first = request.store, proposals[0]
    target = store.get("projects", first.merge_request["project_id"])
    template = request.get("commit_message") or settings(target)["suggestion_commit_message"] or _DEFAULT_MESSAGE
    paths = sorted({one.position.file_path or "" for one in proposals})
    others = [store.get("users", key) for key in dict.fromkeys(one.note["author_id"] for one in proposals)]
    values = {
        "branch_name": first.merge_request["source_branch"],
        "files_count": str(len(paths)),
        "file_paths": ", ".join(paths),
        "project_name": target["name"],
        "project_path": target["path"],
        "user_full_name": request.me["name"],
        "username": request.me["username"],
        "suggestions_count": str(len(proposals)),
        "co_authored_by": "\n".join(
            f"Co-authored-by: {user['name']} <{user['email']}>" for user in others if user["id"] != request.me["id"]
        ),
    }
    return re.sub(r"%\{(\w+)\}", lambda found: values.get(found[1], found[0]), template).rstrip()


def after_push(instance: Instance, project: Row, changes: Sequence[RefChange], user: Row) -> None:
    """Remember which suggestions of the branch no longer fit their lines (``outdate_service.rb``)."""
    for change in changes:
        if not change.ref.startswith("refs/heads/") or change.new == ZERO_SHA:
            continue
        for merge_request in instance.store.rows(
            "SELECT * FROM merge_requests WHERE state = 'opened' AND source_project_id = ? AND source_branch = ?",
            project["id"],
            change.ref[len("refs/heads/") :],
        ):
            _outdate(instance, merge_request)


def _outdate(instance: Instance, merge_request: Row) -> None:
    for key, rows in suggestions.of_merge_request(instance, merge_request).items():
        position = Position.from_json(instance.store.get("notes", key)["position"])
        for row in rows:
            if not row["outdated"] and suggestions.outdated(instance, merge_request, position, row):
                instance.store.update("suggestions", row["id"], outdated=1)
