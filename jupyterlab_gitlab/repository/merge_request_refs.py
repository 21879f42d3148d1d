"""Brings the commits of a merge request into the clone.

GitLab serves the head of every merge request as ``refs/merge-requests/<iid>/head`` of the target project, forks
included. It is kept under ``refs/gitlab/merge-requests/…``, which no branch list shows and no push sends. Older
versions of the diff, and a target branch that has moved on, are fetched by commit id and kept under refs of their own.
In a partial clone the blobs that a comparison needs are fetched with them, in one request: reading never fetches.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from ..contract.errors import ErrorCode, GitLabWorkflowError
from . import describe, network, objects, settings
from .porcelain import SUBMODULE_MODE
from .readers import Readers
from .remotes import parse_url, without_credentials
from .values import Cancel, Credential
from .worktree import WorkTree

_FETCH = (
    "fetch",
    "--quiet",
    "--no-tags",
    "--no-write-fetch-head",
    "--recurse-submodules=no",
    "--no-auto-maintenance",
    "--no-prune",
    "--no-filter",
)


def fetch(
    tree: WorkTree,
    readers: Readers,
    source: str,
    slug: str,
    iid: int,
    shas: Sequence[str],
    *,
    credential: Credential | None = None,
    cancel: Cancel | None = None,
) -> None:
    """Makes sure that the commits *shas* are here: no request if they are, one if the head has them, else two.

    Raises ``revision_unknown`` for commits that GitLab no longer has, and the errors of a fetch.
    """
    missing = objects.missing_commits(readers, list(shas))
    partial = len(shas) > 1 and is_partial(tree)
    if not missing and not partial:
        return
    url = _url(tree, source)
    with tree.locks.fetching(tree.limits.local):
        if missing:
            _fetch_commits(tree, readers, url, slug, iid, missing, credential, cancel)
        if partial:
            _fetch_blobs(tree, url, list(shas), credential, cancel)


def _fetch_commits(
    tree: WorkTree,
    readers: Readers,
    url: str,
    slug: str,
    iid: int,
    missing: list[str],
    credential: Credential | None,
    cancel: Cancel | None,
) -> None:
    refs = refs_of(slug, iid)
    # by its name a remote's own filter holds
    options, remote = (_FETCH[:-1], "origin") if tree.blobless else (_FETCH, url)
    head = f"+refs/merge-requests/{iid:d}/head:{refs}/head"
    first = network.talk(tree, url, *options, "--", remote, head, credential=credential, cancel=cancel)
    missing = objects.missing_commits(readers, missing)
    if not missing:
        return
    by_id = [f"{sha}:{refs}/{sha}" for sha in missing]
    second = network.talk(tree, url, *options, "--", remote, *by_id, credential=credential, cancel=cancel)
    missing = objects.missing_commits(readers, missing)
    if not missing:
        return
    network.check(first, url)
    raise GitLabWorkflowError(
        ErrorCode.REVISION_UNKNOWN,
        f"GitLab no longer has the commit {missing[0][:8]} of !{iid}.",
        "Look at the newest version of the merge request instead.",
        output=second.text,
    )


def refs_of(slug: str, iid: int) -> str:
    """What the names of a merge request's refs begin with; *slug* is the project's full path or id."""
    return f"refs/gitlab/merge-requests/{_slug(slug)}/{iid:d}"


def is_partial(tree: WorkTree) -> bool:
    """Whether the clone may lack blobs of the commits that it has."""
    configured = settings.read(tree.git)
    return configured.get("extensions.partialclone") is not None or any(
        configured.flag(f"remote.{name}.promisor") for name in configured.subsections("remote", "promisor")
    )


def _fetch_blobs(
    tree: WorkTree, url: str, shas: list[str], credential: Credential | None, cancel: Cancel | None
) -> None:
    """Fetches the blobs in which the commits differ, each from the next one; nothing if all are here."""
    oids: dict[str, None] = {}
    for one, other in itertools.pairwise(shas):
        answer = tree.git.read("diff-tree", "-r", "-z", "--raw", "--no-abbrev", "--no-renames", one, other, "--")
        for record in answer.stdout.split(b"\0")[:-1:2]:
            info = record.decode("ascii").lstrip(":").split(" ")
            sides = zip(info[0:2], info[2:4], strict=True)
            oids.update((oid, None) for mode, oid in sides if mode not in ("000000", SUBMODULE_MODE))
    missing = missing_objects(tree, list(oids))
    if missing:
        args = ("-c", "fetch.negotiationAlgorithm=noop", *_FETCH, "--stdin", "--", url)
        stdin = "".join(f"{oid}\n" for oid in missing).encode()
        network.check(network.talk(tree, url, *args, stdin=stdin, credential=credential, cancel=cancel), url)


def missing_objects(tree: WorkTree, oids: Sequence[str]) -> list[str]:
    """Those of *oids* that a partial clone lacks; one process, nothing is fetched."""
    if not oids:
        return []
    # "rev-list --missing" walks; asking for each id would make versions before 2.45 stop at the first missing one.
    objects_here = tree.git.read("cat-file", "--batch-check=%(objectname)", "--batch-all-objects", "--unordered")
    here = set(objects_here.stdout.decode("ascii").split())
    return [oid for oid in oids if oid not in here]


def _url(tree: WorkTree, source: str) -> str:
    """*source* as a URL; the name of a remote is looked up. ``bad_request`` for anything else or with a password."""
    local = source.startswith("file:///")
    url = source if local or parse_url(source) else describe.url_of(tree, source)
    if url is None or url.startswith("-") or (url == source and url != without_credentials(url)):
        raise GitLabWorkflowError(
            ErrorCode.BAD_REQUEST, "That is no address to fetch from.", "Reload the merge request and try again."
        )
    return url


def _slug(text: str) -> str:
    """*text* as parts of a ref name: each character that git-check-ref-format(1) could refuse becomes ``-``."""
    parts = (re.sub(r"[^0-9A-Za-z_-]", "-", part).strip("-") for part in text.split("/"))
    return "/".join(part for part in parts if part) or "project"
