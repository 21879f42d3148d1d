"""Answers that were dear to work out, as long as they fit."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Hashable


class ByteCache:
    """Keeps byte strings up to *limit* bytes together; what has not been asked for longest goes first. Thread-safe."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._size = 0
        self._entries: OrderedDict[Hashable, bytes] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: Hashable) -> bytes | None:
        """What was kept under *key*."""
        with self._lock:
            value = self._entries.get(key)
            if value is not None:
                self._entries.move_to_end(key)
            return value

    def put(self, key: Hashable, value: bytes) -> None:
        """Keeps *value* in place of what was there; not if it alone is more than a quarter of the limit."""
        with self._lock:
            self._size -= len(self._entries.pop(key, b""))
            if len(value) * 4 > self._limit:
                return
            self._entries[key] = value
            self._size += len(value)
            while self._size > self._limit:
                _, dropped = self._entries.popitem(last=False)
                self._size -= len(dropped)
