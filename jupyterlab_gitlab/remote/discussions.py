"""Discussions of a merge request."""

from __future__ import annotations

from typing import Any, TypeVar

import msgspec

from ..contract.discussions import CreateDiscussionBody, Discussion, Discussions, LinePosition, NewPosition, Note
from ..contract.errors import ErrorCode, GitLabWorkflowError
from ..contract.merge_requests import DiffRefs
from ..contract.paths import FilePath, decode_path, file_path
from . import entities, merge_request_data
from .faults import RefusedError
from .parallel import together
from .projects import user, user_or_none
from .scope import MAINTAINER, ProjectScope
from .times import utc

_MOST = 10_000
_MOST_COUNTED = 1_000

Made = TypeVar("Made", entities.Discussion, entities.Note)


def listed(scope: ProjectScope, iid: int) -> Discussions:
    found, refs = together(lambda: list(_every(scope, iid, _MOST)), lambda: _diff_refs(scope, iid))
    return Discussions(discussions=[_discussion(scope, each, refs) for each in found])


def unresolved(scope: ProjectScope, iid: int) -> int:
    """How many of the first thousand discussions are open threads."""
    threads = (_resolvable(each) for each in _every(scope, iid, _MOST_COUNTED))
    return sum(1 for notes in threads if notes and not all(note.resolved for note in notes))


def create(scope: ProjectScope, iid: int, body: CreateDiscussionBody) -> Discussion:
    """Raises ``position_refused`` if the position's version does not have such a line."""
    asked: dict[str, Any] = {"body": body.body}
    if body.position is not None:
        asked["position"] = _position_to_send(body.position)
    try:
        made = _made(scope, scope.merge_request_url(iid, "discussions"), asked, entities.Discussion)
    except RefusedError as refused:
        # "Note {:line_code=>[…]}" or, for a missing part, "position … is incomplete"
        about_position = "line_code" in refused.said or "position" in refused.said.lower()
        if body.position is None or refused.http_status != 400 or not about_position:
            raise
        said = refused.said
    else:
        return _discussion(scope, made, _diff_refs(scope, iid))
    raise GitLabWorkflowError(
        ErrorCode.POSITION_REFUSED,
        "GitLab does not take a comment on this line.",
        "The merge request may have a new version: refresh. Otherwise comment on a changed line nearby.",
        said=said,
    )


def reply(scope: ProjectScope, iid: int, discussion_id: str, body: str) -> Note:
    url = scope.merge_request_url(iid, "discussions", discussion_id, "notes")
    return _note(scope, _made(scope, url, {"body": body}, entities.Note))


def resolve(scope: ProjectScope, iid: int, discussion_id: str, resolved: bool) -> Discussion:
    url = scope.merge_request_url(iid, "discussions", discussion_id)
    found = scope.client.put(url, entities.Discussion, {"resolved": resolved})
    return _discussion(scope, found, _diff_refs(scope, iid))


def _made(scope: ProjectScope, url: str, body: dict[str, Any], answer: type[Made]) -> Made:
    """Posts *body*. A text of quick actions alone makes no note: GitLab answers 202 with what they did."""
    content = scope.client.post(url, msgspec.Raw, body)
    done = scope.client.decode(content, entities.CommandsOnly)
    if done.id is None:
        summary = done.summary if isinstance(done.summary, str) else " ".join(done.summary or ())
        raise GitLabWorkflowError(
            ErrorCode.GITLAB_REFUSED,
            f"GitLab carried out the quick actions, and no text was left for a comment. {summary}".strip(),
            "Refresh to see what they did.",
        )
    return scope.client.decode(content, answer)


def _every(scope: ProjectScope, iid: int, most: int) -> Any:
    return scope.client.every(scope.merge_request_url(iid, "discussions"), entities.Discussion, most=most)


def _diff_refs(scope: ProjectScope, iid: int) -> DiffRefs | None:
    return merge_request_data.diff_refs(merge_request_data.read(scope, iid).diff_refs)


def _position_to_send(position: NewPosition) -> dict[str, Any]:
    """Only the lines that are given: a line that GitLab counts as added must come without an old one, and so on."""
    lines = {"old_line": position.old_line, "new_line": position.new_line}
    return {
        "base_sha": position.base_sha,
        "start_sha": position.start_sha,
        "head_sha": position.head_sha,
        "position_type": "text",
        "old_path": _sent_path(position.old_path),
        "new_path": _sent_path(position.new_path),
        **{name: line for name, line in lines.items() if line is not None},
    }


def _sent_path(path_id: str) -> str:
    """GitLab's API knows paths as text only."""
    return decode_path(path_id).decode("utf-8", "replace")


def _read_path(path: str) -> FilePath:
    return file_path(path.encode("utf-8", "replace"))


def _resolvable(found: entities.Discussion) -> list[entities.Note]:
    return [note for note in found.notes if note.resolvable]


def _discussion(scope: ProjectScope, found: entities.Discussion, newest: DiffRefs | None) -> Discussion:
    notes = _resolvable(found)
    resolved = bool(notes) and all(note.resolved for note in notes)
    return Discussion(
        id=found.id,
        individual=found.individual_note,
        resolvable=bool(notes),
        resolved=resolved,
        resolved_by=user_or_none(notes[-1].resolved_by) if resolved else None,
        position=_position(found.notes[0].position, newest) if found.notes else None,
        notes=[_note(scope, note) for note in found.notes],
    )


def _position(found: entities.Position | None, newest: DiffRefs | None) -> LinePosition | None:
    """GitLab moves a position to each new version; one that it could not move keeps the shas of its own version."""
    path = None if found is None else found.new_path or found.old_path
    if found is None or not path or not (found.base_sha and found.start_sha and found.head_sha):
        return None
    refs = DiffRefs(base_sha=found.base_sha, start_sha=found.start_sha, head_sha=found.head_sha)
    return LinePosition(
        old_path=_read_path(found.old_path or path),
        new_path=_read_path(path),
        old_line=found.old_line,
        new_line=found.new_line,
        outdated=newest is not None and refs != newest,
        diff_refs=refs,
    )


def _note(scope: ProjectScope, found: entities.Note) -> Note:
    level = scope.access_level
    may_edit = found.author.id == scope.me.id or (level is not None and level >= MAINTAINER)
    return Note(
        id=found.id,
        author=user(found.author),
        body=found.body,
        created_at=utc(found.created_at),
        updated_at=utc(found.updated_at),
        system=found.system,
        can_edit=may_edit and not found.system,
    )
