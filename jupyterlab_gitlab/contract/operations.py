"""The route table: every operation of the API with its request and reply types.

The handlers bind a service to each operation, the OpenAPI document lists them, and the frontend's typed client is
checked against them.
"""

from __future__ import annotations

from . import (
    accounts,
    branches,
    changes,
    commits,
    diffs,
    history,
    inbox_operations,
    merge_request_operations,
    projects,
    repositories,
    review_operations,
    sync,
    system,
)
from .operation import NUMBERS, PREFIX, Operation, delete, get, post, put
from .paths import FolderParams

OPERATIONS: tuple[Operation, ...] = (
    get("get_status", "/status", system.StatusParams, system.Status, "Versions of the server part"),
    # the repository
    get(
        "get_repository",
        "/repositories",
        repositories.RepositoryParams,
        repositories.Repository,
        "The clone that a folder lies in",
    ),
    put(
        "set_identity",
        "/identities",
        repositories.IdentityBody,
        repositories.Identity,
        "Set the author of this repository's commits",
    ),
    get("list_changes", "/changes", FolderParams, changes.Changes, "Changed files"),
    get(
        "get_change_summary",
        "/changes/summaries",
        changes.ChangeSummaryParams,
        changes.ChangeSummary,
        "One changed file in a few words",
    ),
    post("stage", "/changes/stage", changes.PathsBody, changes.Changes, "Stage whole files"),
    post("unstage", "/changes/unstage", changes.PathsBody, changes.Changes, "Unstage whole files"),
    post(
        "discard",
        "/changes/discard",
        changes.PathsBody,
        changes.DiscardResult,
        "Bring files back to HEAD, keeping what was there under a recovery ref",
    ),
    get("list_commits", "/commits", commits.CommitsParams, commits.CommitPage, "History"),
    get("list_file_history", "/file-history", history.FileHistoryParams, history.FileHistory, "Commits of one file"),
    get("locate_file", "/file-places", history.FilePlaceParams, history.FilePlace, "The clone that a file lies in"),
    post("commit", "/commits", commits.CommitBody, commits.CommitResult, "Commit the index", 201),
    get("list_branches", "/branches", branches.BranchesParams, branches.Branches, "Branches"),
    post(
        "create_branch",
        "/branches",
        branches.CreateBranchBody,
        branches.SwitchResult,
        "Create a branch",
        201,
    ),
    post(
        "switch_branch",
        "/branches/switch",
        branches.SwitchBranchBody,
        branches.SwitchResult,
        "Switch to a branch",
    ),
    post("fetch", "/fetches", sync.FetchBody, sync.SyncResult, "Fetch"),
    post("pull", "/pulls", sync.PullBody, sync.SyncResult, "Fetch and fast-forward the current branch"),
    post("push", "/pushes", sync.PushBody, sync.SyncResult, "Push the current branch"),
    # diffs
    get("get_file_diff", "/diffs", diffs.FileDiffParams, diffs.FileDiff, "Two versions of a file"),
    get("get_output", "/outputs", diffs.OutputParams, diffs.OutputBody, "One output of a notebook version"),
    get("get_blob", "/blobs", diffs.BlobParams, bytes, "The bytes of one version of a file"),
    # GitLab
    get("list_hosts", "/hosts", accounts.HostsParams, accounts.Hosts, "The GitLabs that the server knows"),
    get("get_account", "/accounts", accounts.AccountParams, accounts.Account, "The account on this host"),
    post("sign_in", "/accounts", accounts.SignInBody, accounts.Account, "Sign in with a token", 201),
    delete("sign_out", "/accounts", accounts.Account, "Forget the stored token of this host"),
    get("get_project", "/projects", FolderParams, projects.Project, "The project of the repository"),
    get("list_members", "/members", projects.SearchParams, projects.Members, "People of the project"),
    get("list_labels", "/labels", projects.SearchParams, projects.Labels, "Labels of the project"),
    get("list_milestones", "/milestones", projects.SearchParams, projects.Milestones, "Milestones that are not closed"),
    get(
        "list_templates",
        "/merge-request-templates",
        FolderParams,
        projects.Templates,
        "Description templates",
    ),
    *merge_request_operations.OPERATIONS,
    *review_operations.OPERATIONS,
    *inbox_operations.OPERATIONS,
)

BY_NAME: dict[str, Operation] = {operation.name: operation for operation in OPERATIONS}

__all__ = ["BY_NAME", "NUMBERS", "OPERATIONS", "PREFIX", "Operation"]
