"""Who works on a merge request, how far reviewers are, and how it is labelled."""

from __future__ import annotations

from collections.abc import Iterable

from ..accounts.access import Level, can_read_code, project_level
from ..instance import Instance
from ..rest.routing import Request
from ..store.sqlite import Row
from ..store.times import now
from . import events, todos
from .system_notes import people_changed


def change_people(request: Request, merge_request: Row) -> None:
    """The Free tier keeps one assignee and one reviewer, whatever is sent."""
    assignees = request.get("assignee_ids")
    if assignees is None and "assignee_id" in request.params:
        assignees = [request.get("assignee_id") or 0]
    verbs = ("assigned to", "unassigned")
    new = _set_people(request, merge_request, "merge_request_assignees", assignees, verbs)
    todos.add(request.instance, merge_request, new, request.me, "assigned")
    verbs = ("requested review from", "removed review request for")
    new = _set_people(request, merge_request, "merge_request_reviewers", request.get("reviewer_ids"), verbs)
    todos.add(request.instance, merge_request, new, request.me, "review_requested")


def _set_people(
    request: Request, merge_request: Row, table: str, ids: Iterable[int] | None, verbs: tuple[str, str]
) -> set[int]:
    """Who is new among them (ids)."""
    if ids is None:
        return set()
    store, owner = request.store, merge_request["id"]
    project = store.get("projects", merge_request["project_id"])
    chosen = set()
    for user_id in ids:
        user = store.row("SELECT * FROM users WHERE id = ?", user_id)
        if user is not None and can_read_code(store, user, project):
            chosen = {user_id}
            break
    before = {row["user_id"] for row in store.rows(f"SELECT user_id FROM {table} WHERE merge_request_id = ?", owner)}
    more = {"created_at": now()} if table == "merge_request_reviewers" else {}
    for user_id in before - chosen:
        store.execute(f"DELETE FROM {table} WHERE merge_request_id = ? AND user_id = ?", owner, user_id)
    for user_id in chosen - before:
        store.insert(table, merge_request_id=owner, user_id=user_id, **more)
    people_changed(request.instance, merge_request, request.me, verbs, before, chosen)
    return chosen - before


def set_review_state(instance: Instance, merge_request: Row, user: Row, state: str) -> None:
    """How far ``user`` is as a reviewer; without effect for others. What follows an approval leaves it standing.

    The states are GitLab's ``unreviewed``, ``review_started``, ``reviewed``, ``requested_changes``, ``approved`` and
    ``unapproved`` (``update_reviewer_state_service.rb``).
    """
    kept = "" if state in ("requested_changes", "unapproved") else " AND state != 'approved'"
    instance.store.execute(
        f"UPDATE merge_request_reviewers SET state = ? WHERE merge_request_id = ? AND user_id = ?{kept}",
        state,
        merge_request["id"],
        user["id"],
    )


def change_labels(request: Request, merge_request: Row) -> None:
    """Names that the project has no label for become labels, if the caller may make them."""
    store, owner, project_id = request.store, merge_request["id"], merge_request["project_id"]
    if not {"labels", "add_labels", "remove_labels"} & set(request.params):
        return
    sql = (
        "SELECT name, label_id FROM merge_request_labels JOIN labels ON labels.id = label_id WHERE merge_request_id = ?"
    )
    before = {row["name"]: row["label_id"] for row in store.rows(sql, owner)}
    after: dict[str, int] = {} if request.get("labels") is not None else dict(before)
    may_make = project_level(store, request.user, store.get("projects", project_id)) >= Level.REPORTER
    for name in [*request.get("labels", []), *request.get("add_labels", [])]:
        label = store.value("SELECT id FROM labels WHERE project_id = ? AND name = ?", project_id, name)
        if label is None and name and may_make:
            label = store.insert("labels", project_id=project_id, name=name, color="#6699cc")
        if label is not None:
            after[name] = label
    for name in request.get("remove_labels", []):
        after.pop(name, None)
    for name, label in before.items():
        if name not in after:
            sql = "DELETE FROM merge_request_labels WHERE merge_request_id = ? AND label_id = ?"
            store.execute(sql, owner, label)
            events.record(request.instance, merge_request, request.me, "label", action="remove", label_id=label)
    for name, label in after.items():
        if name not in before:
            store.insert("merge_request_labels", merge_request_id=owner, label_id=label)
            events.record(request.instance, merge_request, request.me, "label", action="add", label_id=label)
