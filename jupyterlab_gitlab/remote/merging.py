"""Merging a merge request."""

from __future__ import annotations

from ..contract.errors import ErrorCode, GitLabWorkflowError
from ..contract.merge_requests import MergeBody, MergeRequest
from . import merge_request_data, merge_requests, mergeability
from .faults import RefusedError
from .scope import ProjectScope


def merge(scope: ProjectScope, iid: int, body: MergeBody) -> MergeRequest:
    """Merges exactly ``body.sha``, or has GitLab do it as soon as all checks pass.

    GitLab checks in this order (``lib/api/merge_requests.rb``): 401 may not merge, 409 another head, 405 (406 before
    16) can't be merged by its state, 422 the merge itself failed. What is done already, by a try whose answer got lost,
    is no failure.

    Raises
    ------
    GitLabWorkflowError: ``gitlab_forbidden``, ``head_moved``, ``not_mergeable``.
    """
    asked = {"sha": body.sha, "squash": body.squash, "should_remove_source_branch": body.remove_source_branch}
    if body.auto:
        asked |= {"auto_merge": True, "merge_when_pipeline_succeeds": True}  # the second one before GitLab 17.11
    try:
        scope.client.put(scope.merge_request_url(iid, "merge"), type(None), asked)
    except RefusedError as refused:
        if refused.http_status not in (401, 405, 406, 409, 422):
            raise
        fault = refused
    else:
        return merge_requests.get(scope, iid)
    if fault.http_status in (405, 406):
        now = merge_requests.get(scope, iid)
        if now.sha == body.sha and (now.state == "merged" or (body.auto and now.auto_merge is not None)):
            return now
    raise _why(scope, iid, fault)


def cancel_auto_merge(scope: ProjectScope, iid: int) -> MergeRequest:
    """None to cancel (406) is no failure: it was taken back, or it is merged.

    Raises
    ------
    GitLabWorkflowError: ``gitlab_forbidden``.
    """
    refused: RefusedError | None = None
    try:
        scope.client.post(scope.merge_request_url(iid, "cancel_merge_when_pipeline_succeeds"), type(None))
    except RefusedError as error:
        if error.http_status not in (401, 404, 405, 406):
            raise
        refused = error
    now = merge_requests.get(scope, iid)  # a token that does not serve any more shows here
    if refused is not None and now.auto_merge is not None:
        raise GitLabWorkflowError(
            ErrorCode.GITLAB_FORBIDDEN,
            "You may not cancel this automatic merge.",
            "Ask whoever set it, or a maintainer of the project.",
        )
    return now


def _why(scope: ProjectScope, iid: int, refused: RefusedError) -> GitLabWorkflowError:
    if refused.http_status == 409:
        return head_moved()
    now = merge_request_data.read(scope, iid)  # a token that does not serve any more shows here
    if refused.http_status == 401:
        return GitLabWorkflowError(
            ErrorCode.GITLAB_FORBIDDEN,
            f"You may not merge into {now.target_branch}.",
            "Ask a maintainer of the project to merge, or for the rights.",
        )
    decided = mergeability.of(now)
    if decided.mergeable:  # GitLab has no reason of its own, so its words have to do
        said = refused.said.removeprefix("405 ").removeprefix("406 ")
        reason, hint = f"GitLab refused the merge: {said or 'no reason given'}.", "Refresh and try again."
    else:
        reason, hint = f"It can't be merged: {decided.reason}", decided.hint
    return GitLabWorkflowError(
        ErrorCode.NOT_MERGEABLE, reason, hint, merge_status=decided.status, checking=decided.checking
    )


def head_moved() -> GitLabWorkflowError:
    """For a sha guard that failed."""
    return GitLabWorkflowError(
        ErrorCode.HEAD_MOVED,
        "Somebody has pushed new commits since you looked.",
        "Look at the new version, then try again.",
    )
