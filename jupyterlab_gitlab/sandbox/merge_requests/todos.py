"""To-dos: what waits for somebody, as records. Follows GitLab's ``todo_service.rb``."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ..accounts.access import can_read_code
from ..accounts.users import by_username
from ..instance import Instance
from ..store.sqlite import Row
from ..store.times import now

SCHEMA = """
CREATE TABLE IF NOT EXISTS todos (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    user_id INTEGER NOT NULL REFERENCES users,
    author_id INTEGER NOT NULL REFERENCES users,
    merge_request_id INTEGER NOT NULL REFERENCES merge_requests ON DELETE CASCADE,
    note_id INTEGER REFERENCES notes ON DELETE CASCADE,   -- where the user is mentioned
    action TEXT NOT NULL,
    state TEXT NOT NULL DEFAULT 'pending',                -- pending | done
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS todos_by_user ON todos (user_id, state);
"""

ACTIONS = (
    "assigned",
    "mentioned",
    "build_failed",
    "marked",
    "approval_required",
    "unmergeable",
    "directly_addressed",
    "merge_train_removed",
    "review_requested",
    "member_access_requested",
    "review_submitted",
)

_CODE = re.compile(r"```.*?(?:```|\Z)|`[^`\n]*`", re.DOTALL)
_MENTION = re.compile(r"(?<![\w/.@-])@([A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_])?)")
_ADDRESSED = re.compile(r"\s*(?:@[\w.-]+[\s,]*(?:and\s+)?)+")


def add(
    instance: Instance, merge_request: Row, users: Iterable[int], author: Row, action: str, note: Row | None = None
) -> list[Row]:
    """Give each of ``users`` (ids) a to-do, unless one already waits there; what was made."""
    made, stamp = [], now()
    for user_id in users:
        if _pending(instance, merge_request, user_id, note):
            continue
        key = instance.store.insert(
            "todos",
            user_id=user_id,
            author_id=author["id"],
            merge_request_id=merge_request["id"],
            note_id=note["id"] if note else None,
            action=action,
            created_at=stamp,
            updated_at=stamp,
        )
        made.append(instance.store.get("todos", key))
    return made


def _pending(instance: Instance, merge_request: Row, user_id: int, note: Row | None) -> bool:
    """Whether something waits already: on the merge request, or for a mention in the same discussion."""
    sql = "SELECT 1 FROM todos LEFT JOIN notes ON notes.id = note_id WHERE todos.merge_request_id = ? AND user_id = ?"
    place = " AND state = 'pending' AND notes.discussion_id IS ?"
    discussion = note["discussion_id"] if note else None
    return bool(instance.store.value(sql + place, merge_request["id"], user_id, discussion))


def waits(instance: Instance, merge_request: Row, user: Row) -> bool:
    """Whether anything there waits for ``user``."""
    sql = "SELECT 1 FROM todos WHERE merge_request_id = ? AND user_id = ? AND state = 'pending'"
    return bool(instance.store.value(sql, merge_request["id"], user["id"]))


def finish(instance: Instance, merge_request: Row, user: Row) -> None:
    """Whoever acts on a merge request has seen what waited there."""
    instance.store.execute(
        "UPDATE todos SET state = 'done', updated_at = ? WHERE merge_request_id = ? AND user_id = ?"
        " AND state != 'done'",
        now(),
        merge_request["id"],
        user["id"],
    )


def mention(
    instance: Instance, merge_request: Row, author: Row, text: str, note: Row | None = None, before: str = ""
) -> None:
    """To-dos for those whom ``text`` names and ``before`` did not, if they may read it; the first words address."""
    project = instance.store.get("projects", merge_request["project_id"])
    known = mentioned(before)
    names = {name: direct for name, direct in mentioned(text).items() if name not in known}
    for name, direct in names.items():
        user = by_username(instance.store, name)
        if user is not None and user["id"] != author["id"] and can_read_code(instance.store, user, project):
            action = "directly_addressed" if direct else "mentioned"
            add(instance, merge_request, [user["id"]], author, action, note)


def mentioned(text: str) -> dict[str, bool]:
    """The user names in a Markdown text outside code, and whether the text begins with them."""
    plain = _CODE.sub(" ", text)
    start = _ADDRESSED.match(plain)
    found: dict[str, bool] = {}
    for match in _MENTION.finditer(plain):
        found.setdefault(match[1], start is not None and match.end() <= start.end())
    return found
