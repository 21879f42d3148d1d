"""Files in comments."""

from __future__ import annotations

from typing import BinaryIO

from ..contract.uploads import Upload
from . import entities
from .scope import ProjectScope


def create(scope: ProjectScope, name: str, file: BinaryIO) -> Upload:
    """Sends a file, chunk by chunk. Raises ``too_large`` if it is for this GitLab."""
    found = scope.client.upload(scope.url("uploads"), entities.Upload, name, file)
    return Upload(markdown=found.markdown, url=found.url, alt=found.alt)


def content(scope: ProjectScope, secret: str, name: str) -> bytes:
    """The bytes of a file by the API, which GitLab has had for it since 17.4."""
    return scope.client.download(scope.url("uploads", secret, name))
