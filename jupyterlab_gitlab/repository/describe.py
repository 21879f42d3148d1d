"""The clone in one reply: branch, upstream, remotes, author, and what is under way."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ..contract.repositories import HeadCommit, Remote, Repository, Upstream
from . import identity, remotes, settings
from .settings import Settings
from .times import utc
from .worktree import WorkTree

# gitrepository-layout(5) and git-status(1): what git leaves in the git directory while an operation waits for the user.
_OPERATIONS = (
    ("rebase-merge", "rebase"),
    ("rebase-apply", "rebase"),
    ("MERGE_HEAD", "merge"),
    ("CHERRY_PICK_HEAD", "cherry-pick"),
    ("REVERT_HEAD", "revert"),
    ("BISECT_LOG", "bisect"),
)
_UNPUSHED = 10_000  # counted at most
_FIELDS = "%00".join(
    (
        "%(objectname)",
        "%(upstream:remotename)",
        "%(upstream:remoteref)",
        "%(upstream)",
        "%(upstream:track)",
        "%(committerdate:unix)",
        "%(authorname)",
        "%(contents:subject)",
    )
)


@dataclass(frozen=True)
class Position:
    """Where HEAD is. *branch* is null if detached, *head* before the first commit.

    *upstream_ref* is the full name of the remote-tracking ref, there even if the branch is gone.
    """

    branch: str | None
    head: HeadCommit | None
    upstream: Upstream | None
    upstream_ref: str = ""


def operation(tree: WorkTree) -> str | None:
    """The operation that is under way, in the contract's words."""
    return next((name for entry, name in _OPERATIONS if (tree.git_dir / entry).exists()), None)


def current_branch(tree: WorkTree) -> str | None:
    """The short name of the branch that HEAD is on (it may have no commit yet), null if detached."""
    answer = tree.git.read("symbolic-ref", "--quiet", "HEAD", ok=(0, 1))
    name = answer.stdout.decode("utf-8", "surrogateescape").rstrip("\n")
    return name.removeprefix("refs/heads/") if answer.code == 0 else None


def position(tree: WorkTree) -> Position:
    branch = current_branch(tree)
    if branch is None:
        line = tree.git.read("log", "-1", "--format=%H%x00%ct%x00%an%x00%s", "HEAD", "--").stdout
        sha, time, author, title = _text(line).rstrip("\n").split("\0", 3)
        return Position(None, HeadCommit(sha=sha, title=title, author_name=author, committed_at=utc(time)), None)
    answer = tree.git.read("for-each-ref", f"--format={_FIELDS}", f"refs/heads/{branch}").stdout
    # The pattern also matches "branch/…", which can't exist beside "branch".
    if not answer:
        return Position(branch, None, None)
    sha, remote, ref, tracked, track, time, author, title = _text(answer).rstrip("\n").split("\0", 7)
    head = HeadCommit(sha=sha, title=title, author_name=author, committed_at=utc(time))
    upstream = None
    if remote and ref:
        ahead, behind, gone = tracking(track)
        upstream = Upstream(
            remote=remote, branch=ref.removeprefix("refs/heads/"), ahead=ahead or 0, behind=behind or 0, gone=gone
        )
    return Position(branch, head, upstream, tracked)


def tracking(track: str) -> tuple[int | None, int | None, bool]:
    """Ahead, behind and gone of ``upstream:track`` (git-for-each-ref(1)): ``[ahead N, behind M]``, ``[gone]`` or empty.

    The counts are null for a branch that is gone.
    """
    if "gone" in track:
        return None, None, True
    counts = {word: int(number) for word, number in re.findall(r"(ahead|behind) (\d+)", track)}
    return counts.get("ahead", 0), counts.get("behind", 0), False


def list_remotes(tree: WorkTree) -> list[Remote]:
    """Every remote with the URL that git would fetch from (``insteadOf`` applied)."""
    found: list[Remote] = []
    for line in _text(tree.git.read("remote", "-v").stdout).splitlines():
        name, separator, rest = line.partition("\t")
        url, marker, _ = rest.rpartition(" (fetch)")
        if separator and marker and url and all(name != each.name for each in found):
            found.append(remotes.remote(name, url))
    return found


def url_of(tree: WorkTree, name: str) -> str | None:
    """The URL that git fetches *name* from, credentials included: for git and for comparing hosts, never to show."""
    return _url(tree, "--", name)


def push_url_of(tree: WorkTree, name: str) -> str | None:
    """As :func:`url_of`, for pushing (``pushurl`` and ``pushInsteadOf`` applied)."""
    return _url(tree, "--push", "--", name)


def _url(tree: WorkTree, *args: str) -> str | None:
    answer = tree.git.read("remote", "get-url", *args, ok=range(256))
    return answer.stdout.decode("utf-8", "surrogateescape").rstrip("\n") if answer.code == 0 else None


def describe(tree: WorkTree) -> Repository:
    where = position(tree)
    configured = settings.read(tree.git)
    known = list_remotes(tree)
    chosen = remotes.choose(known, upstream_remote(where, configured))
    return Repository(
        id=tree.id,
        name=tree.name,
        folder=tree.folder,
        branch=None if where.branch is None else _clean(where.branch),
        head=where.head,
        upstream=where.upstream,
        unpushed=_unpushed(tree, where, chosen),
        operation=operation(tree),
        remotes=known,
        remote=chosen,
        identity=identity.of(configured),
    )


def upstream_remote(where: Position, configured: Settings) -> str | None:
    """The remote of the branch's upstream; also before the first commit, when only the configuration knows it."""
    if where.upstream is not None:
        return where.upstream.remote
    return None if where.branch is None else configured.get(f"branch.{where.branch}.remote")


def _unpushed(tree: WorkTree, where: Position, remote: Remote | None) -> int:
    if where.head is None or remote is None:
        return 0
    answer = tree.git.read(
        "rev-list", "--count", f"--max-count={_UNPUSHED}", where.head.sha, "--not", f"--remotes={remote.name}", "--"
    )
    return int(answer.line)


def _text(output: bytes) -> str:
    return output.decode("utf-8", "replace")


def _clean(text: str) -> str:
    return text.encode("utf-8", "replace").decode()
