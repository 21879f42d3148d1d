"""The command lines by which git starts :mod:`.git_driver`."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path

SCRIPT = "git_driver.py"
"""By this a command line is known to be ours, whichever Python wrote it."""


def diff_command() -> str:
    """What compares two versions."""
    return _line("-I", "diff")


def textconv_command() -> str:
    """What makes a text of a version; it needs no installed package, and starts faster without looking for any."""
    return _line("-I -S", "textconv")


def _line(options: str, action: str) -> str:
    """For a POSIX shell, by which git starts it on Windows too: hence the quotes, and slashes in paths."""
    script = Path(__file__).with_name(SCRIPT)
    return f"{_quoted(Path(sys.executable))} {options} {_quoted(script)} {action}"


def _quoted(path: Path) -> str:
    # absolute, not resolved: a virtual environment's Python is known by the name of its link
    return shlex.quote(path.absolute().as_posix())
