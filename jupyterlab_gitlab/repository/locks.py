"""Who may change a repository when.

Writing commands of this server take turns, one lock for each repository (linked work trees share it); reads never
wait. Against other programs git's own ``index.lock`` decides: a short wait, then words.
"""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from weakref import WeakValueDictionary

from ..contract.errors import ErrorCode, GitLabWorkflowError
from . import failures

_STEP = 0.05


class Locks:
    """The locks of one repository. Fetches exclude each other but not a commit: they touch neither index nor files."""

    _known: WeakValueDictionary[Path, Locks] = WeakValueDictionary()
    _guard = threading.Lock()

    def __init__(self) -> None:
        self._writing = threading.RLock()
        self._fetching = threading.RLock()

    @classmethod
    def of(cls, common_dir: Path) -> Locks:
        """The locks of the repository with this common directory, shared by all that ask while anyone keeps them."""
        with cls._guard:
            locks = cls._known.get(common_dir)
            if locks is None:
                locks = cls._known[common_dir] = cls()
            return locks

    @contextlib.contextmanager
    def writing(self, git_dir: Path, wait: float) -> Iterator[None]:
        """Holds the repository for a command that changes it; ``git_busy`` after *wait* seconds."""
        with _held(self._writing, wait, "Another command of yours is still running in this repository."):
            _await_free(git_dir / "index.lock", wait)
            yield

    @contextlib.contextmanager
    def fetching(self, wait: float) -> Iterator[None]:
        """Holds the remote-tracking refs; ``git_busy`` after *wait* seconds."""
        with _held(self._fetching, wait, "Another fetch is still running in this repository."):
            yield


@contextlib.contextmanager
def _held(lock: threading.RLock, wait: float, what: str) -> Iterator[None]:
    if not lock.acquire(timeout=wait):
        raise GitLabWorkflowError(ErrorCode.GIT_BUSY, what, "Wait until it has finished, or cancel it, and try again.")
    try:
        yield
    finally:
        lock.release()


def _await_free(lock: Path, wait: float) -> None:
    deadline = time.monotonic() + wait
    while lock.exists():
        if time.monotonic() >= deadline:
            raise failures.busy(str(lock))
        time.sleep(_STEP)
