"""``jupyter gitlab diff --install``: makes git show notebooks by :mod:`.git_driver`.

A diff driver is a section of git's configuration, and a line in a gitattributes file that says which files it is for;
see gitattributes(5).
"""

from __future__ import annotations

import os
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from ..contract.errors import GitLabWorkflowError
from ..repository.run import Git
from ..repository.values import Limits
from .attributes import LINE, NAME, add_line, remove_line
from .git_command_lines import SCRIPT, diff_command, textconv_command
from .textconv import HEADINGS

_SECTION = f"diff.{NAME}"
_UNSET = ("unspecified", NAME)
"""What git says of notebooks where nobody has chosen a driver, or ours is chosen."""
_OWNERS = {
    "jupyternotebook": "nbdime's diff driver",
    "unset": "no diff at all (-diff)",
    "set": "git's own diff",
}


class RefusalError(Exception):
    """What stands against it, in words for the user."""


@dataclass(frozen=True)
class Place:
    """Where a driver is set up.

    *scope* is git's option for the configuration file, *attributes* the gitattributes file, *chosen* what git says of
    notebooks there so far; *words* tell people where that is.
    """

    git: Git
    scope: str
    attributes: Path
    chosen: str
    words: str

    def config(self, *arguments: str) -> str | None:
        """An answer of ``git config`` in this scope; None if it has none."""
        output = self.git.read("config", self.scope, *arguments, ok=(0, 1, 5))
        return output.line if output.code == 0 else None

    def change(self, *arguments: str) -> None:
        """Write the configuration of this scope."""
        self.git.write("config", self.scope, *arguments)


def _git(directory: str) -> Git:
    return Git(str(Path(directory).absolute()), Limits())


def _global() -> Place:
    """The user's own files, as git finds them outside of any repository of theirs."""
    default = f"{os.environ.get('XDG_CONFIG_HOME') or '~/.config'}/git/attributes"
    with tempfile.TemporaryDirectory() as empty:
        elsewhere = _git(empty)
        elsewhere.write("init", "-q", "--template=")
        found = elsewhere.read("config", "--type=path", "--default", default, "--get", "core.attributesFile").line
        if not Path(found).is_absolute():
            raise RefusalError(f"git's core.attributesFile is “{found}”; it has to be an absolute path.")
        return Place(_git(os.curdir), "--global", Path(found), _chosen(elsewhere), "in all your repositories")


def _local() -> Place:
    """The files of the repository round the current folder that are not shared with others."""
    here = _git(os.curdir)
    found = here.read("rev-parse", "--git-path", "info/attributes", ok=(0, 128))
    if found.code:
        raise RefusalError("there is no git repository round this folder. Run it in one, or without --local.")
    return Place(here, "--local", Path(here.directory, found.line), _chosen(here), "in this repository")


def _chosen(git: Git) -> str:
    """The diff driver that git has for notebooks at the top of a work tree: a name, ``unset`` (``-diff``), ``set``, or
    ``unspecified``."""
    answer = git.read("check-attr", "-z", "diff", "--", "notebook.ipynb", ok=(0, 128))
    return answer.line.split("\0")[2] if not answer.code else "unspecified"


def _owner(driver: str) -> str:
    return _OWNERS.get(driver, f"the diff driver “{driver}”")


def run(scope: str, *, install: bool, force: bool) -> int:
    """Set the driver up in *scope* (``global`` or ``local``) or take it back; 0 if that is done, else 1."""
    try:
        place = _global() if scope == "global" else _local()
        lines = _install(place, force=force) if install else _uninstall(place)
    except RefusalError as refused:
        return _failed(str(refused))
    except GitLabWorkflowError as error:
        return _failed(" ".join(part for part in (error.message, error.hint) if part))
    except OSError as error:
        return _failed(f"{error.filename or ''}: {error.strerror or error}")
    print("\n".join(lines))
    return 0


def _failed(words: str) -> int:
    print(f"jupyter gitlab diff: {words}", file=sys.stderr)
    return 1


def _install(place: Place, *, force: bool) -> list[str]:
    command = place.config("--get", f"{_SECTION}.command")
    if command is not None and SCRIPT not in command and not force:
        raise RefusalError(
            f"there is a diff driver “{NAME}” {place.words} that is not ours: {command}\n"
            "Nothing was changed. With --force ours takes its place."
        )
    other = place.chosen
    if other not in _UNSET and not force:
        raise RefusalError(
            f"git already has {_owner(other)} for notebooks {place.words}. "
            "Nothing was changed.\nWith --force ours goes before it, and --uninstall brings it back."
        )
    new = {"command": diff_command(), "textconv": textconv_command(), "xfuncname": HEADINGS}
    known = all(place.config("--get", f"{_SECTION}.{key}") == value for key, value in new.items())
    added = add_line(place.attributes)
    try:
        for key, value in new.items():
            place.change("--replace-all", f"{_SECTION}.{key}", value)
    except GitLabWorkflowError:
        if added:
            remove_line(place.attributes)
        raise
    if known and not added:
        lines = [f"git diff compares notebooks cell by cell {place.words} already."]
    else:
        lines = [
            f"git diff now compares notebooks cell by cell {place.words};",
            "git log -p, git show and git blame read them as text. Written:",
            f'  {_config_file(place)}: [diff "{NAME}"]',
            f"  {place.attributes}: {LINE.decode()}",
            "For the raw file, or a patch to apply: git diff --no-ext-diff --no-textconv",
            f"To undo this: jupyter gitlab diff --uninstall{' --local' if place.scope == '--local' else ''}",
        ]
    here = _chosen(_git(os.curdir))
    if here not in _UNSET:
        lines.append(
            f"In this repository, however, its own attributes choose {_owner(here)}; --local goes before them."
        )
    return lines


def _uninstall(place: Place) -> list[str]:
    file = _config_file(place)
    lines = []
    command = place.config("--get", f"{_SECTION}.command")
    if command is not None and SCRIPT in command:
        place.change("--remove-section", _SECTION)
        _remove_if_empty(file)
        lines.append(f'  {file}: [diff "{NAME}"]')
    if remove_line(place.attributes):
        lines.append(f"  {place.attributes}: {LINE.decode()}")
    if not lines:
        return [f"There is nothing of ours to take out {place.words}."]
    return [f"git shows notebooks as it did before, {place.words}. Taken out:", *lines]


def _config_file(place: Place) -> Path | None:
    """The file that the section stands in."""
    shown = place.config("--show-origin", "-z", "--get", f"{_SECTION}.command")
    if shown is None:
        return None
    name = shown.partition("\0")[0].removeprefix("file:")
    return Path(place.git.directory, name)


def _remove_if_empty(file: Path | None) -> None:
    """A file that git made for the section only."""
    if file is not None and file.is_file() and not file.is_symlink() and not file.stat().st_size:
        file.unlink()
