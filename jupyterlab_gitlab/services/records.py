"""Small things that outlive the server: a JSON file a merge request, below Jupyter's data directory."""

from __future__ import annotations

import contextlib
import errno
import json
import os
import tempfile
import threading
import urllib.parse
from pathlib import Path
from typing import Any

from ..contract.errors import ErrorCode, GitLabWorkflowError

_MOST_FILES = 1_000
_MOST_BYTES = 2_000_000


class Records:
    """Files of one kind, by host, user, project and merge request. Thread-safe within this server.

    Parameters
    ----------
    kind: the folder's name.
    folder: where the folder lies; in Jupyter's data directory unless given.
    """

    def __init__(self, kind: str, folder: Path | None = None) -> None:
        self._kind = kind
        self._folder = folder
        self.lock = threading.RLock()

    @property
    def folder(self) -> Path:
        if self._folder is None:
            from jupyter_core.paths import jupyter_data_dir

            self._folder = Path(jupyter_data_dir()) / "gitlab-workflow"
        return self._folder / self._kind

    def read(self, key: tuple[str | int, ...]) -> dict[str, Any]:
        """What is kept under *key*; nothing if it is absent or damaged."""
        try:
            with self._path(key).open("rb") as file:
                value = json.loads(file.read(_MOST_BYTES + 1))
        except (OSError, ValueError):
            return {}
        return value if isinstance(value, dict) else {}

    def write(self, key: tuple[str | int, ...], value: dict[str, Any]) -> None:
        """Keeps *value* in place of what was there; an empty one is forgotten. All or nothing.

        Raises
        ------
        GitLabWorkflowError: ``internal``, ``disk_full``.
        """
        path = self._path(key)
        try:
            if not value:
                path.unlink(missing_ok=True)
                return
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(prefix=".new-", dir=path.parent)
            try:
                with os.fdopen(handle, "w", encoding="utf-8") as file:
                    json.dump(value, file)
                Path(name).replace(path)
            except BaseException:
                with contextlib.suppress(OSError):
                    Path(name).unlink()
                raise
            self._forget_oldest()
        except OSError as error:
            raise _not_written(error, path) from None

    def _path(self, key: tuple[str | int, ...]) -> Path:
        # a name that begins with a dot could lead elsewhere
        parts = [urllib.parse.quote(str(part), safe="").replace(".", "%2E") for part in key]
        return self.folder.joinpath(*parts[:-1], f"{parts[-1]}.json")

    def _forget_oldest(self) -> None:
        files = [file for file in self.folder.rglob("*.json") if file.is_file()]
        if len(files) > _MOST_FILES:
            files.sort(key=lambda file: file.stat().st_mtime)
            for file in files[: len(files) - _MOST_FILES]:
                file.unlink(missing_ok=True)


def _not_written(error: OSError, path: Path) -> GitLabWorkflowError:
    full = error.errno == errno.ENOSPC
    return GitLabWorkflowError(
        ErrorCode.DISK_FULL if full else ErrorCode.INTERNAL,
        f"{path} could not be written: {error.strerror}.",
        "Free some space." if full else f"Make {path.parent} writable.",
    )
