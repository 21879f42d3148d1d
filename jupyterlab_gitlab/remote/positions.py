"""Positions of comments between the contract and GitLab's API."""

from __future__ import annotations

from typing import Any

import msgspec

from ..contract.diffs import Anchor
from ..contract.discussions import LinePosition
from ..contract.errors import ErrorCode, GitLabWorkflowError
from ..contract.merge_requests import DiffRefs
from ..contract.paths import FilePath, decode_path, file_path
from ..contract.positions import NewPosition
from ..notebooks.positions.ranges import LineRange, current_start, end_of
from . import entities
from .faults import RefusedError


def to_send(position: NewPosition, lines: LineRange | None = None) -> dict[str, Any]:
    """A position as the API takes it.

    Only the lines that are given: a line that GitLab counts as added must come without an old one, and so on.

    Parameters
    ----------
    lines: for a comment on several lines.
    """
    given = {
        "old_line": position.old_line,
        "new_line": position.new_line,
        "line_range": None if lines is None else msgspec.to_builtins(lines),
    }
    return {
        "base_sha": position.base_sha,
        "start_sha": position.start_sha,
        "head_sha": position.head_sha,
        "position_type": "text",
        "old_path": _sent_path(position.old_path),
        "new_path": _sent_path(position.new_path),
        **{name: value for name, value in given.items() if value is not None},
    }


def as_stored(position: NewPosition) -> entities.Position:
    """A position as GitLab will give it back, without its range."""
    return entities.Position(
        base_sha=position.base_sha,
        start_sha=position.start_sha,
        head_sha=position.head_sha,
        old_path=_sent_path(position.old_path),
        new_path=_sent_path(position.new_path),
        old_line=position.old_line,
        new_line=position.new_line,
    )


def to_resend(found: entities.Position | None) -> dict[str, Any] | None:
    """A position as it was read, to be sent again; null for a comment on no line."""
    if found is None or not (found.new_path or found.old_path):
        return None
    return {name: value for name, value in msgspec.to_builtins(found).items() if value is not None}


def read(found: entities.Position | None, newest: DiffRefs | None) -> LinePosition | None:
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
        start=_start(found),
        outdated=newest is not None and refs != newest,
        diff_refs=refs,
    )


def is_about_position(refused: RefusedError) -> bool:
    """Whether GitLab refused a note for its line: ``Note {:line_code=>[…]}``, or ``position … is incomplete``."""
    return refused.http_status == 400 and ("line_code" in refused.said or "position" in refused.said.lower())


def position_refused(said: str = "") -> GitLabWorkflowError:
    """For a line that GitLab takes no comment on."""
    details = {"said": said} if said else {}
    return GitLabWorkflowError(
        ErrorCode.POSITION_REFUSED,
        "GitLab does not take a comment on this line.",
        "The merge request may have a new version: refresh. Otherwise comment on a changed line nearby.",
        **details,
    )


def _start(found: entities.Position) -> Anchor | None:
    stored = found.line_range
    if stored is None or stored.start is None or stored.end is None:
        return None
    ends = [end_of(each.line_code, each.type, each.old_line, each.new_line) for each in (stored.start, stored.end)]
    start, end = ends
    if start is None or end is None:
        return None
    now = current_start(start, end, (found.old_line, found.new_line))
    return None if now is None else Anchor(old_line=now[0], new_line=now[1])


def _sent_path(path_id: str) -> str:
    """GitLab's API knows paths as text only."""
    return decode_path(path_id).decode("utf-8", "replace")


def _read_path(path: str) -> FilePath:
    return file_path(path.encode("utf-8", "replace"))
