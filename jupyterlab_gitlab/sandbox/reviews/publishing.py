"""Drafts become notes, in GitLab's way with its traps (``app/services/draft_notes/publish_service.rb``).

Notes are made in order and each stays once it is made, while the drafts are taken away together, after the last. So a
draft that can't become a note leaves those before it both published and pending, and publishing again doubles them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ..discussions.commands import Commands
from ..discussions.records import add_note, add_reply, discussion_notes, may_resolve, place
from ..instance import Instance
from ..merge_requests import auto_merge, todos
from ..merge_requests.threads import set_resolved
from ..rest.errors import ApiError
from ..rest.routing import Request
from ..store.sqlite import Row
from .drafts import of_author, position_of


class PublishError(Exception):
    """A draft can't become a note; the text says why."""


def publish(request: Request, merge_request: Row, drafts: Sequence[Row]) -> None:
    """Make notes of the caller's drafts, one after the other, then take the drafts away. Blank ones just go.

    Raises:
        PublishError: one can't be published; what came before it is, and all drafts are still there.
    """
    for draft in drafts:
        if draft["note"].strip():
            try:
                _publish_one(request, merge_request, draft)
            except ApiError as error:
                raise PublishError(f"Unable to save Note: {error.body['message']}") from error
    for draft in drafts:
        request.store.delete("draft_notes", draft["id"])
    auto_merge.process(request.instance, merge_request["id"])


def publish_review(request: Request, merge_request: Row) -> None:
    """Publish all that the caller has pending; author and assignees of the merge request learn that it is there.

    Raises:
        PublishError: as :func:`publish`.
    """
    instance, author = request.instance, request.me
    pending = of_author(instance, merge_request, author)
    publish(request, merge_request, pending)
    if pending:
        sql = "SELECT user_id FROM merge_request_assignees WHERE merge_request_id = ?"
        assignees = {row["user_id"] for row in instance.store.rows(sql, merge_request["id"])}
        waiting = (assignees | {merge_request["author_id"]}) - {author["id"]}
        todos.add(instance, merge_request, sorted(waiting), author, "review_submitted")


def _publish_one(request: Request, merge_request: Row, draft: Row) -> None:
    """Its quick actions are carried out; a draft of nothing else leaves no note."""
    instance, author = request.instance, request.me
    commands = Commands(request, merge_request, draft["note"])
    if draft["discussion_id"] is not None:
        _reply(request, merge_request, draft, commands)
    elif not commands.alone:
        add_note(instance, merge_request, author, commands.text, **_columns(instance, merge_request, draft))
    commands.carry_out()


def _reply(request: Request, merge_request: Row, draft: Row, commands: Commands) -> None:
    instance, author = request.instance, request.me
    thread = discussion_notes(instance, merge_request, draft["discussion_id"]).get(draft["discussion_id"], [])
    if not thread:
        raise PublishError("Unable to save Note: Discussion to reply to cannot be found")
    if not commands.alone:
        thread.append(add_reply(instance, merge_request, thread[0], author, commands.text))
    resolve = bool(draft["resolve_discussion"]) and may_resolve(instance, merge_request, author, thread)
    set_resolved(instance, merge_request, thread, author, resolve)


def _columns(instance: Instance, merge_request: Row, draft: Row) -> dict[str, Any]:
    """A draft without a complete position becomes a general thread, never an individual note."""
    position = position_of(draft)
    if not position.complete:
        return {"type": "DiscussionNote"}
    columns = place(instance, merge_request, position, position_of(draft, "original_position"))
    return {**columns, "commit_id": draft["commit_id"]}
