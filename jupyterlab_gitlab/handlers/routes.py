"""Every operation of the contract with its binding, and how a request finds it."""

from __future__ import annotations

import re
import urllib.parse
from collections.abc import Iterable
from typing import Any

from ..contract.errors import ErrorCode, GitLabWorkflowError
from ..contract.operations import NUMBERS
from . import (
    accounts,
    branches,
    changes,
    commits,
    diffs,
    discussions,
    draft_notes,
    history,
    inbox,
    merge_requests,
    notes,
    projects,
    repositories,
    suggestions,
    sync,
    system,
    uploads,
)
from .binding import Binding
from .requests import decode_segment

_NUMBER = re.compile(r"[1-9][0-9]{0,17}")


class Routes:
    """Finds the binding of a verb and a path."""

    def __init__(self, bindings: Iterable[Binding]) -> None:
        self.bindings = tuple(bindings)

    def find(self, method: str, path: str) -> tuple[Binding, dict[str, Any]]:
        """The binding and the path's arguments. *path* is still percent-encoded.

        Raises
        ------
        GitLabWorkflowError: ``not_found`` for an unknown path, ``method_not_allowed`` for a known one with other verbs.
        """
        allowed: list[str] = []
        for binding in self.bindings:
            arguments = _match(binding.operation.path, path)
            if arguments is None:
                continue
            if binding.operation.method == method:
                return binding, arguments
            allowed.append(binding.operation.method)
        if allowed:
            raise GitLabWorkflowError(
                ErrorCode.METHOD_NOT_ALLOWED, f"This address answers to {', '.join(allowed)}, not to {method}."
            )
        raise GitLabWorkflowError(ErrorCode.NOT_FOUND, "There is nothing at this address.")


def _match(template: str, path: str) -> dict[str, Any] | None:
    parts, given = template.split("/"), path.split("/")
    if len(parts) != len(given):
        return None
    arguments: dict[str, Any] = {}
    for part, segment in zip(parts, given, strict=True):
        if not part.startswith("{"):
            if part != segment:
                return None
            continue
        name = part.strip("{}")
        text = decode_segment(urllib.parse.unquote_to_bytes(segment), name)
        if name not in NUMBERS:
            arguments[name] = text
        elif _NUMBER.fullmatch(text):
            arguments[name] = int(text)
        else:
            return None
    return arguments


ROUTES = Routes(
    binding
    for module in (
        system,
        repositories,
        changes,
        commits,
        branches,
        sync,
        diffs,
        accounts,
        projects,
        merge_requests,
        discussions,
        notes,
        uploads,
        suggestions,
        draft_notes,
        history,
        inbox,
    )
    for binding in module.BINDINGS
)
