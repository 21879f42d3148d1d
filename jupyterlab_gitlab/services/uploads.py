"""Files in comments."""

from __future__ import annotations

import re
from typing import BinaryIO

from ..contract.errors import ErrorCode, GitLabWorkflowError
from ..contract.paths import FolderParams
from ..contract.uploads import Upload, UploadParams
from .blobs import Blob
from .context import ServiceContext
from .files import mime_type

_SECRET = re.compile(r"[0-9a-f]{10,64}")
_UNFIT = re.compile(r'[\x00-\x1f\x7f"\\]')
_LONGEST_NAME = 255


def create(context: ServiceContext, params: UploadParams, file: BinaryIO) -> Upload:
    """Puts a file where comments can show it.

    Raises
    ------
    GitLabWorkflowError: ``bad_request`` for a file without a name, ``too_large``.
    """
    name = _UNFIT.sub("_", re.split(r"[/\\]", params.filename)[-1])[-_LONGEST_NAME:].strip()
    if not name.strip("."):
        raise GitLabWorkflowError(ErrorCode.BAD_REQUEST, "The file has no name.")
    return context.project(params.folder).upload(name, file)


def content(context: ServiceContext, params: FolderParams, secret: str, name: str) -> Blob:
    """The bytes of such a file.

    Raises
    ------
    GitLabWorkflowError: ``not_found``, ``too_large``.
    """
    if not _SECRET.fullmatch(secret):
        raise GitLabWorkflowError(ErrorCode.NOT_FOUND, "There is no such file.")
    data = context.project(params.folder).uploaded(secret, name)
    if len(data) > context.config.max_blob_size:
        raise GitLabWorkflowError(ErrorCode.TOO_LARGE, f"{name} is too large to show ({len(data):,} bytes).")
    return Blob(data, name, mime_type(name.encode("utf-8", "replace")))
