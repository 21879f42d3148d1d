"""``jupyter gitlab diff``: compare two files, or let git compare notebooks this way."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

_WAYS = "jupyter gitlab diff [options] OLD NEW\n       jupyter gitlab diff --install | --uninstall [--global | --local]"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of ``jupyter gitlab diff``."""
    parser.usage = _WAYS
    parser.add_argument("old", metavar="OLD", nargs="?", help="the old file")
    parser.add_argument("new", metavar="NEW", nargs="?", help="the new file")
    parser.add_argument("-U", "--context", type=int, default=3, metavar="N", help="unchanged lines shown (default 3)")
    parser.add_argument("-w", "--ignore-all-space", action="store_true", help="blanks alone are no difference")
    parser.add_argument(
        "--outputs",
        choices=("short", "full", "none"),
        default="short",
        help="show the first changed lines of each output (default), all of them, or no outputs",
    )
    parser.add_argument("--color", choices=("auto", "always", "never"), default="auto", help="default: on a terminal")
    parser.add_argument("--no-pager", action="store_true", help="print to the terminal instead of into the pager")
    parser.add_argument("--json", action="store_true", help="print the whole comparison as one JSON document")
    git = parser.add_argument_group("for git diff, log -p, show and blame")
    action = git.add_mutually_exclusive_group()
    action.add_argument("--install", action="store_true", help="let git show notebooks (*.ipynb) this way")
    action.add_argument("--uninstall", action="store_true", help="take that back")
    scope = git.add_mutually_exclusive_group()
    scope.add_argument("--global", dest="scope", action="store_const", const="global", help="everywhere (default)")
    scope.add_argument("--local", dest="scope", action="store_const", const="local", help="in this repository only")
    git.add_argument("--force", action="store_true", help="even where another diff driver has been chosen")
    parser.set_defaults(scope="global", refuse=parser.error)


def main(arguments: argparse.Namespace) -> int:
    """Do what the arguments say; 0 whether the files differ or not, 2 if one can't be read."""
    if arguments.install or arguments.uninstall:
        if arguments.old is not None:
            arguments.refuse("--install and --uninstall take no files")
        from .install import run

        return run(arguments.scope, install=arguments.install, force=arguments.force)
    if arguments.new is None:
        arguments.refuse("name two files, OLD and NEW, or --install")
    return _compare(arguments)


def _compare(arguments: argparse.Namespace) -> int:
    contents = []
    for name in (arguments.old, arguments.new):
        try:
            contents.append(Path(name).read_bytes())
        except (OSError, ValueError) as error:
            reason = (error.strerror if isinstance(error, OSError) else None) or str(error)
            print(f"jupyter gitlab diff: can't read {name!r}: {reason}", file=sys.stderr)
            return 2
    from ..notebooks.diff import diff_files
    from .pager import show

    old, new = contents
    paths = os.fsencode(arguments.old), os.fsencode(arguments.new)
    found = diff_files(old, new, *paths, ignore_whitespace=arguments.ignore_all_space)
    if arguments.json:
        import msgspec

        show([msgspec.json.encode(found).decode()], paged=False)
        return 0
    from .outputs import Bodies
    from .render import Choices, headed
    from .screen import Screen, terminal_width, understand_colours, wants_colour

    on_terminal = sys.stdout.isatty()
    screen = Screen(
        coloured=wants_colour(arguments.color, screen=on_terminal), width=terminal_width() if on_terminal else None
    )
    if screen.coloured:
        understand_colours()
    choices = Choices(context=max(0, arguments.context), outputs=arguments.outputs)
    show(headed(found, Bodies(old, new), screen, choices), paged=not arguments.no_pager)
    return 0
