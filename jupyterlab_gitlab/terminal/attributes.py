"""The one line that we have in a gitattributes file."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

NAME = "jupyter-gitlab"
"""Of the diff driver."""
LINE = f"*.ipynb diff={NAME}".encode()


def add_line(path: Path) -> bool:
    """Put the line last, where it counts most; False if it is there already.

    A file without a line end at its end is left without one, so that taking the line out brings back what was there.
    """
    before = _read(path)
    if _ours(before):
        return False
    end = b"" if before and not before.endswith(b"\n") else b"\n"
    return _write(path, before + (b"" if end else b"\n") + LINE + end)


def remove_line(path: Path) -> bool:
    """Take the line out; False if it is not there. A file that held nothing else goes, and so does its empty folder."""
    before = _read(path)
    ours = _ours(before)
    if not ours:
        return False
    lines = before.splitlines(keepends=True)
    kept = [line for index, line in enumerate(lines) if index not in ours]
    if kept and len(lines) - 1 in ours and not lines[-1].endswith(b"\n"):
        kept[-1] = kept[-1].removesuffix(b"\n")
    if kept:
        return _write(path, b"".join(kept))
    path.unlink()
    if path.parent.name == "git" and not any(path.parent.iterdir()):
        path.parent.rmdir()
    return True


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return b""


def _ours(content: bytes) -> set[int]:
    """The indices of our lines."""
    return {index for index, line in enumerate(content.splitlines()) if line.split() == LINE.split()}


def _write(path: Path, content: bytes) -> bool:
    """In one step, through symbolic links (which people keep for their settings), with the mode that it had."""
    target = path.resolve()
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        if target.exists():
            shutil.copymode(target, name)
        else:
            Path(name).chmod(0o644)
        Path(name).replace(target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    return True
