"""``jupyter gitlab …``: the command line. Each command's module is imported only when it is the one that runs."""

from __future__ import annotations

import argparse
import importlib
import sys
from collections.abc import Sequence

_COMMANDS = {
    "demo": ("jupyterlab_gitlab.demo", "a sandbox GitLab and two JupyterLabs to play with"),
    "diff": ("jupyterlab_gitlab.terminal.command", "compare two notebooks (or other files) in the terminal"),
    "sandbox": ("jupyterlab_gitlab.sandbox.server", "a small GitLab on this machine, for demos and tests"),
}
"""Module (with ``add_arguments(parser)`` and ``main(arguments) -> exit code``) and help of each command."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command that *argv* (default: the process's) names; the exit code, 130 after Ctrl+C."""
    try:
        return _run(list(sys.argv[1:] if argv is None else argv))
    except KeyboardInterrupt:
        return 130


def _run(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="jupyter gitlab", description="GitLab inside JupyterLab, from the terminal.")
    parser.add_argument("--version", action="version", version=_version() if "--version" in arguments else "")
    commands = parser.add_subparsers(dest="command", metavar="command", required=True)
    chosen = next((argument for argument in arguments if not argument.startswith("-")), None)
    run = None
    for name, (module, words) in _COMMANDS.items():
        command = commands.add_parser(name, help=words, description=words[0].upper() + words[1:] + ".")
        if name == chosen:
            found = importlib.import_module(module)
            found.add_arguments(command)
            run = found.main
    parsed = parser.parse_args(arguments)
    return int(run(parsed)) if run else 2


def _version() -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("jupyterlab-gitlab-workflow")
    except PackageNotFoundError:
        return "unknown (not installed)"


if __name__ == "__main__":
    sys.exit(main())
