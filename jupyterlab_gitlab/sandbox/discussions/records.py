"""Notes and discussions: how they are kept.

A discussion is the notes that share a ``discussion_id``; the first note's type says what it is: none for an individual
note, ``DiscussionNote`` for a thread, ``DiffNote`` for a thread on the diff.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from typing import Any

from ..diffs.positions import DiffRefs, Position, position_errors, position_line_code
from ..diffs.raw import Comparisons
from ..diffs.tracer import PositionTracer
from ..instance import Instance
from ..merge_requests import todos, versions
from ..merge_requests.access import is_developer
from ..merge_requests.threads import resolvable
from ..rest.errors import bad_request
from ..store.sqlite import Row, marks
from ..store.times import now
from . import suggestions

MAX_LENGTH = 1_000_000


def discussion_notes(instance: Instance, merge_request: Row, *ids: str) -> dict[str, list[Row]]:
    """The notes of these discussions, oldest first; unknown ids are absent."""
    rows = instance.store.rows(
        f"SELECT * FROM notes WHERE merge_request_id = ? AND discussion_id IN ({marks(ids)}) ORDER BY created_at, id",
        merge_request["id"],
        *ids,
    )
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(row["discussion_id"], []).append(row)
    return found


def add_note(instance: Instance, merge_request: Row, author: Row, body: str, **columns: Any) -> Row:
    """Save a note; ``columns`` say where it belongs (a discussion of its own unless ``discussion_id`` is given).

    Raises:
        ApiError: 400 when the body is blank or too long.
    """
    if not body.strip():
        raise invalid({"note": ["can't be blank"]})
    if len(body) > MAX_LENGTH:
        raise invalid({"note": [f"is too long (maximum is {MAX_LENGTH} characters)"]})
    stamp = columns.pop("created_at", None) or now()
    columns.setdefault("discussion_id", secrets.token_hex(20))
    with instance.store.transaction():
        note = instance.store.insert(
            "notes",
            merge_request_id=merge_request["id"],
            body=body,
            author_id=author["id"],
            created_at=stamp,
            updated_at=stamp,
            **columns,
        )
        instance.store.update("merge_requests", merge_request["id"], updated_at=now())
    made = instance.store.get("notes", note)
    suggestions.save(instance, merge_request, made)
    todos.finish(instance, merge_request, author)
    todos.mention(instance, merge_request, author, body, made)
    return made


def invalid(errors: dict[str, list[str]]) -> Exception:
    """The refusal of a note: ``400 Bad request - Note`` and the errors as Ruby prints a hash."""

    def quoted(text: str) -> str:
        return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'

    fields = ", ".join(f":{field}=>[{', '.join(map(quoted, texts))}]" for field, texts in errors.items())
    return bad_request(f"Note {{{fields}}}")


def place(
    instance: Instance, merge_request: Row, position: Position, original: Position | None = None
) -> dict[str, Any]:
    """The columns of a new DiffNote at ``position``: checked, and carried to the current version if made on an old one.

    ``original`` is where it was first written, if that was elsewhere.

    Raises:
        ApiError: 400 when no comment can hang there.
    """
    known = versions.comparisons(instance, merge_request["project_id"])
    errors = position_errors(known, position)
    current = versions.diff_refs(versions.latest(instance, merge_request))
    if current is None:
        errors["noteable"] = ["doesn't support new-style diff notes"]
    if errors or current is None:
        raise invalid(errors)
    columns: dict[str, Any] = {"type": "DiffNote", "original_position": (original or position).to_json()}
    here, change = carried(known, position, current)
    if change is not None:
        columns["change_position"] = change.to_json()
    columns["position"] = here.to_json()
    if here.position_type == "text":
        columns["line_code"] = position_line_code(known, here)
    keep_commits(instance, merge_request, original or position, position, here)
    return columns


def keep_commits(instance: Instance, merge_request: Row, *positions: Position) -> None:
    """Hold the commits of positions against pruning, as far as the project has them."""
    known = versions.comparisons(instance, merge_request["project_id"])
    refs = {sha for spot in positions for sha in (spot.base_sha, spot.start_sha, spot.head_sha) if sha}
    git = instance.repository(instance.store.get("projects", merge_request["project_id"]))
    git.keep_around(*sorted(sha for sha in refs if known.exists(sha)))


def carried(known: Comparisons, position: Position, current: DiffRefs) -> tuple[Position, Position | None]:
    """A new comment's position in the ``current`` version, and the change that outdated it, if one did."""
    if position.refs is None or position.refs == current:
        return position, None
    traced = PositionTracer(known, position.refs, current, position.paths).trace(position)
    if traced is None or traced.outdated or traced.position is None:
        return position, traced.position if traced else None
    return traced.position, None


def add_reply(
    instance: Instance, merge_request: Row, first: Row, author: Row, body: str, created_at: str | None = None
) -> Row:
    """Save a note under the discussion that ``first`` starts; an individual note becomes a thread by its first reply.

    Raises:
        ApiError: 400 when the body is blank or too long, or for one of GitLab's own notes.
    """
    kind = first["type"]
    if kind is None:
        if first["system"]:
            raise bad_request("Discussion can not be replied to.")
        kind = "DiscussionNote"
    keys = ("discussion_id", "commit_id", "position", "original_position", "change_position", "line_code")
    place = {key: first[key] for key in keys}
    note = add_note(instance, merge_request, author, body, created_at=created_at, type=kind, **place)
    instance.store.update("notes", first["id"], type=kind)
    return note


def may_resolve(instance: Instance, merge_request: Row, user: Row, notes: Sequence[Row]) -> bool:
    """Whether ``user`` may resolve the thread of these notes: Developers, and the author of the merge request."""
    mine = merge_request["author_id"] == user["id"]
    return any(map(resolvable, notes)) and (mine or is_developer(instance, merge_request, user))
