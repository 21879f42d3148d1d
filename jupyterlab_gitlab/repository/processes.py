"""Child processes that can be bounded in time and output and ended with all their children.

``subprocess.run`` neither bounds what it buffers nor ends grandchildren (ssh, hooks, remote helpers), and GitPython's
``kill_after_timeout`` works on POSIX only and by SIGKILL, which leaves git's lock files behind; hence this runner.
Nothing here knows git.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import IO, Any, Literal

_GRACE = 2.0  # seconds that an ending process has to remove its lock files
_STEP = 0.05  # seconds between two looks at a cancellation
_CHUNK = 1 << 16
_MESSAGES = 1 << 20  # bytes of stderr that are kept

Ending = Literal["exit", "timeout", "cancelled", "output"]


@dataclass(frozen=True)
class Finished:
    """How a process ended. *stderr* is empty if it was merged into *stdout*."""

    returncode: int
    stdout: bytes
    stderr: bytes
    ending: Ending


def spawn(argv: Sequence[str], *, cwd: str, env: Mapping[str, str], stdin: int, stderr: int) -> subprocess.Popen[bytes]:
    """Starts *argv* in a process group of its own, without a terminal; standard output is a pipe.

    Raises ``FileNotFoundError`` if the program or *cwd* is missing, ``OSError`` for other failures.
    """
    options: dict[str, Any] = {}
    if sys.platform == "win32":
        options["creationflags"] = subprocess.CREATE_NEW_PROCESS_GROUP | subprocess.CREATE_NO_WINDOW
    else:
        options["start_new_session"] = True
    return subprocess.Popen(
        list(argv),
        cwd=cwd,
        env=dict(env),
        stdin=stdin,
        stdout=subprocess.PIPE,
        stderr=stderr,
        **options,
    )


def end(process: subprocess.Popen[bytes], *, grace: float = _GRACE) -> None:
    """Ends a process and all its children: politely first, so that git removes its lock files, then by force."""
    if sys.platform == "win32":
        taskkill = shutil.which("taskkill") or "taskkill"
        with contextlib.suppress(OSError):
            subprocess.run([taskkill, "/T", "/F", "/PID", str(process.pid)], capture_output=True, check=False)
        process.kill()
    else:
        _signal_group(process.pid, signal.SIGTERM)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(timeout=grace)
        # The leader may be gone while a child that ignores SIGTERM lives on in the group.
        _signal_group(process.pid, signal.SIGKILL)
    process.wait()


def _signal_group(group: int, number: int) -> None:
    if sys.platform != "win32":
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(group, number)


class _Collector(threading.Thread):
    """Reads one pipe to its end, keeping at most *limit* bytes; beyond them it drops the rest (*drain*) or stops."""

    def __init__(self, pipe: IO[bytes], limit: int, *, drain: bool) -> None:
        super().__init__(daemon=True)
        self._pipe = pipe
        self._limit = limit
        self._drain = drain
        self._chunks: list[bytes] = []
        self._size = 0
        self.overflow = False

    def run(self) -> None:
        descriptor = self._pipe.fileno()
        with contextlib.suppress(OSError, ValueError):
            while chunk := os.read(descriptor, _CHUNK):
                self._size += len(chunk)
                if self._size <= self._limit:
                    self._chunks.append(chunk)
                    continue
                self.overflow = True
                if not self._drain:
                    return

    def data(self) -> bytes:
        return b"".join(self._chunks)


def _feed(pipe: IO[bytes], data: bytes) -> None:
    with contextlib.suppress(OSError, ValueError):  # a process that ends early does not read all
        pipe.write(data)
    with contextlib.suppress(OSError, ValueError):
        pipe.close()


def run(
    argv: Sequence[str],
    *,
    cwd: str,
    env: Mapping[str, str],
    stdin: bytes | None,
    timeout: float,
    limit: int,
    merge: bool = False,
    cancel: threading.Event | None = None,
) -> Finished:
    """Runs *argv* to its end, or ends it after *timeout* seconds, *limit* bytes of output, or when *cancel* is set."""
    process = spawn(
        argv,
        cwd=cwd,
        env=env,
        stdin=subprocess.DEVNULL if stdin is None else subprocess.PIPE,
        stderr=subprocess.STDOUT if merge else subprocess.PIPE,
    )
    deadline = time.monotonic() + timeout
    assert process.stdout is not None
    out = _Collector(process.stdout, limit, drain=False)
    err = None if process.stderr is None else _Collector(process.stderr, _MESSAGES, drain=True)
    collectors = [out] if err is None else [out, err]
    for collector in collectors:
        collector.start()
    if stdin is not None and process.stdin is not None:
        threading.Thread(target=_feed, args=(process.stdin, stdin), daemon=True).start()
    try:
        ending = _wait(process, collectors, deadline, cancel)
        if ending != "exit":
            end(process)
        # A daemon that a hook or ssh started may hold the pipe open after git has gone: don't wait for it.
        for collector in collectors:
            collector.join(1.0)
        if ending == "exit" and out.overflow:
            ending = "output"
    except BaseException:
        end(process)
        raise
    finally:
        if all(not collector.is_alive() for collector in collectors):
            process.stdout.close()
            if process.stderr is not None:
                process.stderr.close()
    return Finished(process.returncode, out.data(), b"" if err is None else err.data(), ending)


def _wait(
    process: subprocess.Popen[bytes],
    collectors: list[_Collector],
    deadline: float,
    cancel: threading.Event | None,
) -> Ending:
    out = collectors[0]
    while True:
        if cancel is not None and cancel.is_set():
            return "cancelled"
        remaining = deadline - time.monotonic()
        if remaining <= 0:
            return "timeout"
        out.join(min(_STEP, remaining))
        if out.overflow:
            return "output"
        if not out.is_alive():
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(timeout=min(_STEP, remaining))
        if process.poll() is not None:
            return "exit"
