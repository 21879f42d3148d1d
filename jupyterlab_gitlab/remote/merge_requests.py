"""One merge request: read, create, change."""

from __future__ import annotations

import re
from typing import Any

from ..contract.errors import ErrorCode, GitLabWorkflowError
from ..contract.merge_requests import (
    AutoMerge,
    CreateMergeRequestBody,
    MergeRequest,
    UpdateMergeRequestBody,
)
from . import approvals, discussions, entities, mergeability
from .doubt import in_doubt
from .faults import RefusedError
from .merge_request_data import diff_refs, read, state
from .parallel import together
from .projects import milestone, user, user_or_none
from .scope import DEVELOPER, ProjectScope, project_url
from .times import utc, utc_or_none
from .titles import with_draft

_EXISTING = re.compile(r"!(\d+)")
_ALL = {"include_rebase_in_progress": "true", "include_diverged_commits_count": "true"}
# GitLab's way to say "nobody" (https://docs.gitlab.com/api/merge_requests/#update-mr)
_NOBODY = [0]
_MOST_COUNTED = 100


def get(scope: ProjectScope, iid: int) -> MergeRequest:
    return _whole(scope, read(scope, iid, _ALL))


def create(scope: ProjectScope, body: CreateMergeRequestBody) -> MergeRequest:
    """Opens a merge request. If no answer comes, GitLab is asked whether it is there.

    Raises
    ------
    GitLabWorkflowError: ``merge_request_exists`` with ``details["iid"]``, null if GitLab did not say which.
    """
    asked: dict[str, Any] = {
        "title": with_draft(body.title, body.draft),
        "source_branch": body.source_branch,
        "target_branch": body.target_branch,
        "target_project_id": scope.target.id,
        "description": body.description,
        "labels": ",".join(body.labels),
        "assignee_ids": body.assignee_ids,
        "reviewer_ids": body.reviewer_ids,
        "squash": body.squash,
        "remove_source_branch": body.remove_source_branch,
    }
    if body.milestone_id:
        asked["milestone_id"] = body.milestone_id
    try:
        made = scope.client.post(project_url(scope.source.id, "merge_requests"), entities.MergeRequest, asked).iid
    except GitLabWorkflowError as error:
        if isinstance(error, RefusedError) and error.http_status == 409:
            made = None
            number = _EXISTING.search(error.said)
            iid = int(number[1]) if number else None
        else:
            made = _arrived(scope, asked) if in_doubt(error) else None
            if made is None:
                raise
    if made is not None:
        return get(scope, made)
    raise GitLabWorkflowError(
        ErrorCode.MERGE_REQUEST_EXISTS,
        f"The branch {body.source_branch} already has an open merge request{f': !{iid}' if iid else ''}.",
        "Open that one: what you push to the branch becomes part of it.",
        iid=iid,
    )


def _arrived(scope: ProjectScope, asked: dict[str, Any]) -> int | None:
    """The merge request that *asked* opened without an answer; null if there is none, or GitLab can't be asked."""
    query = {name: asked[name] for name in ("source_branch", "target_branch")} | {"state": "opened"}
    try:
        found = scope.client.page(scope.url("merge_requests"), entities.MergeRequest, query).items
    except GitLabWorkflowError:
        return None
    mine = (each for each in found if each.author.id == scope.me.id and each.title == asked["title"])
    return next((each.iid for each in mine if each.source_project_id == scope.source.id), None)


def update(scope: ProjectScope, iid: int, body: UpdateMergeRequestBody) -> MergeRequest:
    given: dict[str, Any] = {
        "description": body.description,
        "target_branch": body.target_branch,
        "labels": None if body.labels is None else ",".join(body.labels),
        "assignee_ids": None if body.assignee_ids is None else body.assignee_ids or _NOBODY,
        "reviewer_ids": None if body.reviewer_ids is None else body.reviewer_ids or _NOBODY,
        "milestone_id": body.milestone_id,
        "squash": body.squash,
        "remove_source_branch": body.remove_source_branch,
        "state_event": body.state_event,
        "title": _title(scope, iid, body),
    }
    asked = {name: value for name, value in given.items() if value is not None}
    if asked:
        scope.client.put(scope.merge_request_url(iid), type(None), asked)
    return get(scope, iid)


def _title(scope: ProjectScope, iid: int, body: UpdateMergeRequestBody) -> str | None:
    """The title to send: what is not given, text or draft state, stays as it is."""
    if body.title is None and body.draft is None:
        return None
    if body.title is not None and body.draft is not None:
        return with_draft(body.title, body.draft)
    now = read(scope, iid)
    return with_draft(now.title if body.title is None else body.title, now.draft if body.draft is None else body.draft)


def _whole(scope: ProjectScope, found: entities.MergeRequest) -> MergeRequest:
    """The contract's merge request: with what only further questions to GitLab can tell."""
    given, unresolved = together(
        lambda: approvals.read(scope, found.iid),
        lambda: _unresolved(scope, found),
    )
    removed = found.force_remove_source_branch if found.should_remove_source_branch is None else True
    can_merge = found.user is not None and found.user.can_merge
    return MergeRequest(
        iid=found.iid,
        title=found.title,
        description=found.description or "",
        state=state(found),
        draft=found.draft,
        author=user(found.author),
        assignees=[user(each) for each in found.assignees],
        reviewers=[user(each) for each in found.reviewers],
        labels=found.labels,
        milestone=milestone(found.milestone) if found.milestone else None,
        source_branch=found.source_branch,
        target_branch=found.target_branch,
        source_project_id=found.source_project_id,
        target_project_id=found.target_project_id,
        created_at=utc(found.created_at),
        updated_at=utc(found.updated_at),
        merged_at=utc_or_none(found.merged_at),
        merged_by=user_or_none(found.merge_user or found.merged_by),
        closed_at=utc_or_none(found.closed_at),
        web_url=found.web_url,
        sha=found.sha,
        diff_refs=diff_refs(found.diff_refs),
        squash=found.squash,
        remove_source_branch=bool(removed),
        comments=found.user_notes_count,
        unresolved=unresolved,
        pipeline_status=found.head_pipeline.status if found.head_pipeline else None,
        mergeability=mergeability.of(found),
        approvals=given,
        auto_merge=_auto_merge(found),
        rebase_in_progress=found.rebase_in_progress,
        merge_error=found.merge_error or None,
        behind=found.diverged_commits_count,
        can_merge=can_merge,
        can_update=can_merge or _can_update(scope, found),
    )


def _unresolved(scope: ProjectScope, found: entities.MergeRequest) -> int | None:
    """Null beyond :data:`_MOST_COUNTED` notes: nobody should wait for pages of threads to see the merge request."""
    if found.user_notes_count > _MOST_COUNTED:
        return None
    return discussions.unresolved(scope, found.iid) if found.user_notes_count else 0


def _auto_merge(found: entities.MergeRequest) -> AutoMerge | None:
    if not found.merge_when_pipeline_succeeds or found.state != "opened":
        return None
    return AutoMerge(user=user_or_none(found.merge_user))


def _can_update(scope: ProjectScope, found: entities.MergeRequest) -> bool:
    """Its author, its assignees and Developers may (``app/policies/issuable_policy.rb``, ``project_policy.rb``)."""
    level = scope.access_level
    return scope.me.id in {found.author.id, *(each.id for each in found.assignees)} or (
        level is not None and level >= DEVELOPER
    )
