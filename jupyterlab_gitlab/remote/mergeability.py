"""Whether a merge request can be merged: GitLab's ``detailed_merge_status`` in words.

The values are those of https://docs.gitlab.com/api/merge_requests/#merge-status and of
``app/services/merge_requests/mergeability``; the last ones exist in paid editions only.
"""

from __future__ import annotations

from ..contract.merge_requests import Mergeability
from . import entities

MERGEABLE = "mergeable"
UNDECIDED = frozenset({"preparing", "checking", "unchecked", "approvals_syncing"})

AWAITABLE = frozenset(
    {
        *("draft_status", "discussions_not_resolved", "ci_still_running", "ci_must_pass", "merge_time"),
        *("not_approved", "approvals_syncing", "requested_changes", "merge_request_blocked", "blocked_status"),
        *("status_checks_must_pass", "external_status_checks", "security_policy_pipeline_check"),
    }
)
"""Checks that an automatic merge waits for (``app/services/auto_merge/merge_when_checks_pass_service.rb``)."""

_WORDS: dict[str, tuple[str, str]] = {
    MERGEABLE: ("Ready to merge.", ""),
    "preparing": ("GitLab is still preparing this merge request.", "This takes a moment."),
    "checking": ("GitLab is checking whether it can be merged.", "This takes a moment."),
    "unchecked": ("GitLab has not yet checked whether it can be merged.", "This takes a moment."),
    "approvals_syncing": ("GitLab is bringing the approvals up to date.", "This takes a moment."),
    "not_open": ("It is not open.", "Reopen it to merge it."),
    "merge_time": ("It is scheduled to be merged later.", "Wait for that time or change it on GitLab."),
    "draft_status": ("It is a draft.", "Mark it as ready to merge it."),
    "commits_status": (
        "Its source branch has no commits to merge, or is gone.",
        "Push commits to the source branch.",
    ),
    "discussions_not_resolved": (
        "Some threads are not resolved.",
        "Resolve all threads: this project asks for it before a merge.",
    ),
    "locked_lfs_files": ("It changes files that somebody has locked in Git LFS.", "Have the locks released."),
    "conflict": (
        "It conflicts with the target branch.",
        "Merge the target branch into the source branch, solve the conflicts and push.",
    ),
    "need_rebase": (
        "The target branch has moved on, and this project only merges what can be fast-forwarded.",
        "Rebase the source branch onto the target branch.",
    ),
    "ci_still_running": ("Its pipeline is still running.", "Wait for the pipeline to end."),
    "ci_must_pass": ("Its pipeline has not succeeded.", "This project asks for a successful pipeline before a merge."),
    "broken_status": ("It can't be merged: its branches are missing or broken.", "Look at it on GitLab."),
    "not_approved": ("It needs more approvals.", "Ask reviewers to approve it."),
    "requested_changes": ("A reviewer has requested changes.", "Make them and ask for another review."),
    "merge_request_blocked": ("It waits for another merge request.", "Merge the one that blocks it first."),
    "status_checks_must_pass": ("An external status check has not passed.", "Look at the status checks on GitLab."),
    "locked_paths": ("It changes files that somebody has locked.", "Have the locks released."),
    "jira_association_missing": ("It does not name a Jira issue.", "Name the issue in the title or the description."),
    "security_policy_violations": ("It breaks a security policy.", "Look at the security policies on GitLab."),
    "security_policy_pipeline_check": (
        "The pipelines that a security policy asks for have not passed.",
        "Look at the pipelines on GitLab.",
    ),
    "title_regex": ("Its title does not have the form that this project asks for.", "Change the title."),
}
_WORDS["blocked_status"] = _WORDS["merge_request_blocked"]
_WORDS["external_status_checks"] = _WORDS["status_checks_must_pass"]
_WORDS["policies_denied"] = _WORDS["security_policy_violations"]
_WORDS["title_not_matching"] = _WORDS["title_regex"]

# A GitLab before 15.6 tells only merge_status.
_OF_MERGE_STATUS = {
    "can_be_merged": MERGEABLE,
    "cannot_be_merged": "conflict",
    "cannot_be_merged_recheck": "checking",
    "cannot_be_merged_rechecking": "checking",
    "checking": "checking",
    "unchecked": "unchecked",
    "preparing": "preparing",
}


def of(found: entities.MergeRequest) -> Mergeability:
    """What GitLab said last; it decides anew a moment after a push or a changed setting."""
    status = found.detailed_merge_status or _OF_MERGE_STATUS.get(found.merge_status, "unchecked")
    if found.state != "opened":
        status = "not_open"
    reason, hint = _WORDS.get(status, (f"GitLab says: {status.replace('_', ' ')}.", "Look at it on GitLab."))
    if found.state == "merged":
        reason, hint = "It is merged.", ""
    if found.merge_error and status != "not_open":
        reason = f"{reason} The last attempt failed: {found.merge_error}"
    return Mergeability(
        mergeable=status == MERGEABLE,
        checking=status in UNDECIDED,
        awaitable=status in AWAITABLE,
        status=status,
        reason=reason,
        hint=hint,
    )
