"""The commits that changed one file, through its renames."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Literal

from ..contract.errors import ErrorCode, GitLabWorkflowError
from ..contract.history import FileCommit, FileHistory
from . import commits, index, revisions
from .worktree import WorkTree

_MAX_PAGE = 500
_MOST_COMMITS = 20_000
_RENAMES = "--find-renames=30%"  # as GitLab compares

_Status = Literal["added", "modified", "deleted", "renamed", "copied", "type_changed"]
_STATUS: dict[bytes, _Status] = {
    b"A": "added",
    b"M": "modified",
    b"D": "deleted",
    b"R": "renamed",
    b"C": "copied",
    b"T": "type_changed",
}


def file_history(
    tree: WorkTree, path_id: str, revision: str = "HEAD", *, page: int = 1, per_page: int = 50
) -> FileHistory:
    """A page of the commits that changed the file, newest first.

    Later pages walk the first ones again: git loses a rename that ``--skip`` passes over. Raises ``bad_request`` for an
    impossible page, ``revision_unknown``, ``no_commits``, ``forbidden_path``.
    """
    if page < 1 or not 1 <= per_page <= _MAX_PAGE or page * per_page > _MOST_COMMITS:
        raise GitLabWorkflowError(
            ErrorCode.BAD_REQUEST, "There is no such page.", f"Pages count from 1 and hold 1 to {_MAX_PAGE} commits."
        )
    name = os.fsdecode(tree.path_of_id(path_id))
    answer = tree.git.read(
        index.LITERAL,
        "log",
        "-z",
        "--follow",
        _RENAMES,
        "--name-status",
        "--no-color",
        "--no-decorate",
        f"--format=tformat:{commits.FORMAT}",
        f"--max-count={page * per_page + 1}",
        revisions.resolve(tree, revision),
        "--",
        name,
    )
    found = list(_parse(tree, answer.stdout))[(page - 1) * per_page :]
    return FileHistory(items=found[:per_page], next_page=page + 1 if len(found) > per_page else None)


def _parse(tree: WorkTree, answer: bytes) -> Iterator[FileCommit]:
    """Each commit's fields, then a line feed and what happened to the file: a letter, a score, one name or two."""
    fields = iter(answer.split(b"\0")[:-1])
    for first in fields:
        head = [first, *(next(fields) for _ in range(commits.FIELDS - 1))]
        commit = commits.parse([field.decode("utf-8", "replace") for field in head])
        status = _STATUS.get(next(fields).lstrip(b"\n")[:1], "modified")
        path = next(fields)
        old = None
        if status in ("renamed", "copied"):
            old, path = path, next(fields)
        yield FileCommit(
            commit=commit,
            status=status,
            path=tree.file_path(path),
            old_path=None if old is None else tree.file_path(old),
        )
