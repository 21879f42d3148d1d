"""Child processes that end with the demo, however it ends."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

GRACE = 10.0
"""Seconds that a child has to end by itself."""


class Children:
    """Starts processes in groups of their own, so that Ctrl-C reaches the demo only, which then ends them in order."""

    def __init__(self) -> None:
        self._running: list[tuple[str, subprocess.Popen[str]]] = []

    def start(
        self, name: str, command: Sequence[str], log: Path, environment: Mapping[str, str], **more: Any
    ) -> subprocess.Popen[str]:
        """Start *command*, its errors going to *log*; *more* goes to :class:`subprocess.Popen`."""
        with log.open("w", encoding="utf-8") as stream:
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

    def ended(self) -> str | None:
        """The name of a child that has ended by itself, else None."""
        return next((name for name, process in self._running if process.poll() is not None), None)

    def stop(self) -> None:
        """End every child, the last started first; those that do not end in time are killed."""
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
