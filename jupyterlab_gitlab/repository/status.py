"""What differs between HEAD, the index and the work tree."""

from __future__ import annotations

import os
from collections.abc import Iterable

from ..contract.changes import ChangedFile, Changes, ChangeStatus
from . import porcelain
from .porcelain import Entry, Status
from .worktree import WorkTree

_WORDS: dict[str, ChangeStatus] = {
    "M": "modified",
    "T": "type_changed",
    "A": "added",
    "D": "deleted",
    "R": "renamed",
    "C": "copied",
    "?": "untracked",
}


def read(tree: WorkTree, *, untracked: bool = True, branch: bool = False) -> Status:
    """One ``git status``, with every option that the user's configuration could change given outright.

    A submodule counts as changed when it stands at another commit; what is dirty inside it can't be committed here.
    """
    args = [
        "status",
        "--porcelain=v2",
        "-z",
        "--no-ahead-behind",
        "--ignore-submodules=dirty",
        "--find-renames=50%",
        "--untracked-files=" + ("all" if untracked else "no"),
    ]
    if branch:
        args.append("--branch")
    return porcelain.parse(tree.git.read(*args).stdout)


def changes(tree: WorkTree) -> Changes:
    """All changed files by path, at most :attr:`Limits.changes` of them. One process, a second only for large files."""
    rows = merged(read(tree).entries)
    listed = [_row(tree, entry) for entry in rows[: tree.limits.changes]]
    _mark_large(tree, listed)
    return Changes(files=listed, total=len(rows), truncated=len(rows) > len(listed))


def merged(entries: Iterable[Entry]) -> list[Entry]:
    """Entries by path, one for each: a file taken out of the index but kept on disk comes as two lines."""
    by_path: dict[bytes, Entry] = {}
    for entry in entries:
        known = by_path.get(entry.path)
        if known is not None and entry.untracked:
            entry = Entry(
                path=known.path,
                index=known.index,
                worktree="?",
                old_path=known.old_path,
                conflicted=known.conflicted,
                submodule=known.submodule,
            )
        by_path[entry.path] = entry
    return [by_path[path] for path in sorted(by_path)]


def _overall(entry: Entry) -> ChangeStatus:
    if entry.conflicted:
        return "conflicted"
    if entry.index in "ARC?":
        return _WORDS[entry.index]
    if entry.worktree == "?":
        return "modified"
    if entry.worktree in "AR":
        return _WORDS[entry.worktree]
    for letter in "DT":
        if letter in (entry.worktree, entry.index):
            return _WORDS[letter]
    return "modified"


def _row(tree: WorkTree, entry: Entry) -> ChangedFile:
    size = None if entry.submodule else _size(tree, entry.path)
    return ChangedFile(
        path=tree.file_path(entry.path),
        old_path=None if entry.old_path is None else tree.file_path(entry.old_path),
        status=_overall(entry),
        staged=None if entry.conflicted or entry.index == "?" else _WORDS.get(entry.index),
        unstaged="conflicted" if entry.conflicted else _WORDS.get(entry.worktree),
        conflict=entry.index + entry.worktree if entry.conflicted else None,
        size=size,
        large=size is not None and size > tree.limits.large_file,
        notebook=entry.path.lower().endswith(b".ipynb"),
        submodule=entry.submodule,
    )


def _size(tree: WorkTree, path: bytes) -> int | None:
    try:
        return os.lstat(tree.system(path)).st_size
    except OSError:
        return None


def _mark_large(tree: WorkTree, rows: list[ChangedFile]) -> None:
    """Takes the mark from files that Git LFS keeps out of history."""
    large = {tree.path_of_id(row.path.id): row for row in rows if row.large}
    if not large:
        return
    answer = tree.git.read("check-attr", "--stdin", "-z", "filter", stdin=b"".join(path + b"\0" for path in large))
    fields = answer.stdout.split(b"\0")
    for path, value in zip(fields[0::3], fields[2::3], strict=False):
        if value == b"lfs":
            large[path].large = False
