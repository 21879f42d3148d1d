"""Compares two versions of a notebook for ``git diff``, which starts it as the ``command`` of a diff driver.

What git passes: gitattributes(5) and ``GIT_EXTERNAL_DIFF`` in git(1).
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ..notebooks.diff import diff_files
from .clean import clean_name
from .git_settings import colours
from .outputs import Bodies
from .pager import show
from .render import Choices, render
from .screen import BOLD, YELLOW, Screen, terminal_width, understand_colours, wants_colour

_NONE = "."
"""What git writes for id and mode of a file that there is not."""


@dataclass(frozen=True)
class _Side:
    """One version: where its bytes lie for now. *mode* is git's (``100644``), *name* the path in the repository."""

    name: str
    file: str
    mode: str

    @property
    def exists(self) -> bool:
        return self.mode != _NONE

    def read(self) -> bytes | None:
        if not self.exists:
            return None
        with open(self.file, "rb") as file:
            return file.read()


def main(arguments: Sequence[str]) -> int:
    """Print the difference that git's *arguments* name. Always 0: on anything else git gives up its whole command."""
    screen = _screen()
    try:
        show(_lines(arguments, screen), paged=False)
    except KeyboardInterrupt:
        return 0
    except Exception as error:  # whatever it is, the other files of the same git diff are to be shown
        show([screen.paint(f"This can't be shown ({error!r}). Try: git diff --no-ext-diff", YELLOW)], paged=False)
    return 0


def _screen() -> Screen:
    """git prints to the terminal or, through a pipe, into a pager, whose width it tells."""
    watched = sys.stdout.isatty() or os.environ.get("GIT_PAGER_IN_USE", "").lower() in ("true", "1", "yes", "on")
    coloured = wants_colour("auto", screen=watched) and colours()
    if coloured:
        understand_colours()
    return Screen(coloured=coloured, width=terminal_width() if watched else None)


def _lines(arguments: Sequence[str], screen: Screen) -> Iterator[str]:
    name = arguments[0]
    if len(arguments) < 7:
        yield f"* Unmerged path {_shown(name)}"
        return
    old_file, _, old_mode, new_file, _, new_mode = arguments[1:7]
    old = _Side(name, old_file, old_mode)
    new = _Side(arguments[7] if len(arguments) > 7 else name, new_file, new_mode)
    message = arguments[8] if len(arguments) > 8 else ""
    for line in _head(old, new, message):
        yield screen.paint(line, BOLD)
    contents = old.read(), new.read()
    found = diff_files(*contents, os.fsencode(old.name), os.fsencode(new.name))
    if found.equal:
        return
    for sign, mark, side in (("---", "a", old), ("+++", "b", new)):
        yield screen.paint(f"{sign} {mark}/{_shown(side.name)}" if side.exists else f"{sign} /dev/null", BOLD)
    yield from render(found, Bodies(*contents), screen, Choices())


def _head(old: _Side, new: _Side, message: str) -> Iterator[str]:
    """The lines that git itself would begin with, but for blob ids."""
    yield f"diff --git a/{_shown(old.name)} b/{_shown(new.name)}"
    if not old.exists:
        yield f"new file mode {new.mode}"
    elif not new.exists:
        yield f"deleted file mode {old.mode}"
    elif old.mode != new.mode:
        yield f"old mode {old.mode}"
        yield f"new mode {new.mode}"
    for line in message.splitlines():
        if not line.startswith("index "):
            yield clean_name(line)


def _shown(name: str) -> str:
    return clean_name(os.fsencode(name).decode("utf-8", "backslashreplace"))
