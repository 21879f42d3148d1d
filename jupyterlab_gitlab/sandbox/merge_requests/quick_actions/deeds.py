"""Commands that do something at once: approve, rebase, merge, to-dos, reactions."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from .. import approvals, awards, entity, merge, rebase, subscriptions, todos, versions
from .plan import Commands, Plan

commands = Commands()


def _deed(made: Plan, message: str, deed: Callable[[], Any], changes: dict[str, Any] | None = None) -> bool:
    made.deeds.append(deed)
    made.changes |= changes or {}
    made.messages.append(message)
    return True


@commands("approve")
def _approve(made: Plan, argument: str) -> bool:
    instance, merge_request, me = made.request.instance, made.merge_request, made.request.me
    if approvals.approved(instance, merge_request, me) or not approvals.eligible(instance, merge_request, me):
        return False
    return _deed(made, "Approved the current merge request.", lambda: approvals.give(instance, merge_request, me))


@commands("unapprove")
def _unapprove(made: Plan, argument: str) -> bool:
    instance, merge_request, me = made.request.instance, made.merge_request, made.request.me
    if not approvals.approved(instance, merge_request, me):
        return False
    return _deed(
        made, "Unapproved the current merge request.", lambda: approvals.take_back(instance, merge_request, me)
    )


@commands("rebase")
def _rebase(made: Plan, argument: str) -> bool:
    instance, merge_request, me = made.request.instance, made.merge_request, made.request.me
    if merge_request["state"] != "opened" or rebase.objection(instance, merge_request, me):
        return False
    message = f"Scheduled a rebase of branch {merge_request['source_branch']}."
    return _deed(made, message, lambda: rebase.run(instance, merge_request, me), {"rebase": True})


@commands("merge")
def _merge(made: Plan, argument: str) -> bool:
    """Only when the request names the head that its sender has seen (``merge_request_diff_head_sha``)."""
    request, merge_request = made.request, made.merge_request
    if not merge.may_merge(request, merge_request):
        return False
    head = versions.latest(request.instance, merge_request)["head_commit_sha"]
    seen = request.get("merge_request_diff_head_sha")
    if seen != head:
        return True

    def deed() -> None:
        merge.accept(request, request.store.get("merge_requests", merge_request["id"]), automatic=True)

    return _deed(made, "Merged this merge request.", deed, {"merge": seen})


@commands("todo")
def _todo(made: Plan, argument: str) -> bool:
    request, merge_request = made.request, made.merge_request
    if todos.waits(request.instance, merge_request, request.me):
        return False

    def deed() -> None:
        todos.add(request.instance, merge_request, [request.me["id"]], request.me, "marked")

    return _deed(made, "Added a to-do item.", deed, {"todo_event": "add"})


@commands("done")
def _done(made: Plan, argument: str) -> bool:
    request, merge_request = made.request, made.merge_request
    if not todos.waits(request.instance, merge_request, request.me):
        return False

    def deed() -> None:
        todos.finish(request.instance, merge_request, request.me)

    return _deed(made, "Marked to-do item as done.", deed, {"todo_event": "done"})


@commands("subscribe")
def _subscribe(made: Plan, argument: str) -> bool:
    return _tell(made, True)


@commands("unsubscribe")
def _unsubscribe(made: Plan, argument: str) -> bool:
    return _tell(made, False)


def _tell(made: Plan, wanted: bool) -> bool:
    request, merge_request = made.request, made.merge_request
    if entity.subscribed(request.instance, merge_request, request.me) == wanted:
        return False

    def deed() -> None:
        subscriptions.choose(request.instance, merge_request, request.me, wanted)

    event, word = ("subscribe", "Subscribed to") if wanted else ("unsubscribe", "Unsubscribed from")
    return _deed(made, f"{word} notifications.", deed, {"subscription_event": event})


@commands("react", "award")
def _react(made: Plan, argument: str) -> bool:
    request, merge_request = made.request, made.merge_request
    name = awards.normalized(argument)
    if not name:
        return True

    def deed() -> None:
        awards.toggle(request.instance, awards.ON_MERGE_REQUEST, merge_request["id"], request.me, name)

    return _deed(made, f"Toggled :{name}: emoji reaction.", deed, {"emoji_award": name})
