"""The route table: every operation of the API with its request and reply types.

The handlers bind a service to each operation, the OpenAPI document lists them, and the frontend's typed client is
checked against them.
"""

from __future__ import annotations

from typing import Any, Literal

import msgspec

from . import (
    accounts,
    branches,
    changes,
    commits,
    diffs,
    discussions,
    draft_notes,
    history,
    merge_requests,
    positions,
    projects,
    repositories,
    sync,
    system,
)
from .base import Body, Params
from .paths import FolderParams

PREFIX = "/gitlab/api/v1"

Method = Literal["GET", "POST", "PUT", "DELETE"]

NUMBERS = frozenset({"iid", "note_id", "draft_note_id"})
"""Path parameters that are numbers; the others are texts."""


class Operation(msgspec.Struct, frozen=True, kw_only=True):
    """One route and verb.

    *path* is below :data:`PREFIX`; ``{iid}`` marks a path parameter (see :data:`NUMBERS`).
    *reply* is a struct, a union of structs, or ``bytes`` for a file's contents.
    """

    name: str
    method: Method
    path: str
    summary: str
    params: type[Params]
    reply: Any
    body: type[Body] | None = None
    status: int = 200


def _get(name: str, path: str, params: type[Params], reply: Any, summary: str) -> Operation:
    return Operation(name=name, method="GET", path=path, params=params, reply=reply, summary=summary)


def _post(name: str, path: str, body: type[Body] | None, reply: Any, summary: str, status: int = 200) -> Operation:
    return Operation(
        name=name,
        method="POST",
        path=path,
        params=FolderParams,
        body=body,
        reply=reply,
        summary=summary,
        status=status,
    )


def _put(name: str, path: str, body: type[Body], reply: Any, summary: str) -> Operation:
    return Operation(name=name, method="PUT", path=path, params=FolderParams, body=body, reply=reply, summary=summary)


def _delete(name: str, path: str, reply: Any, summary: str) -> Operation:
    return Operation(name=name, method="DELETE", path=path, params=FolderParams, reply=reply, summary=summary)


MR = "/merge-requests/{iid}"

OPERATIONS: tuple[Operation, ...] = (
    _get("get_status", "/status", system.StatusParams, system.Status, "Versions of the server part"),
    # the repository
    _get(
        "get_repository",
        "/repositories",
        repositories.RepositoryParams,
        repositories.Repository,
        "The clone that a folder lies in",
    ),
    _put(
        "set_identity",
        "/identities",
        repositories.IdentityBody,
        repositories.Identity,
        "Set the author of this repository's commits",
    ),
    _get("list_changes", "/changes", FolderParams, changes.Changes, "Changed files"),
    _get(
        "get_change_summary",
        "/changes/summaries",
        changes.ChangeSummaryParams,
        changes.ChangeSummary,
        "One changed file in a few words",
    ),
    _post("stage", "/changes/stage", changes.PathsBody, changes.Changes, "Stage whole files"),
    _post("unstage", "/changes/unstage", changes.PathsBody, changes.Changes, "Unstage whole files"),
    _post(
        "discard",
        "/changes/discard",
        changes.PathsBody,
        changes.DiscardResult,
        "Bring files back to HEAD, keeping what was there under a recovery ref",
    ),
    _get("list_commits", "/commits", commits.CommitsParams, commits.CommitPage, "History"),
    _get("list_file_history", "/file-history", history.FileHistoryParams, history.FileHistory, "Commits of one file"),
    _get("locate_file", "/file-places", history.FilePlaceParams, history.FilePlace, "The clone that a file lies in"),
    _post("commit", "/commits", commits.CommitBody, commits.CommitResult, "Commit the index", 201),
    _get("list_branches", "/branches", branches.BranchesParams, branches.Branches, "Branches"),
    _post(
        "create_branch",
        "/branches",
        branches.CreateBranchBody,
        branches.SwitchResult,
        "Create a branch",
        201,
    ),
    _post(
        "switch_branch",
        "/branches/switch",
        branches.SwitchBranchBody,
        branches.SwitchResult,
        "Switch to a branch",
    ),
    _post("fetch", "/fetches", sync.FetchBody, sync.SyncResult, "Fetch"),
    _post("pull", "/pulls", sync.PullBody, sync.SyncResult, "Fetch and fast-forward the current branch"),
    _post("push", "/pushes", sync.PushBody, sync.SyncResult, "Push the current branch"),
    # diffs
    _get("get_file_diff", "/diffs", diffs.FileDiffParams, diffs.FileDiff, "Two versions of a file"),
    _get("get_output", "/outputs", diffs.OutputParams, diffs.OutputBody, "One output of a notebook version"),
    _get("get_blob", "/blobs", diffs.BlobParams, bytes, "The bytes of one version of a file"),
    # GitLab
    _get("get_account", "/accounts", accounts.AccountParams, accounts.Account, "The account on this host"),
    _post("sign_in", "/accounts", accounts.SignInBody, accounts.Account, "Sign in with a token", 201),
    _delete("sign_out", "/accounts", accounts.Account, "Forget the stored token of this host"),
    _get("get_project", "/projects", FolderParams, projects.Project, "The project of the repository"),
    _get("list_members", "/members", projects.SearchParams, projects.Members, "People of the project"),
    _get("list_labels", "/labels", projects.SearchParams, projects.Labels, "Labels of the project"),
    _get(
        "list_templates",
        "/merge-request-templates",
        FolderParams,
        projects.Templates,
        "Description templates",
    ),
    _get(
        "list_merge_requests",
        "/merge-requests",
        merge_requests.MergeRequestsParams,
        merge_requests.MergeRequestPage,
        "Merge requests of the project",
    ),
    _get(
        "count_merge_requests",
        "/merge-requests/counts",
        FolderParams,
        merge_requests.MergeRequestCounts,
        "How many open merge requests each list has",
    ),
    _post(
        "create_merge_request",
        "/merge-requests",
        merge_requests.CreateMergeRequestBody,
        merge_requests.MergeRequest,
        "Open a merge request",
        201,
    ),
    _get("get_merge_request", MR, FolderParams, merge_requests.MergeRequest, "One merge request"),
    _put(
        "update_merge_request",
        MR,
        merge_requests.UpdateMergeRequestBody,
        merge_requests.MergeRequest,
        "Change a merge request",
    ),
    _get(
        "list_merge_request_files",
        f"{MR}/files",
        merge_requests.MergeRequestFilesParams,
        merge_requests.MergeRequestFiles,
        "Files of a version; fetches the version's commits into the clone",
    ),
    _get(
        "list_merge_request_commits",
        f"{MR}/commits",
        FolderParams,
        merge_requests.MergeRequestCommits,
        "Commits of a merge request",
    ),
    _get("list_versions", f"{MR}/versions", FolderParams, merge_requests.Versions, "Versions of the diff"),
    _post(
        "approve",
        f"{MR}/approvals",
        merge_requests.ApproveBody,
        merge_requests.MergeRequest,
        "Approve",
        201,
    ),
    _delete("unapprove", f"{MR}/approvals", merge_requests.MergeRequest, "Take the approval back"),
    _post("merge", f"{MR}/merges", merge_requests.MergeBody, merge_requests.MergeRequest, "Merge", 201),
    _get("list_discussions", f"{MR}/discussions", FolderParams, discussions.Discussions, "All discussions"),
    _get(
        "locate_comment",
        "/comment-places",
        positions.CommentPlaceParams,
        positions.CommentPlace,
        "The raw line that a comment on a cell or an output would hang on",
    ),
    _post(
        "create_discussion",
        f"{MR}/discussions",
        discussions.CreateDiscussionBody,
        discussions.Discussion,
        "Start a thread",
        201,
    ),
    _post(
        "create_note",
        f"{MR}/discussions/{{discussion_id}}/notes",
        discussions.CreateNoteBody,
        discussions.Note,
        "Reply to a thread",
        201,
    ),
    _put(
        "resolve_discussion",
        f"{MR}/discussions/{{discussion_id}}",
        discussions.ResolveBody,
        discussions.Discussion,
        "Resolve or reopen a thread",
    ),
    # a pending review
    _get("list_draft_notes", f"{MR}/draft-notes", FolderParams, draft_notes.DraftNotes, "My pending comments"),
    _post(
        "create_draft_note",
        f"{MR}/draft-notes",
        draft_notes.CreateDraftNoteBody,
        draft_notes.DraftNote,
        "Keep a comment for the review",
        201,
    ),
    _put(
        "update_draft_note",
        f"{MR}/draft-notes/{{draft_note_id}}",
        draft_notes.UpdateDraftNoteBody,
        draft_notes.DraftNote,
        "Change a pending comment",
    ),
    _delete(
        "delete_draft_note",
        f"{MR}/draft-notes/{{draft_note_id}}",
        draft_notes.DraftNotes,
        "Drop a pending comment; answers with those left",
    ),
    _post(
        "publish_draft_note",
        f"{MR}/draft-notes/{{draft_note_id}}/publications",
        None,
        draft_notes.DraftNotes,
        "Publish one pending comment; answers with those left",
        201,
    ),
    _post(
        "submit_review",
        f"{MR}/reviews",
        draft_notes.SubmitReviewBody,
        draft_notes.SubmittedReview,
        "Publish all my pending comments, with a summary and a verdict",
        201,
    ),
)

BY_NAME: dict[str, Operation] = {operation.name: operation for operation in OPERATIONS}

__all__ = ["BY_NAME", "NUMBERS", "OPERATIONS", "PREFIX", "Operation"]
