"""The operations on merge requests themselves: lists, one, its changes, its approval, its merge."""

from __future__ import annotations

from . import branches, check_outs, merge_requests, viewed
from .operation import MR, Operation, delete, get, post, put
from .paths import FolderParams

OPERATIONS: tuple[Operation, ...] = (
    get(
        "list_merge_requests",
        "/merge-requests",
        merge_requests.MergeRequestsParams,
        merge_requests.MergeRequestPage,
        "Merge requests of the project",
    ),
    get(
        "count_merge_requests",
        "/merge-requests/counts",
        FolderParams,
        merge_requests.MergeRequestCounts,
        "How many open merge requests each list has",
    ),
    post(
        "create_merge_request",
        "/merge-requests",
        merge_requests.CreateMergeRequestBody,
        merge_requests.MergeRequest,
        "Open a merge request",
        201,
    ),
    get("get_merge_request", MR, FolderParams, merge_requests.MergeRequest, "One merge request"),
    put(
        "update_merge_request",
        MR,
        merge_requests.UpdateMergeRequestBody,
        merge_requests.MergeRequest,
        "Change a merge request",
    ),
    get(
        "list_merge_request_files",
        f"{MR}/files",
        merge_requests.MergeRequestFilesParams,
        merge_requests.MergeRequestFiles,
        "Files of a version; fetches the version's commits into the clone",
    ),
    get(
        "list_merge_request_commits",
        f"{MR}/commits",
        FolderParams,
        merge_requests.MergeRequestCommits,
        "Commits of a merge request",
    ),
    get("list_versions", f"{MR}/versions", FolderParams, merge_requests.Versions, "Versions of the diff"),
    post(
        "approve",
        f"{MR}/approvals",
        merge_requests.ApproveBody,
        merge_requests.MergeRequest,
        "Approve",
        201,
    ),
    delete("unapprove", f"{MR}/approvals", merge_requests.MergeRequest, "Take the approval back"),
    post("merge", f"{MR}/merges", merge_requests.MergeBody, merge_requests.MergeRequest, "Merge", 201),
    delete(
        "cancel_auto_merge",
        f"{MR}/auto-merges",
        merge_requests.MergeRequest,
        "Take back that it is merged when all checks pass",
    ),
    post(
        "rebase",
        f"{MR}/rebases",
        None,
        merge_requests.MergeRequest,
        "Put the source branch on the target branch; GitLab works on it after the answer",
        201,
    ),
    get(
        "list_commit_files",
        f"{MR}/commits/{{sha}}/files",
        FolderParams,
        merge_requests.MergeRequestFiles,
        "Files of one of its commits, against the commit's first parent",
    ),
    get("list_viewed", f"{MR}/viewed", FolderParams, viewed.ViewedMarks, "What I have ticked off"),
    put("set_viewed", f"{MR}/viewed", viewed.ViewedBody, viewed.ViewedMarks, "Tick off a file or some of its cells"),
    get("get_check_out", f"{MR}/check-outs", FolderParams, check_outs.CheckOut, "Its branch in the clone"),
    post(
        "check_out",
        f"{MR}/check-outs",
        None,
        branches.SwitchResult,
        "Switch to its branch, brought up to date; of a fork, too",
    ),
)
