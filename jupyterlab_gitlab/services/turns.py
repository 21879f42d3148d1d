"""Work that keeps the processor busy, one piece at a time."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from ..contract.errors import ErrorCode, GitLabWorkflowError

_PATIENCE = 0.05
"""Seconds between two looks whether the request was cancelled."""
_SWITCH_INTERVAL = 0.001
"""Seconds after which Python lets another thread run that waits, a fifth of what is usual: an answer of the Jupyter
server waits several times, once after each time that it reads or writes."""


class Turns:
    """Lets one thread compute at a time.

    Python runs one thread at a time: several that compute finish no sooner side by side than one after the other, and
    each of them delays everything else that the Jupyter server does. During a turn Python changes threads more often.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()

    @contextmanager
    def turn(self, cancel: threading.Event | None = None) -> Iterator[None]:
        """Waits for a turn and holds it.

        Raises
        ------
        GitLabWorkflowError: ``cancelled``, if *cancel* is set meanwhile.
        """
        while not self._lock.acquire(timeout=_PATIENCE):
            refuse_cancelled(cancel)
        before = sys.getswitchinterval()
        sys.setswitchinterval(min(before, _SWITCH_INTERVAL))
        try:
            yield
        finally:
            sys.setswitchinterval(before)
            self._lock.release()


def refuse_cancelled(cancel: threading.Event | None) -> None:
    """Raises ``cancelled`` if the client has gone away."""
    if cancel is not None and cancel.is_set():
        raise GitLabWorkflowError(ErrorCode.CANCELLED, "The comparison was cancelled.")
