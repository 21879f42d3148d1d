"""Revisions that come from outside, made into full shas before any other command sees them."""

from __future__ import annotations

import re

from ..contract.errors import ErrorCode, GitLabWorkflowError
from .worktree import WorkTree

_SHA = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")


def is_sha(text: str) -> bool:
    """Whether *text* is a full object name (SHA-1 or SHA-256)."""
    return _SHA.fullmatch(text) is not None


def head(tree: WorkTree) -> str | None:
    """The commit of HEAD, null before the first one."""
    answer = tree.git.read("rev-parse", "--verify", "--quiet", "HEAD^{commit}", ok=(0, 1))
    return answer.line if answer.code == 0 else None


def resolve(tree: WorkTree, revision: str) -> str:
    """The full sha of the commit that *revision* means (gitrevisions(7)).

    Raises ``revision_unknown``, or ``no_commits`` for HEAD before the first commit.
    """
    if revision and not revision.startswith("-") and revision.isprintable():
        answer = tree.git.read(
            "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}", ok=range(256)
        )
        if answer.code == 0 and is_sha(answer.line):
            return answer.line
        if revision == "HEAD":
            raise no_commits()
    raise unknown(revision)


def no_commits() -> GitLabWorkflowError:
    return GitLabWorkflowError(
        ErrorCode.NO_COMMITS, "This repository has no commit yet.", "Stage some files and make the first commit."
    )


def unknown(revision: str) -> GitLabWorkflowError:
    return GitLabWorkflowError(
        ErrorCode.REVISION_UNKNOWN,
        f"This clone has no commit “{revision}”.",
        "Fetch first; if it is still missing, it was removed on GitLab.",
    )
