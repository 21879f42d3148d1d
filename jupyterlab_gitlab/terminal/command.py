"""``jupyter gitlab diff OLD NEW``: compare two files."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

import msgspec

from ..notebooks.diff import diff_files
from .render import render


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of ``jupyter gitlab diff``."""
    parser.add_argument("old", metavar="OLD", help="the old file")
    parser.add_argument("new", metavar="NEW", help="the new file")
    parser.add_argument("--json", action="store_true", help="print the whole comparison as one JSON document")
    parser.add_argument("--color", choices=("auto", "always", "never"), default="auto", help="default: on a terminal")
    parser.add_argument("-U", "--context", type=int, default=3, metavar="N", help="unchanged lines shown (default 3)")


def main(arguments: argparse.Namespace) -> int:
    """Print the comparison; 0 whether the files differ or not, 2 if one can't be read."""
    contents = []
    for name in (arguments.old, arguments.new):
        try:
            contents.append(Path(name).read_bytes())
        except (OSError, ValueError) as error:
            reason = (error.strerror if isinstance(error, OSError) else None) or str(error)
            print(f"jupyter gitlab diff: can't read {name!r}: {reason}", file=sys.stderr)
            return 2
    old, new = contents
    found = diff_files(old, new, os.fsencode(arguments.old), os.fsencode(arguments.new))
    if arguments.json:
        _write(msgspec.json.encode(found) + b"\n")
    else:
        lines = render(found, coloured=_coloured(arguments.color), context=max(0, arguments.context))
        _write("".join(f"{line}\n" for line in lines).encode("utf-8", "replace"))
    return 0


def _coloured(choice: str) -> bool:
    """``NO_COLOR`` as https://no-color.org has it: set and not empty."""
    if choice != "auto":
        return choice == "always"
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def _write(data: bytes) -> None:
    """To stdout as bytes (a Windows console would refuse some characters); a reader that went away is no error."""
    try:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
