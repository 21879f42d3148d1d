"""How a project without a clone in the user's files, and a GitLab itself, are addressed in place of a folder."""

from __future__ import annotations

import re
import urllib.parse
from dataclasses import dataclass

_PREFIX = "gitlab-project:"
_HOST_PREFIX = "gitlab-host:"
_SEGMENT = re.compile(r"[^/\0\\:]+")


@dataclass(frozen=True)
class ProjectAddress:
    """*host* is a GitLab's name (``host[:port][/path]``), *path* a project's full path there.

    As text: ``gitlab-project:HOST/group/project`` with HOST percent-encoded whole. It stands wherever a request has a
    *folder*; no folder of Jupyter can be called so, since the colon would make it a drive.
    """

    host: str
    path: str

    def __str__(self) -> str:
        return f"{_PREFIX}{urllib.parse.quote(self.host, safe='')}/{self.path}"

    @classmethod
    def parse(cls, folder: str) -> ProjectAddress | None:
        """The address that *folder* is; null for a real folder and for an address that no project has."""
        if not folder.startswith(_PREFIX):
            return None
        host, _, path = folder.removeprefix(_PREFIX).partition("/")
        parts = path.split("/")
        if len(parts) < 2 or any(part in (".", "..") or not _SEGMENT.fullmatch(part) for part in parts):
            return None
        return cls(urllib.parse.unquote(host), path)


@dataclass(frozen=True)
class HostAddress:
    """A GitLab by its name (``host[:port][/path]``): what asks about no repository takes it for a *folder*.

    As text: ``gitlab-host:HOST``, percent-encoded whole.
    """

    host: str

    def __str__(self) -> str:
        return f"{_HOST_PREFIX}{urllib.parse.quote(self.host, safe='')}"

    @classmethod
    def parse(cls, folder: str) -> HostAddress | None:
        """The address that *folder* is; null for anything else."""
        if not folder.startswith(_HOST_PREFIX):
            return None
        return cls(urllib.parse.unquote(folder.removeprefix(_HOST_PREFIX)))
