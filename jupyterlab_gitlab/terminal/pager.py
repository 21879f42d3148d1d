"""Prints lines: straight to standard output, or through the user's pager when that is a terminal."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterable, Iterator
from typing import IO

from .git_settings import setting

_PLAIN = ("", "cat")
_NAME = re.compile(r"[\w./+-]+")
"""What no shell would take for anything but the name of a program."""
_DEFAULTS = {"LESS": "FRX", "LV": "-c"}
"""What git sets where the user has not: quit if all fits the screen, pass colours on, leave the text standing."""


def show(lines: Iterable[str], *, paged: bool) -> None:
    """Print *lines* in UTF-8. A reader that goes away early ends it without a word."""
    command = pager() if paged and sys.stdout.isatty() else None
    if command is None:
        _print(lines)
        return
    environment = {**_DEFAULTS, **os.environ}
    # the user's own setting is a line for the shell, for git too
    process = subprocess.Popen(command, shell=True, stdin=subprocess.PIPE, env=environment)  # noqa: S602
    assert process.stdin is not None
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is the pager's
    try:
        _write(lines, process.stdin)
    finally:
        process.wait()
        signal.signal(signal.SIGINT, before)


def pager() -> str | None:
    """The pager's command line, looked for as git does: ``GIT_PAGER``, ``core.pager``, ``PAGER``, ``less``.

    None if the user wants none, or if there is no such program.
    """
    found = next((found for found in _named() if found is not None), "less")
    if found.strip() in _PLAIN:
        return None
    program = found.split()[0]
    return None if _NAME.fullmatch(program) and not shutil.which(program) else found


def _named() -> Iterator[str | None]:
    yield os.environ.get("GIT_PAGER")
    yield setting("core.pager")
    yield os.environ.get("PAGER")


def _print(lines: Iterable[str]) -> None:
    """As bytes: a Windows console would refuse some characters."""
    try:
        for line in lines:
            sys.stdout.buffer.write(f"{line}\n".encode("utf-8", "replace"))
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        forget_output()


def _write(lines: Iterable[str], pipe: IO[bytes]) -> None:
    with contextlib.suppress(BrokenPipeError), pipe:
        for line in lines:
            pipe.write(f"{line}\n".encode("utf-8", "replace"))


def forget_output() -> None:
    """Let Python end without trying again to write what nobody reads."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
