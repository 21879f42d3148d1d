"""What differs between HEAD, the index and the work tree."""

from __future__ import annotations

from typing import Literal

from .base import Body, Reply
from .paths import FilePath, FolderParams

ChangeStatus = Literal["added", "modified", "deleted", "renamed", "copied", "type_changed", "untracked", "conflicted"]


class ChangedFile(Reply, kw_only=True):
    """One row of *Changes*, as ``git status --porcelain=v2`` tells it.

    *staged* is what a commit would take; *unstaged* is what has changed since. Both set means partly staged.
    *old_path* is the former name of a rename. *size* is the work-tree file's size in bytes, null if deleted.
    *large* warns before a file that does not belong in git enters history. *submodule*: shown, never opened.
    *conflict* is git's two-letter code (``UU``, ``AA``, …).
    """

    path: FilePath
    old_path: FilePath | None
    status: ChangeStatus
    staged: ChangeStatus | None
    unstaged: ChangeStatus | None
    conflict: str | None
    size: int | None
    large: bool
    notebook: bool
    submodule: bool


class Changes(Reply, kw_only=True):
    """All changed files, ordered by path. *truncated*: only the first *limit* of *total* are listed."""

    files: list[ChangedFile]
    total: int
    truncated: bool


class ChangeSummaryParams(FolderParams, kw_only=True):
    """One file whose change since HEAD is to be summed up."""

    path: str


class ChangedCell(Reply, kw_only=True):
    """One changed cell for the opened row: *title* is its first non-blank source line."""

    index: int | None
    cell_type: str
    kind: Literal["added", "removed", "changed", "moved", "output_only", "metadata_only"]
    execution_count: int | None
    title: str
    added: int
    removed: int
    output_kinds: list[str]


class ChangeSummary(Reply, kw_only=True):
    """HEAD against the work tree in a few words: cells and outputs of a notebook, lines of a text file.

    *classification* is null or ``outputs``, ``execution_counts``, ``metadata``, ``format`` when nothing else changed.
    *added*/*removed* count lines; null for a binary file.
    """

    path: FilePath
    notebook: bool
    cells_changed: int
    outputs_changed: int
    classification: str | None
    added: int | None
    removed: int | None
    cells: list[ChangedCell]


class PathsBody(Body, kw_only=True):
    """Path ids of files that a command is about; a renamed file is named by its new path."""

    paths: list[str]


class DiscardResult(Reply, kw_only=True):
    """*recovery_ref* names a commit that holds what was discarded (``git stash apply <ref>`` brings it back)."""

    discarded: list[FilePath]
    recovery_ref: str | None
