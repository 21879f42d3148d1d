"""Commits of the local clone."""

from __future__ import annotations

from .base import Body, Reply
from .paths import FolderParams


class Commit(Reply, kw_only=True):
    """One commit. *body* is the message without its title."""

    sha: str
    short_sha: str
    title: str
    body: str
    author_name: str
    author_email: str
    authored_at: str
    parents: list[str]


class CommitBody(Body, kw_only=True):
    """Commits the index. *restage* lists path ids that are first staged again in their newest version."""

    message: str
    restage: list[str] = []


class CommitResult(Reply, kw_only=True):
    """*output* is what git, its hooks and the signing program printed."""

    commit: Commit
    output: str


class CommitsParams(FolderParams, kw_only=True):
    """History of *revision* (default HEAD), newest first, of one file if *path* (an id) is given.

    *since*: leave out what this revision already has (``since..revision``).
    """

    revision: str = "HEAD"
    since: str | None = None
    path: str | None = None
    page: int = 1
    per_page: int = 50


class CommitPage(Reply, kw_only=True):
    """*next_page* is null on the last page."""

    items: list[Commit]
    next_page: int | None
