"""Which files a move from one commit to another changes, and which local changes stand in its way."""

from __future__ import annotations

import os
from collections.abc import Sequence

from ..contract.errors import ErrorCode, GitLabWorkflowError
from ..contract.paths import display_path, encode_path
from . import status
from .worktree import WorkTree


def changed_between(tree: WorkTree, before: str | None, after: str | None) -> list[bytes]:
    """Paths whose version differs between two commits (null: the empty tree, before the first commit)."""
    if before == after or after is None:
        return []
    if before is None:
        answer = tree.git.read("ls-tree", "-r", "-z", "--name-only", "--full-tree", after)
    else:
        answer = tree.git.read("diff-tree", "-r", "-z", "--name-only", "--no-renames", before, after, "--")
    return answer.stdout.split(b"\0")[:-1]


def in_the_way(tree: WorkTree, before: str | None, after: str) -> list[bytes]:
    """Files with local changes, staged, unstaged, untracked or ignored, that the move would replace."""
    moved = set(changed_between(tree, before, after))
    dirty = {path for entry in status.read(tree).entries for path in (entry.path, entry.old_path) if path is not None}
    # A file may also stand where a folder is to come, or the other way round.
    folders = {b"/".join(path.split(b"/")[:depth]) for path in moved for depth in range(1, path.count(b"/") + 1)}
    blocking = {path for path in dirty if path in moved or path in folders or _below(path, moved)}
    return sorted(blocking | {path for path in _added(tree, before, after) if os.path.lexists(tree.system(path))})


def _added(tree: WorkTree, before: str | None, after: str) -> list[bytes]:
    if before is None:
        return changed_between(tree, None, after)
    args = ("diff-tree", "-r", "-z", "--name-only", "--no-renames", "--diff-filter=A", before, after, "--")
    return tree.git.read(*args).stdout.split(b"\0")[:-1]


def _below(path: bytes, moved: set[bytes]) -> bool:
    parts = path.split(b"/")
    return any(b"/".join(parts[:depth]) in moved for depth in range(1, len(parts)))


def error(tree: WorkTree, paths: Sequence[bytes], what: str) -> GitLabWorkflowError:
    """``would_overwrite`` with the files by name; *what* begins the sentence."""
    names = [display_path(path) for path in paths]
    shown = ", ".join(names[:3]) + (f" and {len(names) - 3} more" if len(names) > 3 else "")
    return GitLabWorkflowError(
        ErrorCode.WOULD_OVERWRITE,
        f"{what}: {shown}.",
        "Commit or discard these files first, then try again.",
        paths=[encode_path(path) for path in paths],
        names=names,
        contents_paths=tree.changed_contents(list(paths)),
    )
