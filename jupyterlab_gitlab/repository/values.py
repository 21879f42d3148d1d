"""Plain values that the room hands out beside the contract's structs."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from typing import Literal

Cancel = threading.Event
"""Set by the caller when nobody waits for the answer any more; the running git is then ended (``cancelled``)."""

FileKind = Literal["file", "symlink", "submodule", "directory", "absent"]


@dataclass(frozen=True, kw_only=True)
class Limits:
    """Bounds on what one command may cost. Times are seconds, sizes bytes.

    *local*: commands that only touch the disk. *hooks*: commands that run the user's hooks or signing program.
    *network*: fetch and push. *busy*: how long to wait for another git command to release its lock.
    *output*: what git may print. *blob*: the largest file version that is read into memory. *changes*: rows of one
    list of changes. *large_file*: from here on a changed file is marked as large. *readers*: ``cat-file`` processes
    of one repository; *idle*: when they are closed.
    """

    local: float = 60.0
    hooks: float = 600.0
    network: float = 900.0
    busy: float = 5.0
    output: int = 256 * 1024 * 1024
    blob: int = 128 * 1024 * 1024
    changes: int = 2000
    large_file: int = 5_000_000
    readers: int = 2
    idle: float = 30.0


@dataclass(frozen=True, kw_only=True)
class Credential:
    """What git may answer to one server, for one process only.

    *protocol* is ``https`` or ``http``; *host* is the host name, with ``:port`` where the URL has one. GitLab takes any
    user name beside a personal access token and wants ``oauth2`` beside an OAuth one, so that serves both.
    """

    protocol: Literal["http", "https"]
    host: str
    password: str = field(repr=False)
    username: str = "oauth2"


@dataclass(frozen=True, kw_only=True)
class FileVersion:
    """One version of one file.

    *oid* is the blob id (of what git would store, for a work-tree file), the commit for a submodule, empty if absent.
    *data* are the bytes as git stores them (a symlink's are its target), null for anything that is no file and for
    files above :attr:`Limits.blob`. *size* is their length, also where *data* is null.
    """

    kind: FileKind
    oid: str = ""
    size: int = 0
    data: bytes | None = None
    mode: str = ""


ABSENT = FileVersion(kind="absent")
