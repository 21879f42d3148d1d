"""Finds the work tree that a folder of the Jupyter server lies in, and keeps requests inside the server root.

A folder is a contents path. It is confined after symlinks: what it resolves to must lie inside the resolved root. The
top of the work tree may lie above the root when the root is itself inside that work tree (JupyterLab opened in a
sub-folder of a clone).
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from ..contract.errors import ErrorCode, GitLabWorkflowError
from . import failures
from .run import Git
from .values import Limits


@dataclass(frozen=True)
class Location:
    """A work tree, all paths resolved. *common_dir* differs from *git_dir* in a linked work tree."""

    top: Path
    git_dir: Path
    common_dir: Path


def directory_of(root: Path, folder: str) -> Path:
    """The resolved directory of a contents path: of the folder, of a file's folder, else the nearest that still exists.

    *root* must be resolved. Raises ``forbidden_path``.
    """
    parts = _parts(folder)
    for count in range(len(parts), -1, -1):
        candidate = root.joinpath(*parts[:count])
        if not candidate.exists():
            if count == 1 and ":" in parts[0]:
                # The first segment of a drive's path is no folder; falling back to the root would name another clone.
                raise _forbidden(
                    folder, f"“{parts[0].partition(':')[0]}:” is a drive of JupyterLab, not a folder of this server."
                )
            continue
        if not candidate.is_dir():
            continue
        real = candidate.resolve()
        if not real.is_relative_to(root):
            raise _forbidden(folder, "It is a link that leads out of the folder that Jupyter serves.")
        return real
    raise GitLabWorkflowError(
        ErrorCode.NOT_FOUND, "The folder that Jupyter serves no longer exists.", "Restart the server in another folder."
    )


def _parts(folder: str) -> list[str]:
    if "\0" in folder or folder.startswith(("/", "\\")):
        raise _forbidden(folder, "Folders are named from the folder that Jupyter serves.")
    if os.name == "nt":
        folder = folder.replace("\\", "/")
    parts = [part for part in folder.split("/") if part not in ("", ".")]
    if os.name == "nt" and any(":" in part for part in parts):  # a drive letter or an alternate data stream
        raise _forbidden(folder, "Folders are named from the folder that Jupyter serves.")
    if ".." in parts:
        raise _forbidden(folder, "It leads out of the folder that Jupyter serves.")
    return parts


def _forbidden(folder: str, why: str) -> GitLabWorkflowError:
    return GitLabWorkflowError(
        ErrorCode.FORBIDDEN_PATH,
        f"“{folder}” can't be used. {why}",
        "Open a folder of the file browser that lies inside a clone.",
    )


def find(directory: Path, limits: Limits) -> Location:
    """The work tree around *directory* (resolved).

    Raises ``not_a_repository`` (also for a bare repository and inside ``.git``), ``dubious_ownership``,
    ``git_missing``, ``git_failed`` (a broken configuration, for example).
    """
    git = Git(str(directory), limits)
    answer = git.read("rev-parse", "--is-inside-work-tree", "--show-cdup", "--absolute-git-dir", ok=range(256))
    if answer.code != 0:
        known = failures.local_failure(answer.stderr)
        if known is not None:
            raise known
        if git_entry(directory) is not None:
            raise failures.failed(answer.command, answer.code, answer.stderr)
        raise not_a_repository()
    # The first two lines hold no user text; the git directory, last, may contain a line feed.
    inside, up, git_dir = answer.stdout.decode("utf-8", "surrogateescape").split("\n", 2)
    if inside != "true":
        raise not_a_repository("This is a repository without a work tree.")
    git_path = Path(git_dir.removesuffix("\n")).resolve()
    return Location(top=(directory / up).resolve(), git_dir=git_path, common_dir=_common_dir(git_path))


def _common_dir(git_dir: Path) -> Path:
    """gitrepository-layout(5): ``commondir`` names it, relative to the git directory."""
    try:
        return (git_dir / (git_dir / "commondir").read_text("utf-8", "surrogateescape").rstrip("\n")).resolve()
    except OSError:
        return git_dir


def git_entry(directory: Path) -> Path | None:
    """The nearest ``.git`` at or above *directory*: a cheap sign of which work tree it lies in."""
    for candidate in (directory, *directory.parents):
        entry = candidate / ".git"
        if entry.exists():
            return entry
    return None


def plainly_below(directory: Path, entry: Path) -> bool:
    """Whether *entry* alone decides for *directory*: the way down passes neither ``.git`` nor a bare repository."""
    way = directory.relative_to(entry.parent).parts
    inner = (entry.parent.joinpath(*way[: depth + 1]) for depth in range(len(way)))
    return ".git" not in way and not any((each / "HEAD").exists() for each in inner)


def not_a_repository(what: str = "This folder is not inside a git repository.") -> GitLabWorkflowError:
    return GitLabWorkflowError(
        ErrorCode.NOT_A_REPOSITORY,
        what,
        "Open a folder of a clone, or clone a project first: in a terminal, git clone followed by the project's URL.",
    )
