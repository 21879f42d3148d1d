"""Versions of files: in HEAD, the index, the work tree, or a commit."""

from __future__ import annotations

import mimetypes

from ..contract.paths import display_path
from ..repository import Clone, FileVersion
from .context import ServiceContext
from .revisions import EMPTY, checked_revision, is_sha

ABSENT = FileVersion(kind="absent")


def mime_type(path: bytes) -> str | None:
    """The type that a file's name promises."""
    return mimetypes.guess_type(display_path(path).rsplit("/", 1)[-1])[0]


def read(context: ServiceContext, clone: Clone, revision: str, path: bytes) -> FileVersion:
    """One version of a file.

    A commit that the clone does not have (of a merge request that git could not fetch) is read over GitLab's API; its
    blob id is then not known and stays empty.

    Raises
    ------
    GitLabWorkflowError: ``bad_request`` for a revision that is neither a keyword nor a full sha.
    """
    if checked_revision(revision) == EMPTY:
        return ABSENT
    if is_sha(revision) and not clone.has_commits([revision]):
        data = context.project_of(clone).file_bytes(revision, path)
        return ABSENT if data is None else FileVersion(kind="file", size=len(data), data=data)
    return clone.read(revision, path)
