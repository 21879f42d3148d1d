"""Ties an operation of the contract to the service function that does it."""

from __future__ import annotations

import dataclasses
import threading
from collections.abc import Callable
from typing import Any, Literal

from ..contract.operations import BY_NAME, Operation
from ..services.context import ServiceContext

Pool = Literal["local", "remote"]


@dataclasses.dataclass(frozen=True)
class Call:
    """A decoded request; *body* is an open file where the operation takes bytes.

    *cancel* is set when the client has gone away.
    """

    params: Any
    body: Any
    arguments: dict[str, Any]
    cancel: threading.Event


Service = Callable[[ServiceContext, Call], Any]


@dataclasses.dataclass(frozen=True)
class Binding:
    """An operation, its service, and where it runs.

    *pool*: ``remote`` if it may wait for GitLab. *immutable* tells of a call whether its reply can never change.
    """

    operation: Operation
    function: Service
    pool: Pool
    immutable: Callable[[Call], bool] | None = None


def local(name: str, function: Service, immutable: Callable[[Call], bool] | None = None) -> Binding:
    """Binds work on the clone."""
    return Binding(BY_NAME[name], function, "local", immutable)


def remote(name: str, function: Service, immutable: Callable[[Call], bool] | None = None) -> Binding:
    """Binds work that asks GitLab."""
    return Binding(BY_NAME[name], function, "remote", immutable)
