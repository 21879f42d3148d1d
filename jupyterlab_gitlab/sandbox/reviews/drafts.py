"""Draft notes: comments that only their author sees until they are published.

Follows GitLab's ``draft_note.rb`` and ``lib/api/entities/draft_note.rb``.
"""

from __future__ import annotations

from typing import Any

from ..diffs.positions import Position, position_line_code
from ..instance import Instance
from ..merge_requests import versions
from ..store.sqlite import Row

SCHEMA = """
CREATE TABLE IF NOT EXISTS draft_notes (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    merge_request_id INTEGER NOT NULL REFERENCES merge_requests ON DELETE CASCADE,
    author_id INTEGER NOT NULL REFERENCES users,
    discussion_id TEXT,               -- set for a reply
    resolve_discussion INTEGER NOT NULL DEFAULT 0,
    note TEXT NOT NULL,
    commit_id TEXT,
    position TEXT,                    -- JSON, as is the next
    original_position TEXT,
    created_at TEXT NOT NULL,
    UNIQUE (merge_request_id, author_id, discussion_id)
);
"""

_NOWHERE = Position(None, None, None, "text")


def of_author(instance: Instance, merge_request: Row, author: Row) -> list[Row]:
    """The drafts of one person, oldest first."""
    return instance.store.rows(
        "SELECT * FROM draft_notes WHERE merge_request_id = ? AND author_id = ? ORDER BY id",
        merge_request["id"],
        author["id"],
    )


def position_of(draft: Row, column: str = "position") -> Position:
    """Where a draft hangs; a position of nothing but nulls when it is not on the diff."""
    return Position.from_json(draft[column]) if draft[column] else _NOWHERE


def present(instance: Instance, merge_request: Row, draft: Row) -> dict[str, Any]:
    """GitLab's DraftNote. The line code is that of the place where the draft was first written."""
    original = position_of(draft, "original_position")
    code = None
    if original.complete and original.position_type == "text":
        code = position_line_code(versions.comparisons(instance, merge_request["project_id"]), original)
    return {
        "id": draft["id"],
        "author_id": draft["author_id"],
        "merge_request_id": draft["merge_request_id"],
        "resolve_discussion": bool(draft["resolve_discussion"]),
        "discussion_id": draft["discussion_id"],
        "note": draft["note"],
        "commit_id": draft["commit_id"],
        "line_code": code,
        "position": position_of(draft).entity(),
    }
