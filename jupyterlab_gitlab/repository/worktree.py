"""One work tree as the modules of this room see it: git in its top, its paths, and the names people know them by."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from ..contract.errors import ErrorCode, GitLabWorkflowError
from ..contract.paths import FilePath, decode_path, display_path, file_path, system_path
from .locate import Location
from .locks import Locks
from .run import Git
from .values import Limits


class WorkTree:
    """Paths are bytes relative to :attr:`top` with ``/`` between the parts, as git writes them.

    *root* is the resolved server root, inside or above or below the top. *hidden*: whether the contents manager serves
    files whose path has a part that begins with a dot.
    """

    blobless = False  # whether fetching a merge request leaves out the blobs that its diff does not need

    def __init__(self, location: Location, root: Path, limits: Limits, *, hidden: bool = False) -> None:
        self.top = location.top
        self.git_dir = location.git_dir
        self.common_dir = location.common_dir
        self.root = root
        self.limits = limits
        self.hidden = hidden
        self.git = Git(str(location.top), limits)
        self.locks = Locks.of(location.common_dir)
        if location.top.is_relative_to(root):
            self._outer, self._inner = location.top.relative_to(root).parts, b""
        else:
            self._outer = ()
            self._inner = b"".join(os.fsencode(part) + b"/" for part in root.relative_to(location.top).parts)

    @property
    def id(self) -> str:
        """Stable for the work tree, and no path that a browser could read."""
        return hashlib.sha256(os.fsencode(self.top)).hexdigest()[:16]

    @property
    def name(self) -> str:
        return display_path(os.fsencode(self.top.name or str(self.top)))

    @property
    def folder(self) -> str | None:
        """The top as a contents path, null if it lies above the server root."""
        if self._inner:
            return None
        return _text("/".join(self._outer))

    def contents_path(self, path: bytes) -> str | None:
        """The contents path of a file, null if it lies outside the server root or Jupyter can't name it."""
        if not path.startswith(self._inner):
            return None
        parts = [*self._outer, *system_path(path[len(self._inner) :]).split("/")]
        if not self.hidden and any(part.startswith(".") for part in parts):
            return None
        return _text("/".join(parts))

    def file_path(self, path: bytes) -> FilePath:
        return file_path(path, self.contents_path(path))

    def path_of_contents(self, contents_path: str) -> bytes:
        """The path of a file that Jupyter names; ``forbidden_path`` if it lies in no or another work tree.

        Links on the way to the file's folder are followed, the file's own name is not: git tracks a link itself.
        """
        parts = [part for part in contents_path.split("/") if part not in ("", ".")]
        if not parts or ".." in parts:
            raise forbidden(contents_path)
        folder = self.root.joinpath(*parts[:-1]).resolve()
        if not folder.is_relative_to(self.root) or not folder.is_relative_to(self.top):
            raise forbidden(contents_path)
        inner = [os.fsencode(part) for part in (*folder.relative_to(self.top).parts, parts[-1])]
        return check_path(b"/".join(inner))

    def path_of_id(self, path_id: str) -> bytes:
        return check_path(decode_path(path_id))

    def system(self, path: bytes) -> str:
        """The absolute path for Python's file functions."""
        return os.path.join(self.top, *system_path(path).split("/"))  # noqa: PTH118 - Path would fold the parts

    def changed_contents(self, paths: list[bytes]) -> list[str]:
        """The contents paths among *paths*, for documents to reload."""
        named = (self.contents_path(path) for path in paths)
        return [path for path in named if path is not None]


def check_path(path: bytes) -> bytes:
    """Refuses what can't be the path of a file in a work tree (``forbidden_path``)."""
    parts = path.split(b"/")
    if b"\0" in path or any(part in (b"", b".", b"..") or part.lower() == b".git" for part in parts):
        raise forbidden(display_path(path))
    if os.name == "nt" and (b"\\" in path or b":" in path):
        raise forbidden(display_path(path))
    return path


def forbidden(path: str) -> GitLabWorkflowError:
    return GitLabWorkflowError(
        ErrorCode.FORBIDDEN_PATH,
        f"“{path}” is not a file of this repository.",
        "Pick a file of the list of changes, or open one that lies inside the clone.",
    )


def _text(path: str) -> str | None:
    """*path* if it can cross the wire as JSON: undecodable bytes are lone surrogates here."""
    try:
        path.encode("utf-8")
    except UnicodeEncodeError:
        return None
    return path
