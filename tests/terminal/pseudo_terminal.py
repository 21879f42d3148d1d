"""Runs a command as if in a terminal window."""

from __future__ import annotations

import fcntl
import os
import pty
import struct
import subprocess
import termios
from collections.abc import Mapping, Sequence
from pathlib import Path


def run_in_terminal(
    argv: Sequence[str], environment: Mapping[str, str], cwd: Path, columns: int = 80, rows: int = 24
) -> tuple[int, str]:
    """The exit code, and all that was written to the terminal with ``\\n`` as line ends."""
    master, slave = pty.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
    process = subprocess.Popen(
        argv, stdin=slave, stdout=slave, stderr=slave, env=dict(environment), cwd=cwd, start_new_session=True
    )
    os.close(slave)
    written = bytearray()
    try:
        while True:
            try:
                part = os.read(master, 1 << 16)
            except OSError:  # what Linux says when the last process has closed the terminal
                break
            if not part:
                break
            written += part
        return process.wait(timeout=60), written.decode().replace("\r\n", "\n")
    finally:
        process.kill()
        os.close(master)
