"""Emoji that people put under merge requests and notes, as records."""

from __future__ import annotations

import re

from ..instance import Instance
from ..store.sqlite import Row
from ..store.times import now

_ALIASES = {"+1": "thumbsup", "-1": "thumbsdown"}
_NAME = re.compile(r"[a-z0-9_+-]+\Z")

ON_MERGE_REQUEST, ON_NOTE = "merge_request_id", "note_id"
"""What can carry awards, by the column that names it."""


def normalized(name: str) -> str:
    """An emoji's name without colons, aliases of the two votes resolved; empty when no emoji can be called so."""
    name = name.strip(":")
    return _ALIASES.get(name, name) if _NAME.match(name) else ""


def of(instance: Instance, column: str, key: int) -> list[Row]:
    """The awards of one merge request or note, oldest first."""
    return instance.store.rows(f"SELECT * FROM award_emoji WHERE {column} = ? ORDER BY id", key)


def give(instance: Instance, column: str, key: int, user: Row, name: str) -> Row | None:
    """Put an emoji of this normalized name there; None when ``user`` has done so before."""
    stamp = now()
    with instance.store.transaction():
        sql = f"SELECT 1 FROM award_emoji WHERE {column} = ? AND user_id = ? AND name = ?"
        if instance.store.value(sql, key, user["id"], name):
            return None
        place = {column: key, "user_id": user["id"], "name": name}
        made = instance.store.insert("award_emoji", created_at=stamp, updated_at=stamp, **place)
    return instance.store.get("award_emoji", made)


def toggle(instance: Instance, column: str, key: int, user: Row, name: str) -> None:
    """Put an emoji there, or take it away when ``user`` has put it there."""
    if give(instance, column, key, user, name) is None:
        sql = f"DELETE FROM award_emoji WHERE {column} = ? AND user_id = ? AND name = ?"
        instance.store.execute(sql, key, user["id"], name)


def votes(instance: Instance, merge_request: Row) -> dict[str, int]:
    """``upvotes`` and ``downvotes`` of a merge request."""
    rows = instance.store.rows(
        "SELECT name, COUNT(*) AS number FROM award_emoji WHERE merge_request_id = ? GROUP BY name", merge_request["id"]
    )
    counts = {row["name"]: row["number"] for row in rows}
    return {"upvotes": counts.get("thumbsup", 0), "downvotes": counts.get("thumbsdown", 0)}
