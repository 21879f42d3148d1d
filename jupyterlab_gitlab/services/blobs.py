"""The bytes of one version of a file."""

from __future__ import annotations

import dataclasses

from ..contract.diffs import BlobParams
from ..contract.errors import ErrorCode, GitLabWorkflowError
from .context import ServiceContext
from .files import mime_type
from .sides import read_side


@dataclasses.dataclass(frozen=True)
class Blob:
    """A file's bytes. *mime_type* is guessed from the *name*; null if unknown."""

    data: bytes
    name: str
    mime_type: str | None


def get(context: ServiceContext, params: BlobParams) -> Blob:
    """The bytes, for pictures and to be saved.

    Raises
    ------
    GitLabWorkflowError: ``not_found`` if the revision has no such file, ``too_large``.
    """
    side = read_side(context, params.folder, params.revision, params.path)
    version = side.version
    if version.kind not in ("file", "symlink"):
        raise GitLabWorkflowError(ErrorCode.NOT_FOUND, f"{params.revision} has no file {side.display}.")
    if version.data is None or version.size > context.config.max_blob_size:
        raise GitLabWorkflowError(ErrorCode.TOO_LARGE, f"{side.display} is too large to show ({version.size:,} bytes).")
    return Blob(version.data, side.display.rsplit("/", 1)[-1], mime_type(side.path))
