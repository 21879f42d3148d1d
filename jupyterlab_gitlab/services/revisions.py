"""Revisions as the browser may name them: a keyword or a full sha, so that no text of its own reaches git."""

from __future__ import annotations

import re

from ..contract.errors import ErrorCode, GitLabWorkflowError

HEAD, INDEX, WORKTREE, EMPTY = "HEAD", "INDEX", "WORKTREE", "EMPTY"
KEYWORDS = frozenset({HEAD, INDEX, WORKTREE, EMPTY})
CONTENTS = "CONTENTS"
"""Not git's: a file as it lies on the disk, named by its contents path instead of its path in a clone."""
_SHA = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")


def is_sha(revision: str) -> bool:
    """Whether *revision* is a full object name (SHA-1 or SHA-256)."""
    return _SHA.fullmatch(revision) is not None


def checked_sha(revision: str) -> str:
    """*revision*, which must be a full object name.

    Raises
    ------
    GitLabWorkflowError: ``bad_request``.
    """
    if not is_sha(revision):
        raise GitLabWorkflowError(ErrorCode.BAD_REQUEST, f"{revision!r} is not a full commit id.")
    return revision


def checked_revision(revision: str) -> str:
    """*revision*, which must be a keyword or a full object name.

    Raises
    ------
    GitLabWorkflowError: ``bad_request``.
    """
    if revision in KEYWORDS or is_sha(revision):
        return revision
    raise GitLabWorkflowError(
        ErrorCode.BAD_REQUEST,
        f"{revision!r} is no revision: use a full commit id, HEAD, INDEX, WORKTREE, CONTENTS or EMPTY.",
    )
