"""Failures after which GitLab may have done what it was asked for."""

from __future__ import annotations

from ..contract.errors import ErrorCode, GitLabWorkflowError

_IN_DOUBT = frozenset({ErrorCode.GITLAB_TIMEOUT, ErrorCode.GITLAB_UNREACHABLE, ErrorCode.GITLAB_ERROR})


def in_doubt(error: GitLabWorkflowError) -> bool:
    """Whether GitLab has not clearly refused: no answer came, or one that says nothing."""
    return error.code in _IN_DOUBT
