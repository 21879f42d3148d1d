"""Files in comments and descriptions, kept by GitLab."""

from __future__ import annotations

from .base import Reply
from .paths import FolderParams


class UploadParams(FolderParams, kw_only=True):
    """*filename* of the file, which is the request's body."""

    filename: str


class Upload(Reply, kw_only=True):
    """The file on GitLab. *markdown* is what a text says to show it (a picture) or to link to it.

    *url* is ``/uploads/SECRET/NAME``: Markdown that has it is shown with the bytes of ``get_upload``.
    """

    markdown: str
    url: str
    alt: str
