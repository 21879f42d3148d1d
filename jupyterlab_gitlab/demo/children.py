"""Child processes that end with the demo, however it ends."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

GRACE = 10.0
"""Seconds that a child has to end by itself."""

# Ctrl-C, a polite kill, and a terminal window that is closed (not on Windows).
_ENDING = tuple(getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name))


class Stopped(Exception):  # noqa: N818 - not an error
    """One of the ending signals: raised wherever the demo is at that moment, once."""


class Children:
    """Starts processes in groups of their own, so that Ctrl-C reaches the demo only, which then ends them in order."""

    def __init__(self) -> None:
        self._running: list[tuple[str, subprocess.Popen[str]]] = []
        self._asked = False
        self._held = False

    def listen(self) -> None:
        """From now on the ending signals raise :class:`Stopped`; further ones are passed over."""
        for number in _ENDING:
            signal.signal(number, self._arrived)

    def _arrived(self, *_: object) -> None:
        if not self._asked:
            self._asked = True
            if not self._held:
                raise Stopped

    @contextmanager
    def undisturbed(self) -> Iterator[None]:
        """Signals wait for the end of this: one in the middle of a start would leave a process that nobody knows."""
        self._held = True
        try:
            yield
        finally:
            self._held = False
            if self._asked:
                raise Stopped

    def start(
        self, name: str, command: Sequence[str], log: Path, environment: Mapping[str, str], **more: Any
    ) -> subprocess.Popen[str]:
        """Start *command*, its errors going to *log*; *more* goes to :class:`subprocess.Popen`."""
        with self.undisturbed(), log.open("w", encoding="utf-8") as stream:
            process = subprocess.Popen(
                list(command),
                env=dict(environment),
                stdin=subprocess.DEVNULL,
                stderr=stream,
                text=True,
                **_own_group(),
                **{"stdout": stream, **more},
            )
            self._running.append((name, process))
        return process

    def run(self, command: Sequence[str], environment: Mapping[str, str], timeout: float) -> None:
        """Run *command* to its end.

        Raises
        ------
        subprocess.SubprocessError: it failed, or took more than *timeout* seconds.
        """
        with self.undisturbed():
            subprocess.run(list(command), env=dict(environment), check=True, timeout=timeout)

    def ended(self) -> str | None:
        """The name of a child that has ended by itself, else None."""
        return next((name for name, process in self._running if process.poll() is not None), None)

    def stop(self) -> None:
        """End every child, the last started first; those that do not end in time are killed. No signal disturbs it."""
        self._asked = True
        for _, process in reversed(self._running):
            if process.poll() is None:
                process.terminate()
        for _, process in reversed(self._running):
            try:
                process.wait(GRACE)
            except subprocess.TimeoutExpired:
                _kill(process)
                process.wait()
        self._running.clear()


def _own_group() -> dict[str, Any]:
    if sys.platform == "win32":
        return {"creationflags": subprocess.CREATE_NEW_PROCESS_GROUP}
    return {"start_new_session": True}


def _kill(process: subprocess.Popen[str]) -> None:
    if sys.platform == "win32":
        process.kill()
    else:
        os.killpg(process.pid, signal.SIGKILL)
