"""Merge requests of the repository's project."""

from __future__ import annotations

from ..contract.errors import ErrorCode, GitLabWorkflowError
from ..contract.merge_requests import (
    ApproveBody,
    CreateMergeRequestBody,
    MergeBody,
    MergeRequest,
    MergeRequestCommits,
    MergeRequestCounts,
    MergeRequestPage,
    MergeRequestsParams,
    UpdateMergeRequestBody,
    Versions,
)
from ..contract.paths import FolderParams
from ..repository import Clone
from .context import ServiceContext
from .revisions import checked_sha

# GitLab's limits for offset paging
MOST_PER_PAGE = 100
MOST_ROWS = 50_000


def listed(context: ServiceContext, params: MergeRequestsParams) -> MergeRequestPage:
    """One page of a list.

    Raises
    ------
    GitLabWorkflowError: ``bad_request`` for a page that GitLab would refuse; what :mod:`..remote` raises.
    """
    if not 1 <= params.per_page <= MOST_PER_PAGE or not 1 <= params.page <= MOST_ROWS // params.per_page:
        raise GitLabWorkflowError(
            ErrorCode.BAD_REQUEST, f"Pages are counted from 1 and hold 1 to {MOST_PER_PAGE} merge requests."
        )
    return context.project(params.folder).merge_requests(params)


def counts(context: ServiceContext, params: FolderParams) -> MergeRequestCounts:
    """How many open merge requests each list has."""
    return context.project(params.folder).merge_request_counts()


def get(context: ServiceContext, params: FolderParams, iid: int) -> MergeRequest:
    """One merge request."""
    return context.project(params.folder).merge_request(iid)


def create(context: ServiceContext, params: FolderParams, body: CreateMergeRequestBody) -> MergeRequest:
    """Opens a merge request for a branch that GitLab knows.

    Raises
    ------
    GitLabWorkflowError: ``bad_request`` for an empty title or a branch onto itself, ``no_upstream`` if the branch was
        never pushed, ``merge_request_exists`` with the number of the open one.
    """
    if not body.title.strip():
        raise GitLabWorkflowError(ErrorCode.BAD_REQUEST, "A merge request needs a title.")
    if not body.source_branch or not body.target_branch:
        raise GitLabWorkflowError(ErrorCode.BAD_REQUEST, "A merge request needs a source and a target branch.")
    clone = context.clone(params.folder)
    _require_pushed(clone, body.source_branch)
    return context.project_of(clone).create_merge_request(body)


def _require_pushed(clone: Clone, branch: str) -> None:
    """A local branch that no remote has can't be merged; a branch that is not here at all is GitLab's to judge."""
    found = [one for one in clone.branches().branches if one.name == branch]
    if found and all(one.remote is None and one.upstream is None for one in found):
        raise GitLabWorkflowError(
            ErrorCode.NO_UPSTREAM,
            f"The branch {branch} is not on GitLab yet.",
            "Push it first, then open the merge request.",
        )


def update(context: ServiceContext, params: FolderParams, iid: int, body: UpdateMergeRequestBody) -> MergeRequest:
    """Changes what the body gives."""
    if body.title is not None and not body.title.strip():
        raise GitLabWorkflowError(ErrorCode.BAD_REQUEST, "A merge request needs a title.")
    return context.project(params.folder).update_merge_request(iid, body)


def commits(context: ServiceContext, params: FolderParams, iid: int) -> MergeRequestCommits:
    """Its commits, newest first."""
    return context.project(params.folder).commits(iid)


def versions(context: ServiceContext, params: FolderParams, iid: int) -> Versions:
    """The versions of its diff, newest first."""
    return context.project(params.folder).versions(iid)


def approve(context: ServiceContext, params: FolderParams, iid: int, body: ApproveBody) -> MergeRequest:
    """Approves exactly the commit that was looked at."""
    return context.project(params.folder).approve(iid, checked_sha(body.sha))


def unapprove(context: ServiceContext, params: FolderParams, iid: int) -> MergeRequest:
    """Takes the approval back."""
    return context.project(params.folder).unapprove(iid)


def merge(context: ServiceContext, params: FolderParams, iid: int, body: MergeBody) -> MergeRequest:
    """Merges exactly the commit that was looked at."""
    checked_sha(body.sha)
    return context.project(params.folder).merge(iid, body)


def cancel_auto_merge(context: ServiceContext, params: FolderParams, iid: int) -> MergeRequest:
    """It is not merged by itself any more."""
    return context.project(params.folder).cancel_auto_merge(iid)


def rebase(context: ServiceContext, params: FolderParams, iid: int) -> MergeRequest:
    """Has GitLab put the source branch on the target branch."""
    return context.project(params.folder).rebase(iid)
