"""Bringing files back to HEAD, with a way back.

What is thrown away is first stored in a commit of the form that ``git stash`` makes (gitglossary(7), "stash entry":
work-tree commit with HEAD, the index and the untracked files as parents), restricted to the chosen files, so that
``git stash apply <ref>`` brings back exactly those. It is built with plumbing on an index of its own: neither the
user's index nor ``refs/stash`` is touched, and no file changes before the ref stands.
"""

from __future__ import annotations

import contextlib
import datetime
import os
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from ..contract.changes import DiscardResult
from ..contract.errors import ErrorCode, GitLabWorkflowError
from ..contract.paths import display_path
from . import revisions
from .index import FROM_STDIN, LITERAL, nul, selected, with_old
from .porcelain import Entry
from .worktree import WorkTree

REFS = "refs/gitlab-workflow/discarded/"
_IDENTITY = {
    f"GIT_{who}_{what}": value
    for who in ("AUTHOR", "COMMITTER")
    for what, value in (("NAME", "GitLab workflow"), ("EMAIL", "gitlab-workflow@localhost"))
}


def discard(tree: WorkTree, path_ids: Sequence[str]) -> DiscardResult:
    """Discards the changes of the files, staged or not; untracked files are removed.

    Raises ``file_changed`` if a file is saved in the very moment, ``bad_request`` for submodules, ``forbidden_path``
    for a file behind a link.
    """
    with tree.locks.writing(tree.git_dir, tree.limits.busy):
        entries = selected(tree, path_ids)
        chosen = {entry.path for entry in entries}
        for entry in entries:
            _check(tree, entry, chosen)
        if not entries:
            return DiscardResult(discarded=[], recovery_ref=None)
        before = _stamps(tree, entries)
        head = revisions.head(tree)
        ref = _store(tree, entries, head)
        if _stamps(tree, entries) != before:
            raise GitLabWorkflowError(
                ErrorCode.FILE_CHANGED,
                "A file was saved while it was being discarded, so nothing was discarded.",
                "Look at the changes and try again.",
            )
        _restore(tree, entries, head)
        return DiscardResult(discarded=[tree.file_path(entry.path) for entry in entries], recovery_ref=ref)


def _check(tree: WorkTree, entry: Entry, chosen: set[bytes]) -> None:
    if entry.submodule:
        raise GitLabWorkflowError(
            ErrorCode.BAD_REQUEST,
            f"“{display_path(entry.path)}” is a repository of its own; its state is not discarded from here.",
            "Open its folder and discard there, or use “git submodule update” in a terminal.",
        )
    parent = Path(tree.system(entry.path)).parent
    if not parent.resolve().is_relative_to(tree.top):
        raise GitLabWorkflowError(
            ErrorCode.FORBIDDEN_PATH,
            f"“{display_path(entry.path)}” lies behind a link that leads out of the repository.",
            "Remove the link in a terminal first.",
        )
    blocking = next((path for path in _in_the_place(tree, entry) if path not in chosen), None)
    if blocking is not None:
        raise GitLabWorkflowError(
            ErrorCode.WOULD_OVERWRITE,
            f"“{display_path(blocking)}” stands where “{display_path(entry.path)}” would come back.",
            "Discard both together, or move it away first.",
            names=[display_path(blocking)],
        )


def _in_the_place(tree: WorkTree, entry: Entry) -> Iterator[bytes]:
    """Files that git would silently remove to bring the entry back: a file as its folder, a folder in its place."""
    for path in with_old([entry]):
        parts = path.split(b"/")
        above = (b"/".join(parts[:depth]) for depth in range(1, len(parts)))
        for folder in above:
            name = tree.system(folder)
            if os.path.lexists(name) and (os.path.islink(name) or not os.path.isdir(name)):  # noqa: PTH112, PTH114
                yield folder
        name = tree.system(path)
        if os.path.isdir(name) and not os.path.islink(name):  # noqa: PTH112, PTH114
            for directory, _, files in os.walk(os.fsencode(name)):
                below = os.path.relpath(directory, os.fsencode(tree.top)).replace(os.fsencode(os.sep), b"/")
                yield from (below + b"/" + file for file in files)


def _stamps(tree: WorkTree, entries: list[Entry]) -> list[tuple[int, int] | None]:
    stamps: list[tuple[int, int] | None] = []
    for entry in entries:
        try:
            found = os.lstat(tree.system(entry.path))
            stamps.append((found.st_mtime_ns, found.st_size))
        except OSError:
            stamps.append(None)
    return stamps


@contextlib.contextmanager
def _index(tree: WorkTree) -> Iterator[dict[str, str]]:
    """The environment for an index file of our own."""
    with tempfile.TemporaryDirectory(prefix="gitlab-workflow-", dir=tree.git_dir) as directory:
        yield {"GIT_INDEX_FILE": os.path.join(directory, "index")}  # noqa: PTH118


def _store(tree: WorkTree, entries: list[Entry], head: str | None) -> str:
    """Writes the stash-like commit and its ref; before the first commit an empty one stands in for HEAD."""
    tracked = [entry for entry in entries if not entry.untracked or entry.index != "?"]
    untracked = [entry.path for entry in entries if entry.untracked]
    names = with_old(tracked)
    message = f"Discarded: {', '.join(display_path(entry.path) for entry in entries[:5])}"
    if len(entries) > 5:
        message += f" and {len(entries) - 5} more"
    with _index(tree) as env:
        tree.git.write("read-tree", *(["--empty"] if head is None else [head]), env=env)
        base = head or _commit(tree, _write_tree(tree, env), [], message)
        _update(tree, env, "--index-info", _staged_entries(tree, names, len(base)))
        index = _commit(tree, _write_tree(tree, env), [base], f"index of: {message}")
    with _index(tree) as env:
        tree.git.write("read-tree", base, env=env)
        on_disk = [path for path in names if path not in untracked]
        gone = [path for path in names if path in untracked]
        _update(tree, env, "--add", nul(on_disk), "--remove", "--replace", "--stdin")
        _update(tree, env, "--force-remove", nul(gone), "--stdin")
        work = _write_tree(tree, env)
    parents = [base, index]
    if untracked:
        with _index(tree) as env:
            tree.git.write("read-tree", "--empty", env=env)
            _update(tree, env, "--add", nul(untracked), "--stdin")
            parents.append(_commit(tree, _write_tree(tree, env), [], f"untracked files of: {message}"))
    stash = _commit(tree, work, parents, message)
    ref = REFS + datetime.datetime.now(tz=datetime.timezone.utc).strftime("%Y%m%dT%H%M%S.%fZ")
    tree.git.write("update-ref", "-m", "discard", ref, stash, "0" * len(stash))
    return ref


def _update(tree: WorkTree, env: dict[str, str], mode: str, stdin: bytes, *more: str) -> None:
    if stdin:
        tree.git.write("update-index", "-z", mode, *more, env=env, stdin=stdin, timeout=tree.limits.hooks)


def _staged_entries(tree: WorkTree, paths: list[bytes], oid_length: int) -> bytes:
    """What the user's index has for *paths*, as ``update-index --index-info -z`` takes it; gone ones as removals.

    Conflicted files have no single version there; they keep HEAD's.
    """
    if not paths:
        return b""
    wanted = set(paths)
    removals = dict.fromkeys(paths)
    lines = []
    for record in tree.git.read("ls-files", "--stage", "-z").stdout.split(b"\0")[:-1]:
        info, _, path = record.partition(b"\t")
        if path not in wanted:
            continue
        removals.pop(path, None)
        mode, oid, stage = info.split(b" ")
        if stage == b"0":
            lines.append(mode + b" " + oid + b" 0\t" + path + b"\0")
    null = b"0" * oid_length
    return b"".join([*(b"0 " + null + b" 0\t" + path + b"\0" for path in removals), *lines])


def _write_tree(tree: WorkTree, env: dict[str, str]) -> str:
    return tree.git.write("write-tree", env=env).line


def _commit(tree: WorkTree, written: str, parents: list[str], message: str) -> str:
    args = [part for parent in parents for part in ("-p", parent)]
    return tree.git.write("commit-tree", written, *args, "-F", "-", stdin=message.encode(), env=_IDENTITY).line


def _restore(tree: WorkTree, entries: list[Entry], head: str | None) -> None:
    for entry in entries:
        if entry.index == "?" or head is None:
            with contextlib.suppress(FileNotFoundError):
                os.unlink(tree.system(entry.path))  # noqa: PTH108 - the name may not be valid text
    names = with_old([entry for entry in entries if entry.index != "?"])
    if names and head is not None:
        restore = ("restore", "--quiet", "--source=HEAD", "--staged", "--worktree", "--ignore-skip-worktree-bits")
        tree.git.write(LITERAL, *restore, *FROM_STDIN, stdin=nul(names), timeout=tree.limits.hooks)
    elif names:
        tree.git.write(LITERAL, "rm", "--cached", "--force", "--quiet", *FROM_STDIN, stdin=nul(names))
