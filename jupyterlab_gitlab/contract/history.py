"""Where a file lies in a clone, and the commits that changed it."""

from __future__ import annotations

from typing import Literal

from .base import Params, Reply
from .commits import Commit
from .paths import FilePath, FolderParams


class FileCommit(Reply, kw_only=True):
    """A commit that changed a file. *path* is the file's name in it; *old_path* the one before if that was another.

    *status* is what happened to the file; ``copied`` where it began as a copy of *old_path*, whose history follows.
    """

    commit: Commit
    status: Literal["added", "modified", "deleted", "renamed", "copied", "type_changed"]
    path: FilePath
    old_path: FilePath | None


class FileHistoryParams(FolderParams, kw_only=True):
    """The history of the file that *path* (an id) names in *revision*, through its renames, newest commit first."""

    path: str
    revision: str = "HEAD"
    page: int = 1
    per_page: int = 50


class FileHistory(Reply, kw_only=True):
    """*next_page* is null on the last page. Merges that changed nothing of their own are left out, as git does."""

    items: list[FileCommit]
    next_page: int | None


class FilePlaceParams(Params, kw_only=True):
    """A file or folder as Jupyter's contents API names it."""

    contents_path: str


class FilePlace(Reply, kw_only=True):
    """*folder* addresses the clone that the file lies in; *path* is its name there. *has_commits*: HEAD is one."""

    folder: str
    path: FilePath
    has_commits: bool
