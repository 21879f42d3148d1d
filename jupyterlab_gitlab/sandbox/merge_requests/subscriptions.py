"""Who is told of a merge request: those who take part, unless they said otherwise."""

from __future__ import annotations

from typing import Any

from ..instance import Instance
from ..rest.routing import Reply, Request, Routes
from ..store.sqlite import Row
from .access import IID, find_merge_request
from .entity import present, subscribed

routes = Routes()

_ONE = "/projects/:id/merge_requests/:merge_request_iid"


def choose(instance: Instance, merge_request: Row, user: Row, wanted: bool) -> None:
    """Write down that ``user`` wants to be told, or does not."""
    instance.store.execute(
        "INSERT INTO subscriptions VALUES (?, ?, ?)"
        " ON CONFLICT (merge_request_id, user_id) DO UPDATE SET subscribed = excluded.subscribed",
        merge_request["id"],
        user["id"],
        int(wanted),
    )


@routes("POST", f"{_ONE}/subscribe", IID)
def subscribe(request: Request) -> Any:
    return _set(request, True)


@routes("POST", f"{_ONE}/unsubscribe", IID)
def unsubscribe(request: Request) -> Any:
    return _set(request, False)


def _set(request: Request, wanted: bool) -> Any:
    merge_request = find_merge_request(request)
    if subscribed(request.instance, merge_request, request.me) == wanted:
        return Reply(304)
    choose(request.instance, merge_request, request.me, wanted)
    return present(request, merge_request)
