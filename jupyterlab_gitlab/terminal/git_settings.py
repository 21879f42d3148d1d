"""What the user told git that holds for this room too: its pager and its colours.

The repository room's runner would add its imports, a tenth of a second, to each file of a ``git diff``; and it takes
``GIT_PAGER`` out of the environment.
"""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

_PATIENCE = 10
"""Seconds. Git reads some small files."""


def setting(name: str) -> str | None:
    """A value of git's configuration; None if there is none, or no git."""
    return _config("--get", name)


def colours() -> bool:
    """Whether git would colour a diff on a terminal (``color.diff``, ``color.ui``)."""
    return _config("--get-colorbool", "color.diff", "true") != "false"


def _config(*arguments: str) -> str | None:
    git = shutil.which("git")
    if git is None:
        return None
    try:
        done = subprocess.run(
            [str(Path(git).absolute()), "config", *arguments],
            capture_output=True,
            stdin=subprocess.DEVNULL,
            timeout=_PATIENCE,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout.decode("utf-8", "replace").rstrip("\n") if done.returncode == 0 else None
