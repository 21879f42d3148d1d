"""What becomes of the threads of a merge request: whether and by whom they are resolved, and where pushes move them.

Moving follows GitLab's ``update_diff_position_service.rb``.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ..diffs.positions import DiffRefs, Position, position_line_code
from ..diffs.tracer import PositionTracer, Traced
from ..instance import Instance
from ..projects.settings import settings
from ..store.sqlite import Row
from ..store.times import now
from . import versions
from .entity import merge_request_url
from .mergeability import unresolved_notes
from .system_notes import write


def resolvable(note: Row) -> bool:
    """Threads can be resolved; individual notes and GitLab's own can't."""
    return note["type"] is not None and not note["system"]


def set_resolved(instance: Instance, merge_request: Row, notes: Sequence[Row], user: Row, resolved: bool) -> None:
    """Resolve or unresolve the resolvable ones among ``notes``; those already so keep who and when."""
    waiting_before = unresolved_notes(instance, merge_request)
    stamp = now()
    with instance.store.transaction():
        for note in notes:
            if resolvable(note) and (note["resolved_at"] is not None) != resolved:
                who = {"resolved_at": stamp, "resolved_by_id": user["id"]} if resolved else {}
                instance.store.update("notes", note["id"], **(who or {"resolved_at": None, "resolved_by_id": None}))
        if resolved and waiting_before and not unresolved_notes(instance, merge_request):
            write(instance, merge_request, user, "resolved all threads")


def carry(instance: Instance, merge_request: Row, version: Row, before: DiffRefs, after: DiffRefs, user: Row) -> None:
    """Take the threads that hang on the diff ``before`` along to the one of the new ``version``, which is ``after``."""
    rows = instance.store.rows(
        "SELECT * FROM notes WHERE merge_request_id = ? AND type = 'DiffNote' ORDER BY created_at, id",
        merge_request["id"],
    )
    threads: dict[str, list[Row]] = {}
    for row in rows:
        threads.setdefault(row["discussion_id"], []).append(row)
    places = {key: Position.from_json(notes[0]["position"]) for key, notes in threads.items()}
    active = {key: position for key, position in places.items() if position.refs == before}
    paths = {path for position in active.values() for path in position.paths}
    known = versions.comparisons(instance, merge_request["project_id"])
    tracer = PositionTracer(known, before, after, paths)
    traces = {key: tracer.trace(position) for key, position in active.items()}
    # git is done asking before the records are locked
    codes = {
        key: position_line_code(known, traced.position)
        for key, traced in traces.items()
        if traced and traced.position and traced.position.position_type == "text"
    }
    with instance.store.transaction():
        for key, traced in traces.items():
            if traced is None:
                continue
            _save(instance, threads[key], traced, codes.get(key))
            if traced.outdated:
                _outdate(instance, merge_request, version, threads[key], traced, codes.get(key), user)


def _save(instance: Instance, notes: list[Row], traced: Traced, code: str | None) -> None:
    place = traced.position.to_json() if traced.position else None
    for note in notes:
        if traced.outdated:
            instance.store.update("notes", note["id"], change_position=place)
        else:
            instance.store.update("notes", note["id"], position=place, change_position=None, line_code=code)


def _outdate(
    instance: Instance,
    merge_request: Row,
    version: Row,
    notes: list[Row],
    traced: Traced,
    code: str | None,
    user: Row,
) -> None:
    project = instance.store.get("projects", merge_request["project_id"])
    if settings(project)["resolve_outdated_diff_discussions"]:
        set_resolved(instance, merge_request, notes, user, True)
    if traced.position is None:
        return
    number = instance.store.value(
        "SELECT COUNT(*) FROM merge_request_diffs WHERE merge_request_id = ? AND state != 'empty'", merge_request["id"]
    )
    what = "line" if traced.position.position_type == "text" else "file"
    first = notes[0]
    text = f"version {number} of the diff"
    if traced.position.head_sha == version["head_commit_sha"]:
        page = merge_request_url(instance, merge_request)[len(instance.url) :]
        start = f"&start_sha={traced.position.start_sha}"
        anchor = f"#{code}" if code else ""
        text = f"[{text}]({page}/diffs?diff_id={version['id']}{start}{anchor})"
    columns: dict[str, Any] = {
        key: first[key] for key in ("discussion_id", "type", "position", "original_position", "line_code")
    }
    write(instance, merge_request, user, f"changed this {what} in {text}", **columns)
