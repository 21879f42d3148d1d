"""What the commands of a text come to, before anything is done."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from ...rest.routing import Request
from ...store.sqlite import Row
from ..access import may_update


@dataclass
class Plan:
    """What the commands of a text come to.

    ``params`` are parameters for a change of the merge request; ``changes`` is what GitLab tells of it
    (``commands_changes``); ``messages`` its words; ``deeds`` is what to do besides.
    """

    request: Request
    merge_request: Row
    params: dict[str, Any] = field(default_factory=dict)
    changes: dict[str, Any] = field(default_factory=dict)
    messages: list[str] = field(default_factory=list)
    deeds: list[Callable[[], Any]] = field(default_factory=list)
    used: int = 0
    """How many commands the writer may use, whatever came of them."""

    @property
    def may_change(self) -> bool:
        return may_update(self.request.instance, self.merge_request, self.request.user)

    def change(self, message: str, params: dict[str, Any], changes: dict[str, Any] | None = None) -> None:
        """Plan a change of the merge request and say so."""
        self.params |= params
        self.changes |= params if changes is None else changes
        self.messages.append(message)


Command = Callable[[Plan, str], bool]
"""Adds to the plan what a command with this argument does; False when the writer may not use it now."""


class Commands(dict[str, Command]):
    """Commands by name; calling it makes the decorator that adds one under all its names."""

    def __call__(self, *names: str) -> Callable[[Command], Command]:
        def add(function: Command) -> Command:
            self.update(dict.fromkeys(names, function))
            return function

        return add
