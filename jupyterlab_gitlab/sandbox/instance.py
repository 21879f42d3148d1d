"""One running sandbox: its records, its repositories, its address, and who wants to know about pushes."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from .git.repository import Git, prepare
from .store.sqlite import Row, Store

log = logging.getLogger(__name__)

VERSION = "19.4.0"  # what its answers follow
REVISION = "sandbox"

# under the data directory
DATABASE = "gitlab.sqlite3"
REPOSITORIES = "repositories"


class RefChange(NamedTuple):
    """A ref that moved: full name, sha before and after (ZERO_SHA when it was made or deleted)."""

    ref: str
    old: str
    new: str


PushListener = Callable[["Instance", Row, Sequence[RefChange], Row], None]
"""Called as ``listener(instance, project, changes, user)`` after refs moved, in the order of registration."""


class Instance:
    """What every request can reach. ``url`` has no trailing slash and is known once the server listens."""

    def __init__(self, data: Path, fragments: Iterable[str], listeners: Sequence[PushListener] = ()) -> None:
        self.data = data
        self.url = "http://127.0.0.1"
        data.mkdir(parents=True, exist_ok=True)
        (data / REPOSITORIES).mkdir(exist_ok=True)
        self.git_environment = prepare(data)
        self.store = Store(data / DATABASE, fragments)
        self._listeners = list(listeners)
        self._locks: dict[int, threading.RLock] = {}
        self._locks_lock = threading.Lock()

    def repository(self, project: Row) -> Git:
        """The bare repository of a project."""
        return Git(self.data / REPOSITORIES / f"{project['id']}.git", self.git_environment)

    def lock(self, project: Row) -> threading.RLock:
        """Held by whoever writes a project's refs or reacts to a push; one for each project."""
        with self._locks_lock:
            return self._locks.setdefault(project["id"], threading.RLock())

    def post_receive(self, project: Row, changes: Sequence[RefChange], user: Row) -> None:
        """Tell every listener that refs moved, by a push or by the API; returns when all are done.

        A listener that fails is logged and does not undo the push, as in GitLab.
        """
        if not changes:
            return
        with self.lock(project):
            for listener in self._listeners:
                try:
                    listener(self, self.store.get("projects", project["id"]), changes, user)
                except Exception:
                    log.exception("after a push to project %s", project["id"])

    def close(self) -> None:
        """Let go of the data directory."""
        self.store.close()
