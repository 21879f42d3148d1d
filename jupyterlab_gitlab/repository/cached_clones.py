"""Bare clones without blobs, for projects that the user has not cloned.

They lie in a folder of their own, never in the user's files. Such a clone begins empty: a merge request brings its
commits and trees, and then, in one request, the blobs that a comparison needs (:mod:`.merge_request_refs`). All of it
can be had again, so the clones that were not used for longest go when they take more room together than they may.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
import tempfile
import threading
import urllib.parse
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timezone
from pathlib import Path
from typing import Any, NoReturn

from ..contract.errors import ErrorCode, GitLabWorkflowError
from . import failures
from .clone import Clone
from .locate import Location
from .run import Git
from .values import FileVersion, Limits
from .worktree import WorkTree

_USED = "gitlab-workflow-used"  # its time says when the clone was used last
_NAME = "gitlab-workflow-name"  # what it was opened by, as a list; a shortened file name does not tell
_FILTER = "blob:none"
_LONGEST = 120  # characters of a file name: file systems take 255 bytes, and Windows few more for the whole path


class BareTree(WorkTree):
    """A repository without files. *address* stands for the folder that it does not have."""

    blobless = True

    def __init__(self, location: Location, limits: Limits, address: str) -> None:
        super().__init__(location, location.top, limits)
        self._address = address

    @property
    def folder(self) -> str | None:
        return self._address

    def contents_path(self, path: bytes) -> str | None:
        return None


class CachedClone(Clone):
    """A clone that only has objects; what needs files, an index or branches raises ``no_work_tree``."""

    def _refused(self, *_: Any, **__: Any) -> NoReturn:
        raise GitLabWorkflowError(
            ErrorCode.NO_WORK_TREE,
            "This project is not cloned here, so there are no files to work with.",
            "Clone it to edit, commit or check out: git clone in a terminal, with the project's URL.",
        )

    changes = branches = stage = unstage = discard = _refused
    commit = create_branch = switch_branch = fetch = pull = push = set_identity = _refused
    check_out_fetched = former_branch = _refused

    def read(self, revision: str, path: bytes) -> FileVersion:
        if revision in ("HEAD", "INDEX", "WORKTREE"):
            self._refused()
        return super().read(revision, path)


@dataclass(frozen=True)
class CachedCloneInfo:
    """*name*: the parts it was opened by. *size* in bytes. *used_at*: ISO 8601, UTC."""

    name: tuple[str, str]
    size: int
    used_at: str


class CachedClones:
    """Keeps them below *folder*, up to *most* bytes together. Thread-safe within one process."""

    def __init__(self, folder: Path, most: int, limits: Limits) -> None:
        self._folder = folder
        self._most = most
        self._limits = limits
        self._lock = threading.Lock()
        self._open: dict[tuple[str, str], CachedClone] = {}

    @property
    def limit(self) -> int:
        return self._most

    def open(self, name: tuple[str, str], url: str, address: str) -> CachedClone:
        """The clone of a project, made if there is none.

        Parameters
        ----------
        name: the host's name and the project's full path.
        url: where the project is fetched from, without credentials.
        address: stands for the folder that it does not have.

        Raises
        ------
        GitLabWorkflowError: ``disk_full``, ``git_missing``, ``internal`` if nothing can be written there.
        """
        with self._lock:
            place = self._place(name)
            clone = self._open.get(name)
            if clone is None or not (place / "HEAD").is_file():
                self._make(place, name, url)
                location = Location(top=place, git_dir=place, common_dir=place)
                clone = self._open[name] = CachedClone(BareTree(location, self._limits, address))
                self._make_room(place)
            with contextlib.suppress(OSError):
                os.utime(place / _USED)
            return clone

    def url(self, name: tuple[str, str]) -> str | None:
        """Where a clone that is there was fetched from."""
        place = self._place(name)
        if not (place / "HEAD").is_file():
            return None
        found = Git(str(place), self._limits).read("config", "--get", "remote.origin.url", ok=range(256))
        return found.line or None

    def listed(self) -> list[CachedCloneInfo]:
        """Those that are there, the last used first."""
        found = [
            CachedCloneInfo(self._name(place), _size(place), _iso(_used(place)))
            for place in sorted(self._places(), key=_used, reverse=True)
        ]
        return [each for each in found if all(each.name)]

    def clear(self) -> None:
        """Removes all of them."""
        with self._lock:
            for place in list(self._places()):
                self._remove(place)

    def close(self) -> None:
        with self._lock:
            for clone in self._open.values():
                clone.close()
            self._open.clear()

    def _place(self, name: tuple[str, str]) -> Path:
        return self._folder.joinpath(*(_file_name(part) for part in name)).with_suffix(".git")

    def _name(self, place: Path) -> tuple[str, str]:
        try:
            host, path = json.loads((place / _NAME).read_text(encoding="utf-8"))
        except (OSError, ValueError):  # one that was made when no name was shortened
            host, path = (urllib.parse.unquote(part) for part in (place.parent.name, place.name.removesuffix(".git")))
        return str(host), str(path)

    def _places(self) -> Iterator[Path]:
        return (each for each in self._folder.glob("*/*.git") if (each / "HEAD").is_file())

    def _make(self, place: Path, name: tuple[str, str], url: str) -> None:
        """Whole or not at all: what is made under another name is moved into its place."""
        if (place / "HEAD").is_file():
            return
        try:
            place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            made = Path(tempfile.mkdtemp(prefix=".new-", dir=place.parent))
        except OSError as error:
            raise failures.not_started(error, str(place.parent)) from error
        try:
            git = Git(str(made), self._limits)
            git.write("init", "--quiet", "--bare", "--template=", "--initial-branch=main", ".")
            for key, value in (
                ("core.repositoryFormatVersion", "1"),
                ("extensions.partialClone", "origin"),
                ("remote.origin.url", url),
                ("remote.origin.promisor", "true"),
                ("remote.origin.partialCloneFilter", _FILTER),
            ):
                git.write("config", key, value)
            (made / _NAME).write_text(json.dumps(name), encoding="utf-8")
            (made / _USED).touch()
            shutil.rmtree(place, ignore_errors=True)
            made.rename(place)
        except BaseException:
            shutil.rmtree(made, ignore_errors=True)
            raise

    def make_room(self, name: tuple[str, str]) -> None:
        """Removes what was not used for longest, but not the clone *name*, until the others fit. After a fetch."""
        with self._lock:
            self._make_room(self._place(name))

    def _make_room(self, keep: Path) -> None:
        sizes = {place: _size(place) for place in self._places()}
        total = sum(sizes.values())
        for place in sorted(sizes, key=_used):
            if total <= self._most:
                return
            if place != keep:
                total -= sizes[place]
                self._remove(place)

    def _remove(self, place: Path) -> None:
        clone = self._open.pop(self._name(place), None)
        if clone is not None:
            clone.close()
        shutil.rmtree(place, ignore_errors=True)


def _file_name(part: str) -> str:
    """A file name for any text; of a long one, its beginning and a digest. Quoted text has no ``=`` of its own."""
    name = urllib.parse.quote(part, safe="").replace(".", "%2E")
    if len(name) <= _LONGEST:
        return name
    digest = hashlib.sha256(part.encode()).hexdigest()[:32]
    return f"{name[: _LONGEST - len(digest) - 1]}={digest}"


def _size(place: Path) -> int:
    total = 0
    for folder, _, names in os.walk(place):
        for name in names:
            with contextlib.suppress(OSError):
                total += os.lstat(os.path.join(folder, name)).st_size  # noqa: PTH118 - many small files
    return total


def _used(place: Path) -> float:
    try:
        return (place / _USED).stat().st_mtime
    except OSError:
        return 0.0


def _iso(seconds: float) -> str:
    time = datetime.fromtimestamp(seconds, tz=timezone.utc)
    return time.isoformat(timespec="milliseconds").replace("+00:00", "Z")
