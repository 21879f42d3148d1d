"""Long-lived ``git cat-file --batch`` processes: an object costs a pipe round trip, not a process.

They never fetch a missing object (see :func:`.environment.environment`) and see through no replacement object. Each
repository has a few of them, started when needed and closed when idle: on Windows an open pack file can't be replaced.
"""

from __future__ import annotations

import contextlib
import subprocess
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO
from weakref import WeakSet

from . import failures, processes
from .revisions import is_sha, unknown
from .run import Git
from .values import Limits

_SWEEP = 5.0  # seconds between two looks for idle readers


@dataclass(frozen=True)
class Object:
    """*data* is null for an object above the size asked for."""

    oid: str
    kind: str
    size: int
    data: bytes | None


class _Reader:
    """One process. Not thread-safe: the pool lends it to one caller at a time."""

    def __init__(self, git: Git) -> None:
        process = git.popen("cat-file", "--batch")
        assert process.stdin is not None
        assert process.stdout is not None
        self._process: subprocess.Popen[bytes] = process
        self._stdin: IO[bytes] = process.stdin
        self._stdout: IO[bytes] = process.stdout
        self.used = time.monotonic()
        self.broken = False
        self.overdue = False

    def get(self, name: str, limit: int) -> Object | None:
        """The object, or null if there is none; ``EOFError`` if the process has died."""
        self.broken = True  # until the whole answer has been read
        self.used = time.monotonic()
        try:
            self._stdin.write(name.encode("ascii") + b"\n")
            self._stdin.flush()
        except OSError as error:
            raise EOFError from error
        header = self._stdout.readline().decode("ascii", "replace").split()
        if not header:
            raise EOFError
        if len(header) != 3 or not header[2].isdigit():  # "<name> missing", "<name> ambiguous"
            self.broken = False
            return None
        oid, kind, size = header[0], header[1], int(header[2])
        if size > limit:
            return Object(oid, kind, size, None)  # left broken: ending it is cheaper than reading all of it
        data = self._stdout.read(size + 1)
        if len(data) != size + 1:
            raise EOFError
        self.broken = False
        self.used = time.monotonic()
        return Object(oid, kind, size, data[:-1])

    def stop(self) -> None:
        """Ends a process that does not answer; whoever waits for it gets ``EOFError``."""
        self.overdue = True
        processes.end(self._process)

    def close(self) -> None:
        for pipe in (self._stdin, self._stdout):
            with contextlib.suppress(OSError):
                pipe.close()
        try:
            self._process.wait(timeout=1.0)
        except subprocess.TimeoutExpired:
            processes.end(self._process)


class Readers:
    """The readers of one repository, at most :attr:`Limits.readers` at once; further callers wait."""

    def __init__(self, git: Git, limits: Limits) -> None:
        self._git = git
        self._limits = limits
        self._slots = threading.BoundedSemaphore(limits.readers)
        self._guard = threading.Lock()
        self._free: list[_Reader] = []
        self._lent_out: list[_Reader] = []

    def get(self, name: str) -> Object | None:
        """The object called *name* (a full sha or an expression of our own making), null if the clone has none.

        One above :attr:`Limits.blob` comes without its data.
        """
        for fresh in (False, True):
            with self._lent(fresh=fresh) as reader:
                try:
                    return reader.get(name, self._limits.blob)
                except EOFError:
                    # Ended from outside, or (git before 2.45, partial clone) by the fetch that it was not allowed.
                    if reader.overdue:
                        raise failures.timed_out("git cat-file", self._limits.local) from None
        return None

    def require(self, oid: str) -> Object:
        """As :meth:`get` for a full sha; ``revision_unknown`` if the clone has no such object."""
        found = self.get(oid) if is_sha(oid) else None
        if found is None:
            raise unknown(oid)
        return found

    @contextlib.contextmanager
    def _lent(self, *, fresh: bool = False) -> Iterator[_Reader]:
        with self._slots:
            with self._guard:
                reader = self._free.pop() if self._free and not fresh else None
            if reader is None:
                reader = _Reader(self._git)
            with self._guard:
                self._lent_out.append(reader)
            _sweeper.watch(self)
            try:
                yield reader
            finally:
                with self._guard:
                    self._lent_out.remove(reader)
                    if not reader.broken:
                        self._free.append(reader)
                if reader.broken:
                    reader.close()

    def close(self) -> None:
        """Closes the readers that nobody uses. The object stays usable: the next call starts a reader again."""
        self._close(0.0)

    def sweep(self) -> bool:
        """Closes idle readers and stops those that don't answer; true if there is none left to watch."""
        deadline = time.monotonic() - self._limits.local
        with self._guard:
            overdue = [reader for reader in self._lent_out if reader.used < deadline]
        for reader in overdue:
            reader.stop()
        return self._close(self._limits.idle)

    def _close(self, idle: float) -> bool:
        now = time.monotonic()
        with self._guard:
            ended = [reader for reader in self._free if now - reader.used >= idle]
            self._free = [reader for reader in self._free if reader not in ended]
            empty = not self._free and not self._lent_out
        for reader in ended:
            reader.close()
        return empty


class _Sweeper:
    """One thread for all repositories that looks after their readers; it lives only while there are any."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._watched: WeakSet[Readers] = WeakSet()
        self._running = False

    def watch(self, readers: Readers) -> None:
        with self._guard:
            self._watched.add(readers)
            if not self._running:
                self._running = True
                threading.Thread(target=self._run, name="gitlab-readers", daemon=True).start()

    def _run(self) -> None:
        while self._sweep():
            time.sleep(_SWEEP)

    def _sweep(self) -> bool:
        with self._guard:
            for readers in list(self._watched):
                if readers.sweep():
                    self._watched.discard(readers)
            self._running = bool(self._watched)
            return self._running


_sweeper = _Sweeper()
