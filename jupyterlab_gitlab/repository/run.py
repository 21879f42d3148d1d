"""The one place where git is started.

GitPython is no help here: it can't take a variable out of git's environment (:mod:`.environment`), bounds neither time
(on Windows) nor output, can't be cancelled, and starts a git of its own when it is imported. So a small runner of our
own stands on :mod:`.processes`.
"""

from __future__ import annotations

import functools
import shutil
import subprocess
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from . import failures, processes
from .environment import OVERRIDES, environment
from .values import Cancel, Limits


@dataclass(frozen=True)
class Output:
    """What a git command answered. *stderr* is empty where it was merged into *stdout*."""

    command: str
    code: int
    stdout: bytes
    stderr: bytes

    @property
    def text(self) -> str:
        """All that git printed, for people: decoded, without credentials."""
        return failures.readable(self.stdout + self.stderr)

    @property
    def line(self) -> str:
        """Standard output as one value (a sha, a name)."""
        return self.stdout.decode("utf-8", "replace").rstrip("\n")


@functools.lru_cache(maxsize=1)
def executable() -> str:
    """The absolute path of git; ``git_missing`` if there is none.

    Looked up once: on Windows a bare name would be searched in the current directory first, which is the repository.
    """
    found = shutil.which("git")
    if found is None:
        raise failures.git_missing()
    return str(Path(found).absolute())


class Git:
    """Starts git in one directory.

    Calls take the arguments after ``git`` and the overrides. They raise ``git_timeout``, ``cancelled``,
    ``git_missing``, ``disk_full``, ``git_busy``, ``dubious_ownership`` and, for an exit code outside *ok*,
    ``git_failed``.
    """

    def __init__(self, directory: str, limits: Limits) -> None:
        self.directory = directory
        self.limits = limits

    def read(
        self, *args: str, stdin: bytes | None = None, ok: Container[int] = (0,), env: Mapping[str, str] | None = None
    ) -> Output:
        """A command that changes nothing: no locks, no network."""
        return self._run(args, environment(read_only=True, extra=env), stdin, self.limits.local, ok, False, None)

    def write(
        self,
        *args: str,
        stdin: bytes | None = None,
        ok: Container[int] = (0,),
        env: Mapping[str, str] | None = None,
        timeout: float | None = None,
        merge: bool = False,
        cancel: Cancel | None = None,
    ) -> Output:
        """A command that changes something. *merge*: stderr goes into stdout, in the order printed."""
        time = self.limits.local if timeout is None else timeout
        return self._run(args, environment(read_only=False, extra=env), stdin, time, ok, merge, cancel)

    def popen(self, *args: str) -> subprocess.Popen[bytes]:
        """A long-lived reading command with pipes for input and output; the caller ends it."""
        try:
            return processes.spawn(
                self._argv(args),
                cwd=self.directory,
                env=environment(read_only=True),
                stdin=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            )
        except OSError as error:
            raise failures.not_started(error, self.directory) from error

    def _argv(self, args: Sequence[str]) -> list[str]:
        options = [part for override in OVERRIDES for part in ("-c", override)]
        return [executable(), *options, *args]

    def _run(
        self,
        args: Sequence[str],
        env: Mapping[str, str],
        stdin: bytes | None,
        timeout: float,
        ok: Container[int],
        merge: bool,
        cancel: Cancel | None,
    ) -> Output:
        command = failures.command_name(args)
        try:
            done = processes.run(
                self._argv(args),
                cwd=self.directory,
                env=env,
                stdin=stdin,
                timeout=timeout,
                limit=self.limits.output,
                merge=merge,
                cancel=cancel,
            )
        except OSError as error:
            raise failures.not_started(error, self.directory) from error
        if done.ending == "timeout":
            raise failures.timed_out(command, timeout)
        if done.ending == "cancelled":
            raise failures.cancelled(command)
        if done.ending == "output":
            raise failures.too_much_output(command, self.limits.output)
        output = Output(command, done.returncode, done.stdout, done.stderr)
        if done.returncode in ok:
            return output
        raise failures.failed(command, done.returncode, done.stdout + done.stderr)
