"""The files that differ between two commits, from git objects, whatever the user configured."""

from __future__ import annotations

from typing import Literal

from ..contract.merge_requests import MergeRequestFile
from . import revisions
from .revisions import is_sha
from .worktree import WorkTree

_STATUS: dict[str, Literal["added", "modified", "deleted", "renamed", "type_changed"]] = {
    "A": "added",
    "D": "deleted",
    "M": "modified",
    "R": "renamed",
    "T": "type_changed",
}
_MAX_RENAMES = 1000  # candidates on a side; above, git pairs equal contents only (GitLab has the same default)
_Counts = tuple[int | None, int | None]


def compare(tree: WorkTree, base: str, head: str) -> list[MergeRequestFile]:
    """The files of ``base..head`` by path, with renames at 30 % similarity as GitLab finds them. One process.

    Raises ``revision_unknown`` if the clone lacks one of the two commits.
    """
    for sha in (base, head):
        if not is_sha(sha):
            raise revisions.unknown(sha)
    answer = tree.git.read(
        "diff-tree",
        "-r",
        "-z",
        "--raw",
        "--numstat",
        "--no-abbrev",
        "--no-commit-id",
        "--find-renames=30%",
        f"-l{_MAX_RENAMES}",
        "--diff-algorithm=default",
        "--no-ext-diff",
        "--no-textconv",
        "--ignore-submodules=none",
        base,
        head,
        "--",
        ok=(0, 128),
    )
    if answer.code == 128:
        for sha in (base, head):
            revisions.resolve(tree, sha)
        raise revisions.unknown(f"{base[:8]}..{head[:8]}")
    return parse(tree, answer.stdout)


def parse(tree: WorkTree, output: bytes) -> list[MergeRequestFile]:
    """Reads ``--raw --numstat -z`` (git-diff-tree(1), "RAW OUTPUT FORMAT"): all raw records, then all counts."""
    fields = output.split(b"\0")[:-1]
    raw: list[tuple[list[str], bytes, bytes | None]] = []
    at = 0
    while at < len(fields) and fields[at].startswith(b":"):
        info = fields[at].decode("ascii")[1:].split(" ")
        renamed = info[4][0] in "RC"
        old = fields[at + 1] if renamed else None
        raw.append((info, fields[at + 2] if renamed else fields[at + 1], old))
        at += 3 if renamed else 2
    counts = _counts(fields[at:])
    files = [_file(tree, info, path, old, counts.get(path, (None, None))) for info, path, old in raw]
    return sorted(files, key=lambda file: tree.path_of_id(file.path.id))


def _counts(fields: list[bytes]) -> dict[bytes, _Counts]:
    """Additions and deletions by (new) path; ``-`` marks a binary file. A rename's two paths follow in fields."""
    found: dict[bytes, _Counts] = {}
    at = 0
    while at < len(fields):
        added, deleted, path = fields[at].split(b"\t", 2)
        if not path:
            path = fields[at + 2]
            at += 2
        found[path] = (_number(added), _number(deleted))
        at += 1
    return found


def _number(field: bytes) -> int | None:
    return None if field == b"-" else int(field)


def _file(tree: WorkTree, info: list[str], path: bytes, old: bytes | None, counts: _Counts) -> MergeRequestFile:
    _, _, old_blob, new_blob, status = info
    return MergeRequestFile(
        path=tree.file_path(path),
        old_path=None if old is None else tree.file_path(old),
        status=_STATUS.get(status[0], "modified"),
        notebook=path.lower().endswith(b".ipynb"),
        additions=counts[0],
        deletions=counts[1],
        old_blob=None if set(old_blob) == {"0"} else old_blob,
        new_blob=None if set(new_blob) == {"0"} else new_blob,
    )


def merge_base(tree: WorkTree, one: str, other: str) -> str | None:
    """The best common ancestor of two commits, null if their histories are unrelated."""
    shas = [revisions.resolve(tree, one), revisions.resolve(tree, other)]
    answer = tree.git.read("merge-base", *shas, ok=(0, 1))
    return answer.line if answer.code == 0 else None


def first_parent(tree: WorkTree, sha: str) -> str:
    """The commit before *sha* on its own line; the empty tree for a first commit. Raises ``revision_unknown``."""
    commit = revisions.resolve(tree, sha)
    answer = tree.git.read("rev-parse", "--verify", "--quiet", f"{commit}^1", ok=(0, 1))
    return answer.line if answer.code == 0 else tree.git.read("hash-object", "-t", "tree", "--stdin", stdin=b"").line
