"""Staging and unstaging of whole files."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ..contract.errors import ErrorCode, GitLabWorkflowError
from ..contract.paths import display_path
from . import status
from .porcelain import Entry
from .worktree import WorkTree

# Paths go through standard input: no argument list is too short for them, no name looks like an option or a pattern.
FROM_STDIN = ("--pathspec-from-file=-", "--pathspec-file-nul")
LITERAL = "--literal-pathspecs"


def nul(paths: Iterable[bytes]) -> bytes:
    return b"".join(path + b"\0" for path in paths)


def selected(tree: WorkTree, path_ids: Sequence[str]) -> list[Entry]:
    """The changes that the ids name; an id of a file that has no change (any more) is passed over."""
    wanted = {tree.path_of_id(path_id) for path_id in path_ids}
    if not wanted:
        raise GitLabWorkflowError(ErrorCode.BAD_REQUEST, "No file was named.", "Select at least one file.")
    return [entry for entry in status.merged(status.read(tree).entries) if entry.path in wanted]


def with_old(entries: Iterable[Entry]) -> list[bytes]:
    """Their paths, with the former names of renamed files (a copy's source is not part of the change)."""
    paths = dict.fromkeys(
        path
        for entry in entries
        for path in (entry.path, entry.old_path if "R" in entry.index + entry.worktree else None)
        if path is not None
    )
    return list(paths)


def stage(tree: WorkTree, path_ids: Sequence[str]) -> None:
    """Puts the work-tree version of the files into the index; resolves the conflict of a conflicted one."""
    with tree.locks.writing(tree.git_dir, tree.limits.busy):
        entries = selected(tree, path_ids)
        for entry in entries:
            if entry.submodule and entry.untracked:
                raise GitLabWorkflowError(
                    ErrorCode.BAD_REQUEST,
                    f"“{display_path(entry.path)}” is a repository of its own and can't be committed as a file.",
                    "Add it to .gitignore, or make it a submodule with “git submodule add” in a terminal.",
                )
        # What is staged already and has no further change may be gone from index and disk: git would not find it.
        changed = [entry for entry in entries if entry.worktree != "." or entry.conflicted]
        if changed:
            tree.git.write(LITERAL, "add", "--all", *FROM_STDIN, stdin=nul(_unstaged_paths(changed)))


def _unstaged_paths(entries: Iterable[Entry]) -> list[bytes]:
    return list(
        dict.fromkeys(
            path
            for entry in entries
            for path in (entry.path, entry.old_path if entry.worktree == "R" else None)
            if path is not None
        )
    )


def unstage(tree: WorkTree, path_ids: Sequence[str]) -> None:
    """Takes the files out of the next commit; their work-tree versions stay. Works before the first commit, too."""
    with tree.locks.writing(tree.git_dir, tree.limits.busy):
        entries = [entry for entry in selected(tree, path_ids) if entry.staged]
        if entries:
            tree.git.write(LITERAL, "reset", "--quiet", *FROM_STDIN, stdin=nul(with_old(entries)))
