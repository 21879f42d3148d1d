"""Files that Jupyter serves, in a clone or not, as they lie on the disk."""

from __future__ import annotations

import hashlib
import os
import stat
from pathlib import Path

from ..contract.errors import ErrorCode, GitLabWorkflowError
from .values import ABSENT, FileVersion, Limits


def read(root: Path, contents_path: str, limits: Limits, *, hidden: bool) -> FileVersion:
    """The file that Jupyter's contents API knows under *contents_path*.

    Parameters
    ----------
    root: the resolved server root. What the path leads to, links followed, must lie inside it.
    hidden: whether files may be read whose path has a part that begins with a dot.

    Raises
    ------
    GitLabWorkflowError: ``forbidden_path``.
    """
    parts = contents_path.split("/")
    if any(_is_bad(part) or (part.startswith(".") and not hidden) for part in parts):
        raise _forbidden(contents_path)
    try:
        path = root.joinpath(*parts).resolve()
        if not path.is_relative_to(root):
            raise _forbidden(contents_path)
        found = path.stat()
        if stat.S_ISDIR(found.st_mode):
            return FileVersion(kind="directory")
        if not stat.S_ISREG(found.st_mode):
            return ABSENT
        if found.st_size > limits.blob:
            return FileVersion(kind="file", size=found.st_size)
        data = path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return ABSENT
    except (OSError, RuntimeError) as error:  # RuntimeError: links in a circle, before Python 3.13
        raise GitLabWorkflowError(
            ErrorCode.FORBIDDEN_PATH,
            f"“{contents_path}” can't be read.",
            "Check the file's permissions on the machine that runs Jupyter.",
        ) from error
    return FileVersion(kind="file", oid=_blob_id(data), size=len(data), data=data)


def _blob_id(data: bytes) -> str:
    """gitformat-loose(5): what git would call these contents in most repositories."""
    digest = hashlib.sha1(b"blob %d\0" % len(data), usedforsecurity=False)
    digest.update(data)
    return digest.hexdigest()


def _is_bad(part: str) -> bool:
    return (
        part in ("", ".", "..") or "\0" in part or (os.name == "nt" and any(character in part for character in "\\:"))
    )


def _forbidden(contents_path: str) -> GitLabWorkflowError:
    return GitLabWorkflowError(
        ErrorCode.FORBIDDEN_PATH,
        f"“{contents_path}” is not a file that Jupyter serves.",
        "Pick a file in the file browser.",
    )
