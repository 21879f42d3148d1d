"""What an operation of the API is, and short ways to write one down."""

from __future__ import annotations

from typing import Any, Literal

import msgspec

from .base import Body, Params
from .paths import FolderParams

PREFIX = "/gitlab/api/v1"

Method = Literal["GET", "POST", "PUT", "DELETE"]

NUMBERS = frozenset({"iid", "note_id", "draft_note_id", "award_id", "todo_id"})
"""Path parameters that are numbers; the others are texts."""


class Operation(msgspec.Struct, frozen=True, kw_only=True):
    """One route and verb.

    *path* is below :data:`PREFIX`; ``{iid}`` marks a path parameter (see :data:`NUMBERS`).
    *reply* is a struct, a union of structs, or ``bytes`` for a file's contents; *body*, too, can be ``bytes``.
    """

    name: str
    method: Method
    path: str
    summary: str
    params: type[Params]
    reply: Any
    body: type[Body] | type[bytes] | None = None
    status: int = 200


def get(name: str, path: str, params: type[Params], reply: Any, summary: str) -> Operation:
    """Reads."""
    return Operation(name=name, method="GET", path=path, params=params, reply=reply, summary=summary)


def post(name: str, path: str, body: type[Body] | None, reply: Any, summary: str, status: int = 200) -> Operation:
    """Does something. Answers 201 where something comes into being."""
    return Operation(
        name=name,
        method="POST",
        path=path,
        params=FolderParams,
        body=body,
        reply=reply,
        summary=summary,
        status=status,
    )


def put(name: str, path: str, body: type[Body], reply: Any, summary: str) -> Operation:
    """Changes what is there; asking twice changes it once."""
    return Operation(name=name, method="PUT", path=path, params=FolderParams, body=body, reply=reply, summary=summary)


def delete(name: str, path: str, reply: Any, summary: str) -> Operation:
    """Takes something away."""
    return Operation(name=name, method="DELETE", path=path, params=FolderParams, reply=reply, summary=summary)


MR = "/merge-requests/{iid}"
