"""Versions of files: in a commit, in the index, in the work tree."""

from __future__ import annotations

from ..contract.errors import ErrorCode, GitLabWorkflowError
from . import revisions, work_files
from .porcelain import SUBMODULE_MODE
from .readers import Object, Readers
from .revisions import is_sha
from .values import ABSENT, FileKind, FileVersion
from .worktree import WorkTree

_LINK_MODE = "120000"
_TREE_MODE = "40000"


def read(tree: WorkTree, readers: Readers, revision: str, path: bytes) -> FileVersion:
    """The version of *path* in *revision*: a full sha of a commit, ``HEAD``, ``INDEX``, ``WORKTREE`` or ``EMPTY``.

    ``INDEX`` of a conflicted file is "ours". Raises ``revision_unknown``, ``no_commits``; a file that the revision does
    not have is ``absent``.
    """
    if revision == "EMPTY":
        return ABSENT
    if revision == "WORKTREE":
        return work_files.read(tree, path)
    if revision == "INDEX":
        return _in_index(tree, readers, path)
    if revision == "HEAD":
        head = readers.get("HEAD^{commit}")
        if head is None:
            if revisions.head(tree) is None:
                raise revisions.no_commits()
            raise revisions.unknown(revision)
        return _in_commit(readers, head, path)
    if not is_sha(revision):
        raise GitLabWorkflowError(
            ErrorCode.BAD_REQUEST,
            f"“{revision}” is not a version of a file.",
            "Name a full commit id, or HEAD, INDEX, WORKTREE or EMPTY.",
        )
    return _in_commit(readers, readers.require(revision), path)


def read_blob(readers: Readers, oid: str) -> FileVersion:
    """A blob by its id (``revision_unknown`` if the clone has none)."""
    found = readers.require(oid)
    if found.kind != "blob":
        raise revisions.unknown(oid)
    return FileVersion(kind="file", oid=oid, size=found.size, data=found.data, mode="100644")


def has_commits(readers: Readers, shas: list[str]) -> bool:
    """Whether every one of *shas* is a commit of this clone."""
    return not missing_commits(readers, shas)


def missing_commits(readers: Readers, shas: list[str]) -> list[str]:
    """Those of *shas* that this clone lacks; ``bad_request`` for what is no full sha."""
    missing = []
    for sha in dict.fromkeys(shas):
        if not is_sha(sha):
            raise GitLabWorkflowError(
                ErrorCode.BAD_REQUEST, f"“{sha}” is not a full commit id.", "Reload the merge request."
            )
        found = readers.get(sha)
        if found is None or found.kind != "commit":
            missing.append(sha)
    return missing


def _in_index(tree: WorkTree, readers: Readers, path: bytes) -> FileVersion:
    name = path.decode("utf-8", "surrogateescape")
    answer = tree.git.read("--literal-pathspecs", "ls-files", "--stage", "-z", "--", name)
    by_stage: dict[bytes, tuple[str, str]] = {}
    for record in answer.stdout.split(b"\0")[:-1]:
        info, _, found = record.partition(b"\t")
        mode, oid, stage = info.split(b" ")
        if found == path:
            by_stage[stage] = (mode.decode("ascii"), oid.decode("ascii"))
    for stage in (b"0", b"2", b"3", b"1"):
        if stage in by_stage:
            return _version(readers, *by_stage[stage])
    return ABSENT


def _in_commit(readers: Readers, commit: Object, path: bytes) -> FileVersion:
    """Walks the tree objects: exact for every name, where ``sha:path`` would stumble over a line feed."""
    if commit.kind != "commit" or commit.data is None:
        raise revisions.unknown(commit.oid)
    mode, oid = _TREE_MODE, commit.data[len(b"tree ") : commit.data.index(b"\n")].decode("ascii")
    for part in path.split(b"/"):
        if mode != _TREE_MODE:
            return ABSENT
        entry = _entry(readers.require(oid), part)
        if entry is None:
            return ABSENT
        mode, oid = entry
    return _version(readers, mode, oid)


def _entry(tree: Object, name: bytes) -> tuple[str, str] | None:
    """Mode and id of *name* in a tree object: entries are ``mode SP name NUL id`` with the id in binary."""
    data = tree.data
    if data is None:
        return None
    width = len(tree.oid) // 2
    start = 0
    while start < len(data):
        stop = data.index(b"\0", start)
        mode, _, found = data[start:stop].partition(b" ")
        if found == name:
            return mode.decode("ascii"), data[stop + 1 : stop + 1 + width].hex()
        start = stop + 1 + width
    return None


def _version(readers: Readers, mode: str, oid: str) -> FileVersion:
    if mode == SUBMODULE_MODE:
        return FileVersion(kind="submodule", oid=oid, mode=mode)
    if mode == _TREE_MODE:
        return FileVersion(kind="directory", oid=oid, mode=mode)
    blob = readers.require(oid)
    kind: FileKind = "symlink" if mode == _LINK_MODE else "file"
    return FileVersion(kind=kind, oid=oid, size=blob.size, data=blob.data, mode=mode)
