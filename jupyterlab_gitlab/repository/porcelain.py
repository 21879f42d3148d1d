"""Reads ``git status --porcelain=v2 -z`` (git-status(1), "Porcelain Format Version 2")."""

from __future__ import annotations

from dataclasses import dataclass, field

SUBMODULE_MODE = "160000"


@dataclass(frozen=True)
class Entry:
    """One line. *index* and *worktree* are the letters of git-status(1): ``.`` is unchanged, ``?`` untracked.

    For a conflict they are git's two letters of it. *old_path* is set for renames and copies.
    """

    path: bytes
    index: str
    worktree: str
    old_path: bytes | None = None
    conflicted: bool = False
    submodule: bool = False

    @property
    def untracked(self) -> bool:
        return self.worktree == "?"

    @property
    def staged(self) -> bool:
        """Whether a commit would take something of it (false for conflicts, which no commit takes)."""
        return not self.conflicted and self.index not in (".", "?")


@dataclass
class Status:
    """*head* is null before the first commit, *branch* on a detached HEAD; both only with ``--branch``."""

    head: str | None = None
    branch: str | None = None
    entries: list[Entry] = field(default_factory=list)


def parse(output: bytes) -> Status:
    """Reads the whole output. Lines of an unknown kind are passed over, as git asks of its readers."""
    status = Status()
    records = iter(output.split(b"\0"))
    for record in records:
        kind, _, rest = record.partition(b" ")
        if kind == b"1":
            status.entries.append(_ordinary(rest.split(b" ", 7)))
        elif kind == b"2":
            status.entries.append(_renamed(rest.split(b" ", 8), next(records)))
        elif kind == b"u":
            status.entries.append(_unmerged(rest.split(b" ", 9)))
        elif kind == b"?":
            # A trailing slash marks a repository inside this one, which git lists as one untracked thing.
            path = rest.removesuffix(b"/")
            status.entries.append(Entry(path=path, index="?", worktree="?", submodule=path != rest))
        elif kind == b"#":
            _header(status, rest)
    return status


def _ordinary(fields: list[bytes]) -> Entry:
    letters = fields[0].decode("ascii")
    return Entry(
        path=fields[7],
        index=letters[0],
        worktree=letters[1],
        submodule=fields[1].startswith(b"S"),
    )


def _renamed(fields: list[bytes], old_path: bytes) -> Entry:
    letters = fields[0].decode("ascii")
    return Entry(
        path=fields[8],
        index=letters[0],
        worktree=letters[1],
        old_path=old_path,
        submodule=fields[1].startswith(b"S"),
    )


def _unmerged(fields: list[bytes]) -> Entry:
    letters = fields[0].decode("ascii")
    return Entry(
        path=fields[9],
        index=letters[0],
        worktree=letters[1],
        conflicted=True,
        submodule=fields[1].startswith(b"S"),
    )


def _header(status: Status, rest: bytes) -> None:
    name, _, value = rest.partition(b" ")
    if name == b"branch.oid" and value != b"(initial)":
        status.head = value.decode("ascii")
    elif name == b"branch.head" and value != b"(detached)":
        status.branch = value.decode("utf-8", "surrogateescape")
