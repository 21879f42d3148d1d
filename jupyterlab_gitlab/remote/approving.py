"""Giving an approval and taking it back."""

from __future__ import annotations

from ..contract.errors import ErrorCode, GitLabWorkflowError
from ..contract.merge_requests import MergeRequest
from . import merge_requests
from .faults import RefusedError
from .merging import head_moved
from .scope import ProjectScope


def approve(scope: ProjectScope, iid: int, sha: str) -> MergeRequest:
    """An approval that is already there is no failure.

    Raises
    ------
    GitLabWorkflowError: ``head_moved``, ``gitlab_forbidden``.
    """
    refused = _post(scope, iid, "approve", {"sha": sha})
    if refused is not None and refused.http_status == 409:
        raise head_moved()
    found = merge_requests.get(scope, iid)  # a token that does not serve any more shows here
    has_approved = found.approvals is not None and found.approvals.user_has_approved
    if refused is not None and refused.http_status == 401 and not has_approved:
        raise GitLabWorkflowError(
            ErrorCode.GITLAB_FORBIDDEN,
            f"GitLab does not let you approve !{iid}.",
            "You may lack the rights in this project, or it does not let authors approve their own merge requests.",
        )
    return found


def unapprove(scope: ProjectScope, iid: int) -> MergeRequest:
    """No approval to take back is no failure."""
    _post(scope, iid, "unapprove", {})
    return merge_requests.get(scope, iid)


def _post(scope: ProjectScope, iid: int, verb: str, body: dict[str, str]) -> RefusedError | None:
    """The refusals that have a meaning: 304 and 404 nothing changed, 401 one may not, 409 another head."""
    try:
        scope.client.post(scope.merge_request_url(iid, verb), type(None), body)
    except RefusedError as refused:
        if refused.http_status in (304, 401, 404, 409):
            return refused
        raise
    return None
