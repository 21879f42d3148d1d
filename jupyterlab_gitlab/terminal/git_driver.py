"""What git starts for a notebook: ``git_driver.py diff …`` or ``git_driver.py textconv FILE``.

Git starts it anew for every file (and for ``git log -p`` twice a version), so it is run as a script, by
``python -I``: nothing of the folder that git is called in is imported, and a text needs no installed package at all
(``-S``). :mod:`.git_command_lines` writes these command lines.
"""

import os
import sys


def main() -> int:
    """Run what the arguments name; 0 unless they name nothing, since git gives up altogether on anything else."""
    place = os.path.abspath(__file__)  # noqa: PTH100 - pathlib takes longer to import than all of this takes
    sys.path.append(os.path.dirname(os.path.dirname(os.path.dirname(place))))  # noqa: PTH120
    action, *arguments = sys.argv[1:] or [""]
    if _is_abandoned():
        return 0
    if action == "textconv" and arguments:
        from jupyterlab_gitlab.terminal.textconv import main as textconv

        return textconv(arguments[-1])
    if action == "diff" and arguments:
        try:
            from jupyterlab_gitlab.terminal.driver import main as diff
        except ImportError as error:  # the Python has changed since
            print(f"{arguments[0]}: {error}. Run `jupyter gitlab diff --install` again, or git diff --no-ext-diff.")
            return 0
        return diff(arguments)
    print("This is started by git: see `jupyter gitlab diff --install`.", file=sys.stderr)
    return 2


def _is_abandoned() -> bool:
    """Whether nobody reads any more: git goes on with all other files after the user has left the pager."""
    import select

    if not hasattr(select, "poll"):  # Windows
        return False
    output = select.poll()
    output.register(1, 0)
    return any(event & select.POLLERR for _, event in output.poll(0))


if __name__ == "__main__":
    sys.exit(main())
