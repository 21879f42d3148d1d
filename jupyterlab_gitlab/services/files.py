"""Versions of files: in HEAD, the index, the work tree, or a commit."""

from __future__ import annotations

import dataclasses
import mimetypes

from ..contract.diffs import BlobParams
from ..contract.errors import ErrorCode, GitLabWorkflowError
from ..contract.paths import display_path
from ..repository import Clone, FileVersion
from .context import ServiceContext
from .revisions import EMPTY, checked_revision, is_sha

ABSENT = FileVersion(kind="absent")


@dataclasses.dataclass(frozen=True)
class Blob:
    """A file's bytes. *mime_type* is guessed from the *name*; null if unknown."""

    data: bytes
    name: str
    mime_type: str | None


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


def blob(context: ServiceContext, params: BlobParams) -> Blob:
    """The bytes of one version of a file.

    Raises
    ------
    GitLabWorkflowError: ``not_found`` if the revision has no such file, ``too_large``.
    """
    clone = context.clone(params.folder)
    path = clone.path(params.path)
    version = read(context, clone, params.revision, path)
    if version.kind not in ("file", "symlink"):
        raise GitLabWorkflowError(ErrorCode.NOT_FOUND, f"{params.revision} has no file {display_path(path)}.")
    if version.data is None or version.size > context.config.max_blob_size:
        raise GitLabWorkflowError(
            ErrorCode.TOO_LARGE, f"{display_path(path)} is too large to show ({version.size:,} bytes)."
        )
    return Blob(version.data, display_path(path).rsplit("/", 1)[-1], mime_type(path))
