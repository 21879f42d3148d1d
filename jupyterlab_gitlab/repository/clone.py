"""The door of this room: one object for one clone, and the place that keeps the open ones."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Iterable, Sequence
from pathlib import Path
from types import TracebackType

from ..contract.branches import Branches, SwitchResult
from ..contract.changes import Changes, DiscardResult
from ..contract.commits import CommitPage, CommitResult
from ..contract.errors import GitLabWorkflowError
from ..contract.history import FileHistory
from ..contract.merge_requests import MergeRequestFile
from ..contract.paths import FilePath
from ..contract.repositories import Identity, Repository
from ..contract.sync import SyncResult
from . import (
    branches,
    check_out,
    commits,
    compare,
    describe,
    discard,
    file_history,
    identity,
    index,
    locate,
    merge_request_refs,
    objects,
    revisions,
    server_files,
    status,
    sync,
)
from .locate import Location
from .readers import Readers
from .values import Cancel, Credential, FileVersion, Limits
from .worktree import WorkTree

_WHOLE = 1_000  # comparisons that are remembered
_OPEN = 32  # clones kept open; the one not used for longest goes first


class Clone:
    """A work tree with its git directory, and where the server root lies in it.

    Path ids are those of the contract (:class:`jupyterlab_gitlab.contract.paths.FilePath`). Revisions are full shas or
    one of ``HEAD``, ``INDEX``, ``WORKTREE``, ``EMPTY`` where a file is read, anything that ``git rev-parse`` takes
    elsewhere. A *credential* is used only if the remote is an http(s) one of exactly that host; without one the user's
    own credential helpers and ssh keys serve. *cancel* ends the running git.

    Every method can raise what :class:`.run.Git` raises; those that write also ``git_busy``.
    """

    def __init__(self, tree: WorkTree) -> None:
        self._tree = tree
        self._readers = Readers(tree.git, tree.limits)
        self._whole: set[tuple[str, ...]] = set()  # commits whose differences have been fetched

    @property
    def id(self) -> str:
        return self._tree.id

    @property
    def top(self) -> Path:
        return self._tree.top

    @property
    def name(self) -> str:
        return self._tree.name

    @property
    def folder(self) -> str | None:
        """The top as a contents path, null if it lies above the server root."""
        return self._tree.folder

    # names

    def path(self, path_id: str) -> bytes:
        """The path bytes of an id, checked to stay inside the work tree and outside ``.git`` (``forbidden_path``)."""
        return self._tree.path_of_id(path_id)

    def file_path(self, path: bytes) -> FilePath:
        """The wire form of path bytes, with the contents path if the server root reaches the file."""
        return self._tree.file_path(path)

    def path_of_contents(self, contents_path: str) -> bytes:
        """The path bytes of a file that Jupyter names; ``forbidden_path`` if it is not in this work tree."""
        return self._tree.path_of_contents(contents_path)

    # what is there

    def describe(self) -> Repository:
        return describe.describe(self._tree)

    def changes(self) -> Changes:
        return status.changes(self._tree)

    def identity(self) -> Identity:
        return identity.read(self._tree)

    def branches(self) -> Branches:
        return branches.branches(self._tree)

    def commits(
        self,
        revision: str = "HEAD",
        *,
        since: str | None = None,
        path_id: str | None = None,
        page: int = 1,
        per_page: int = 50,
    ) -> CommitPage:
        """A page of ``since..revision``, newest first; ``revision_unknown``, ``no_commits``, ``bad_request``."""
        return commits.history(self._tree, revision, since=since, path_id=path_id, page=page, per_page=per_page)

    def file_history(self, path_id: str, revision: str = "HEAD", *, page: int = 1, per_page: int = 50) -> FileHistory:
        """See :func:`.file_history.file_history`."""
        return file_history.file_history(self._tree, path_id, revision, page=page, per_page=per_page)

    def resolve(self, revision: str) -> str:
        """The full sha of a revision's commit (``revision_unknown``, ``no_commits``)."""
        return revisions.resolve(self._tree, revision)

    def url_of(self, remote: str) -> str | None:
        """The URL that git fetches a remote from, credentials included: never to be shown; null if there is none."""
        return describe.url_of(self._tree, remote)

    # what changes it

    def set_identity(self, name: str, email: str) -> Identity:
        """See :func:`.identity.write`."""
        return identity.write(self._tree, name, email)

    def stage(self, path_ids: Sequence[str]) -> None:
        """See :func:`.index.stage`."""
        index.stage(self._tree, path_ids)

    def unstage(self, path_ids: Sequence[str]) -> None:
        """See :func:`.index.unstage`."""
        index.unstage(self._tree, path_ids)

    def discard(self, path_ids: Sequence[str]) -> DiscardResult:
        """See :func:`.discard.discard`."""
        return discard.discard(self._tree, path_ids)

    def commit(self, message: str, restage: Sequence[str] = (), *, cancel: Cancel | None = None) -> CommitResult:
        """See :func:`.commits.commit`."""
        return commits.commit(self._tree, message, restage, cancel=cancel)

    def create_branch(self, name: str, start_point: str | None = None, *, switch: bool = True) -> SwitchResult:
        """See :func:`.branches.create`."""
        return branches.create(self._tree, name, start_point, switch=switch)

    def switch_branch(
        self, name: str, *, pull: bool = False, credential: Credential | None = None, cancel: Cancel | None = None
    ) -> SwitchResult:
        """See :func:`.branches.switch`. *pull*: then fast-forwards the branch if it follows one.

        An error of the pull says that the switch itself was made; its ``changed_paths`` are in the details.
        """
        switched = branches.switch(self._tree, name)
        if not pull or describe.position(self._tree).upstream is None:
            return switched
        try:
            pulled = sync.pull(self._tree, credential=credential, cancel=cancel)
        except GitLabWorkflowError as error:
            error.message = f"Switched to “{name}”, but it could not be brought up to date. {error.message}"
            error.details.update(switched=True, changed_paths=switched.changed_paths)
            raise
        return SwitchResult(
            branch=name,
            output="\n".join(part for part in (switched.output, pulled.output) if part),
            changed_paths=list(dict.fromkeys([*switched.changed_paths, *pulled.changed_paths])),
        )

    def fetch(self, *, credential: Credential | None = None, cancel: Cancel | None = None) -> SyncResult:
        """See :func:`.sync.fetch`."""
        return sync.fetch(self._tree, credential=credential, cancel=cancel)

    def pull(self, *, credential: Credential | None = None, cancel: Cancel | None = None) -> SyncResult:
        """See :func:`.sync.pull`."""
        return sync.pull(self._tree, credential=credential, cancel=cancel)

    def push(self, *, credential: Credential | None = None, cancel: Cancel | None = None) -> SyncResult:
        """See :func:`.sync.push`."""
        return sync.push(self._tree, credential=credential, cancel=cancel)

    # objects

    def read(self, revision: str, path: bytes) -> FileVersion:
        """One version of a file; ``absent`` if that revision has none. See :func:`.objects.read`."""
        return objects.read(self._tree, self._readers, revision, path)

    def read_blob(self, oid: str) -> FileVersion:
        """A blob by its id (``revision_unknown`` if the clone has none)."""
        return objects.read_blob(self._readers, oid)

    def has_commits(self, shas: Iterable[str]) -> bool:
        """Whether every one of *shas* (full ids) is a commit of this clone."""
        return objects.has_commits(self._readers, list(shas))

    def is_whole_for(self, shas: Iterable[str]) -> bool:
        """Whether *shas* are commits of this clone, and what they differ in is here too (see a partial clone)."""
        asked = tuple(shas)
        return self.has_commits(asked) and (asked in self._whole or not merge_request_refs.is_partial(self._tree))

    def merge_base(self, one: str, other: str) -> str | None:
        """The best common ancestor, null if the histories are unrelated."""
        return compare.merge_base(self._tree, one, other)

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
        the refs ``refs/gitlab/merge-requests/<slug>/<iid>/…`` that keep the commits. *shas* in the order in which they
        are compared (base, head). See :func:`.merge_request_refs.fetch`.
        """
        merge_request_refs.fetch(
            self._tree, self._readers, source, slug, iid, shas, credential=credential, cancel=cancel
        )
        if len(self._whole) >= _WHOLE:
            self._whole.clear()
        self._whole.add(tuple(shas))

    def compare(self, base: str, head: str) -> list[MergeRequestFile]:
        """The files that differ between two commits, by path; renames at 30 % similarity as on GitLab."""
        return compare.compare(self._tree, base, head)

    def first_parent(self, sha: str) -> str:
        """See :func:`.compare.first_parent`."""
        return compare.first_parent(self._tree, sha)

    def check_out_fetched(self, name: str, slug: str, iid: int, sha: str) -> SwitchResult:
        """See :func:`.check_out.check_out`."""
        return check_out.check_out(self._tree, name, slug, iid, sha)

    def has_branch(self, name: str) -> bool:
        """Whether there is a local branch *name*."""
        return branches.exists(self._tree, f"refs/heads/{name}")

    def has_remote_branch(self, name: str) -> bool:
        """Whether a remote had a branch *name* when it was last fetched."""
        return branches.remote_ref(self._tree, name) is not None

    def former_branch(self) -> str | None:
        """See :func:`.check_out.former_branch`."""
        return check_out.former_branch(self._tree)

    def close(self) -> None:
        """Ends what runs for this clone. It stays usable: what it needs is started again."""
        self._readers.close()


class Clones:
    """Finds and keeps clones below one server root. Use as a context manager or call :meth:`close`."""

    def __init__(self, server_root: str, *, limits: Limits | None = None, hidden: bool = False) -> None:
        """*hidden*: whether the contents manager serves hidden files (``ContentsManager.allow_hidden``)."""
        self._root = Path(server_root).expanduser().resolve()
        self._limits = limits or Limits()
        self._hidden = hidden
        self._guard = threading.Lock()
        self._by_top: OrderedDict[Path, Clone] = OrderedDict()
        self._by_entry: dict[tuple[Path, int, int], Location] = {}

    def open(self, folder: str = "") -> Clone:
        """The clone that *folder* (a contents path of a folder or file) lies in.

        Raises ``forbidden_path``, ``not_a_repository``, ``dubious_ownership``, ``git_missing``.
        """
        location = self._locate(locate.directory_of(self._root, folder))
        with self._guard:
            clone = self._by_top.get(location.top)
            if clone is None:
                tree = WorkTree(location, self._root, self._limits, hidden=self._hidden)
                clone = self._by_top[location.top] = Clone(tree)
            self._by_top.move_to_end(location.top)
            dropped = [self._by_top.popitem(last=False)[1] for _ in range(len(self._by_top) - _OPEN)]
        for old in dropped:
            old.close()
        return clone

    def read_file(self, contents_path: str) -> FileVersion:
        """A file of the server root as it lies there, in a clone or not. See :func:`.server_files.read`."""
        return server_files.read(self._root, contents_path, self._limits, hidden=self._hidden)

    def _locate(self, directory: Path) -> Location:
        """As :func:`.locate.find`, without a process where the nearest ``.git`` is one that was looked at before."""
        entry = locate.git_entry(directory)
        if entry is None or not locate.plainly_below(directory, entry):
            return locate.find(directory, self._limits)
        found = entry.stat()
        key = (entry, found.st_ino, found.st_mtime_ns if entry.is_file() else 0)
        with self._guard:
            known = self._by_entry.get(key)
        if known is not None:
            return known
        location = locate.find(directory, self._limits)
        with self._guard:
            if len(self._by_entry) >= 4 * _OPEN:
                self._by_entry.clear()
            self._by_entry[key] = location
        return location

    def close(self) -> None:
        with self._guard:
            clones = list(self._by_top.values())
            self._by_top.clear()
            self._by_entry.clear()
        for clone in clones:
            clone.close()

    def __enter__(self) -> Clones:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
