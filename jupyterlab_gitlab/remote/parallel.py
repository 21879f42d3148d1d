"""Several questions to GitLab at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar, overload

A = TypeVar("A")
B = TypeVar("B")
C = TypeVar("C")

_AT_ONCE = 6


@overload
def together(first: Callable[[], A], second: Callable[[], B], /) -> tuple[A, B]: ...
@overload
def together(first: Callable[[], A], second: Callable[[], B], third: Callable[[], C], /) -> tuple[A, B, C]: ...
def together(*calls: Callable[[], Any]) -> tuple[Any, ...]:
    """The results in order. If some fail, the first in order is raised, after all have ended."""
    first, *others = calls
    with ThreadPoolExecutor(len(others), thread_name_prefix="gitlab-api") as pool:
        waiting = [pool.submit(call) for call in others]
        return (first(), *(each.result() for each in waiting))


def each_of(calls: Sequence[Callable[[], A]]) -> list[A]:
    """The results in order, :data:`_AT_ONCE` calls at a time. The first failure in order is raised."""
    if len(calls) < 2:
        return [call() for call in calls]
    with ThreadPoolExecutor(min(_AT_ONCE, len(calls)), thread_name_prefix="gitlab-api") as pool:
        waiting = [pool.submit(call) for call in calls]
        try:
            return [each.result() for each in waiting]
        finally:
            pool.shutdown(cancel_futures=True)  # after a failure the rest is not asked for
