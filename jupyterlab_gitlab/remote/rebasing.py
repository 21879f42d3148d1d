"""Rebasing the source branch of a merge request onto its target branch, by GitLab."""

from __future__ import annotations

from ..contract.errors import ErrorCode, GitLabWorkflowError
from ..contract.merge_requests import MergeRequest
from . import entities, merge_requests
from .faults import RefusedError
from .scope import ProjectScope


def rebase(scope: ProjectScope, iid: int) -> MergeRequest:
    """Asks for it. GitLab works on it after its answer (202); how it went shows in the merge request.

    GitLab refuses with 403 and a reason who may not push to the source branch, and with 409 while the merge request is
    locked or not open (``lib/api/merge_requests.rb``).

    Raises
    ------
    GitLabWorkflowError: ``gitlab_forbidden`` with the reason, ``rebase_refused``.
    """
    try:
        scope.client.put(scope.merge_request_url(iid, "rebase"), entities.Rebase, {})
    except RefusedError as refused:
        if refused.http_status not in (403, 409) or refused.code is ErrorCode.TOKEN_SCOPE_MISSING:
            raise
        fault = refused
    else:
        return merge_requests.get(scope, iid)  # at it, or done already
    now = merge_requests.get(scope, iid)
    if now.rebase_in_progress:
        return now  # asked for twice
    if fault.http_status == 403:
        reason = fault.said.removeprefix("403 Forbidden").lstrip(" -")
        raise GitLabWorkflowError(
            ErrorCode.GITLAB_FORBIDDEN,
            f"GitLab does not rebase {now.source_branch} for you: {reason or 'no reason given'}.",
            "Whoever may push to the source branch can rebase it: here, on GitLab, or with git.",
        )
    raise GitLabWorkflowError(
        ErrorCode.REBASE_REFUSED,
        "GitLab can't rebase this merge request now.",
        "Something else is being done to it, or it is not open. Refresh and try again.",
    )
