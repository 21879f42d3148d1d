"""The door of this room: one object for one clone, and the place that keeps the open ones."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from types import TracebackType

from ..contract.branches import Branches, SwitchResult
from ..contract.changes import Changes, DiscardResult
from ..contract.commits import CommitPage, CommitResult
from ..contract.merge_requests import MergeRequestFile
from ..contract.paths import FilePath
from ..contract.repositories import Identity, Repository
from ..contract.sync import SyncResult
from .values import Cancel, Credential, FileVersion, Limits


class Clone:
    """A work tree with its git directory, and where the server root lies in it.

    Path ids are those of the contract (:class:`jupyterlab_gitlab.contract.paths.FilePath`). Revisions are full shas or
    one of ``HEAD``, ``INDEX``, ``WORKTREE``, ``EMPTY`` where a file is read, anything that ``git rev-parse`` takes
    elsewhere. A *credential* is used only if the remote is an http(s) one of exactly that host; without one the user's
    own credential helpers and ssh keys serve. *cancel* ends the running git.
    """

    id: str
    top: Path
    name: str
    folder: str | None

    # names

    def path(self, path_id: str) -> bytes:
        """The path bytes of an id, checked to stay inside the work tree and outside ``.git`` (``forbidden_path``)."""
        raise NotImplementedError

    def file_path(self, path: bytes) -> FilePath:
        """The wire form of path bytes, with the contents path if the server root reaches the file."""
        raise NotImplementedError

    def path_of_contents(self, contents_path: str) -> bytes:
        """The path bytes of a file that Jupyter names; ``forbidden_path`` if it is not in this work tree."""
        raise NotImplementedError

    # what is there

    def describe(self) -> Repository:
        raise NotImplementedError

    def changes(self) -> Changes:
        raise NotImplementedError

    def identity(self) -> Identity:
        raise NotImplementedError

    def set_identity(self, name: str, email: str) -> Identity:
        raise NotImplementedError

    def branches(self) -> Branches:
        raise NotImplementedError

    def commits(
        self,
        revision: str = "HEAD",
        *,
        since: str | None = None,
        path_id: str | None = None,
        page: int = 1,
        per_page: int = 50,
    ) -> CommitPage:
        raise NotImplementedError

    def resolve(self, revision: str) -> str:
        """The full sha of a revision's commit (``revision_unknown``, ``no_commits``)."""
        raise NotImplementedError

    # what changes it

    def stage(self, path_ids: Sequence[str]) -> None:
        raise NotImplementedError

    def unstage(self, path_ids: Sequence[str]) -> None:
        raise NotImplementedError

    def discard(self, path_ids: Sequence[str]) -> DiscardResult:
        raise NotImplementedError

    def commit(self, message: str, restage: Sequence[str] = (), *, cancel: Cancel | None = None) -> CommitResult:
        raise NotImplementedError

    def create_branch(self, name: str, start_point: str | None = None, *, switch: bool = True) -> SwitchResult:
        raise NotImplementedError

    def switch_branch(
        self, name: str, *, pull: bool = False, credential: Credential | None = None, cancel: Cancel | None = None
    ) -> SwitchResult:
        raise NotImplementedError

    def fetch(self, *, credential: Credential | None = None, cancel: Cancel | None = None) -> SyncResult:
        raise NotImplementedError

    def pull(self, *, credential: Credential | None = None, cancel: Cancel | None = None) -> SyncResult:
        raise NotImplementedError

    def push(self, *, credential: Credential | None = None, cancel: Cancel | None = None) -> SyncResult:
        raise NotImplementedError

    # objects

    def read(self, revision: str, path: bytes) -> FileVersion:
        """One version of a file; ``absent`` if that revision has none, never raised."""
        raise NotImplementedError

    def read_blob(self, oid: str) -> FileVersion:
        """A blob by its id (``revision_unknown`` if the clone has none)."""
        raise NotImplementedError

    def has_commits(self, shas: Iterable[str]) -> bool:
        raise NotImplementedError

    def merge_base(self, one: str, other: str) -> str | None:
        """The best common ancestor, null if the histories are unrelated."""
        raise NotImplementedError

    def fetch_merge_request(
        self,
        source: str,
        slug: str,
        iid: int,
        shas: Sequence[str],
        *,
        credential: Credential | None = None,
        cancel: Cancel | None = None,
    ) -> None:
        """Makes sure that the commits *shas* of a merge request are here; nothing is fetched if they already are.

        *source* is the URL of the target project (or a remote's name), *slug* that project's full path or id: it names
        the refs ``refs/gitlab/merge-requests/<slug>/<iid>/…`` that keep the commits.
        """
        raise NotImplementedError

    def compare(self, base: str, head: str) -> list[MergeRequestFile]:
        """The files that differ between two commits, by path; renames at 30 % similarity as on GitLab."""
        raise NotImplementedError

    def close(self) -> None:
        raise NotImplementedError


class Clones:
    """Finds and keeps clones below one server root. Use as a context manager or call :meth:`close`."""

    def __init__(self, server_root: str, *, limits: Limits | None = None, hidden: bool = False) -> None:
        """*hidden*: whether the contents manager serves hidden files (``ContentsManager.allow_hidden``)."""
        raise NotImplementedError

    def open(self, folder: str = "") -> Clone:
        """The clone that *folder* (a contents path of a folder or file) lies in.

        Raises ``forbidden_path``, ``not_a_repository``, ``dubious_ownership``, ``git_missing``.
        """
        raise NotImplementedError

    def close(self) -> None:
        raise NotImplementedError

    def __enter__(self) -> Clones:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
