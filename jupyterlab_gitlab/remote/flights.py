"""Questions that are under way, so that nobody asks the same twice at once."""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable
from concurrent.futures import Future
from typing import Any, TypeVar

Value = TypeVar("Value")


class Flights:
    """Who asks while the same question is under way waits for that answer, or gets its error. Thread-safe."""

    def __init__(self) -> None:
        self._by_key: dict[Hashable, Future[Any]] = {}
        self._lock = threading.Lock()

    def share(self, key: Hashable, ask: Callable[[], Value]) -> Value:
        """What *ask* answers. Nothing is kept once it has answered."""
        with self._lock:
            flight = self._by_key.get(key)
            mine = flight is None
            if flight is None:
                flight = self._by_key[key] = Future()
        if mine:
            try:
                flight.set_result(ask())
            except BaseException as error:
                flight.set_exception(error)
            finally:
                with self._lock:
                    del self._by_key[key]
        answer: Value = flight.result()
        return answer
