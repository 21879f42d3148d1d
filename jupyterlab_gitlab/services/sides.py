"""One side of a comparison: a version of a file in a clone, or a file that Jupyter serves."""

from __future__ import annotations

import dataclasses

from ..contract.errors import ErrorCode, GitLabWorkflowError
from ..contract.paths import FilePath, decode_path, display_path, file_path
from ..repository import FileVersion
from .context import ServiceContext
from .files import ABSENT, read
from .revisions import CONTENTS, EMPTY


@dataclasses.dataclass(frozen=True)
class Side:
    """A version of a file. *owner* tells the clone (or Jupyter's own files) that *path* is a name in."""

    owner: str
    revision: str
    path: bytes
    file_path: FilePath
    version: FileVersion

    @property
    def display(self) -> str:
        return display_path(self.path)


def read_side(context: ServiceContext, folder: str, revision: str, path_id: str) -> Side:
    """The version of a file that a request names.

    Raises
    ------
    GitLabWorkflowError: ``bad_request`` for a revision that is neither a keyword nor a full sha, ``forbidden_path``,
        ``revision_unknown``, ``not_a_repository``.
    """
    if revision == CONTENTS:
        path = decode_path(path_id)
        contents_path = _text(path)
        version = context.read_file(contents_path)
        return Side("contents", revision, path, file_path(path, contents_path), version)
    if revision == EMPTY:
        path = decode_path(path_id)
        return Side("", revision, path, file_path(path), ABSENT)
    clone = context.clone(folder)
    path = clone.path(path_id)
    return Side(clone.id, revision, path, clone.file_path(path), read(context, clone, revision, path))


def owner_of(context: ServiceContext, folder: str, revision: str, path_id: str) -> tuple[str, bytes]:
    """*owner* and *path* of the side, without reading it."""
    if revision == CONTENTS:
        return "contents", decode_path(path_id)
    clone = context.clone(folder)
    return clone.id, clone.path(path_id)


def _text(path: bytes) -> str:
    try:
        return path.decode("utf-8")
    except UnicodeDecodeError:
        raise GitLabWorkflowError(
            ErrorCode.FORBIDDEN_PATH, f"Jupyter has no name for the file {display_path(path)}."
        ) from None
