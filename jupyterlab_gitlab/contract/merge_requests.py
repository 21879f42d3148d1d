"""Merge requests: list, one, create, update, approve, merge."""

from __future__ import annotations

from typing import Literal

from .base import Body, Reply
from .paths import FilePath, FolderParams
from .projects import Milestone, User

MergeRequestState = Literal["opened", "closed", "locked", "merged"]
ListScope = Literal["for_review", "mine", "all"]


class MergeRequestSummary(Reply, kw_only=True):
    """A row of a list. *unresolved* is null where a list does not tell it."""

    iid: int
    title: str
    state: MergeRequestState
    draft: bool
    author: User
    source_branch: str
    target_branch: str
    updated_at: str
    created_at: str
    labels: list[str]
    has_conflicts: bool
    comments: int
    web_url: str


class MergeRequestPage(Reply, kw_only=True):
    """One page. *total* is null where GitLab does not count (over 10,000)."""

    items: list[MergeRequestSummary]
    page: int
    next_page: int | None
    total: int | None


class MergeRequestsParams(FolderParams, kw_only=True):
    """*scope*: waiting for my review, mine, or all. *source_branch*: only those of this branch."""

    scope: ListScope = "all"
    state: Literal["opened", "closed", "merged", "all"] = "opened"
    search: str = ""
    source_branch: str | None = None
    page: int = 1
    per_page: int = 20


class MergeRequestCounts(Reply, kw_only=True):
    """How many open merge requests each list has; null where GitLab does not count."""

    for_review: int | None
    mine: int | None
    all: int | None


class DiffRefs(Reply, kw_only=True):
    """The three commits of a version. *base_sha* is the merge base, *start_sha* the target's head when it was made."""

    base_sha: str
    start_sha: str
    head_sha: str


class ApprovalRule(Reply, kw_only=True):
    """A rule of GitLab's paid editions. *eligible*: whose approval counts for it; empty means everybody's."""

    name: str
    required: int
    approved: bool
    approved_by: list[User]
    eligible: list[User]


class Approvals(Reply, kw_only=True):
    """*required* and *left* are null on GitLab Free, where approvals are never required and there are no *rules*.

    *approved_at*: when this user approved; null if not, or where GitLab does not tell.
    """

    approved: bool
    approved_by: list[User]
    required: int | None
    left: int | None
    user_has_approved: bool
    user_can_approve: bool
    approved_at: str | None
    rules: list[ApprovalRule]


class AutoMerge(Reply, kw_only=True):
    """GitLab merges it by itself as soon as all checks pass. *user*: who asked for it, null where GitLab is silent."""

    user: User | None


class Mergeability(Reply, kw_only=True):
    """Whether it can be merged now. *status*: GitLab's ``detailed_merge_status``; *reason*, *hint*: in words.

    *checking*: GitLab has not decided yet; ask again. *awaitable*: what is missing may come by itself or by somebody's
    doing, so that GitLab can be told to merge then.
    """

    mergeable: bool
    checking: bool
    awaitable: bool
    status: str
    reason: str
    hint: str


class MergeRequest(Reply, kw_only=True):
    """One merge request, whole. *diff_refs* is null while GitLab prepares it; *unresolved* counts open threads;
    it is null where there are so many notes that telling it would take long: then the threads tell.

    *auto_merge* is null if none is armed. *behind*: commits of the target branch that the source branch lacks; null
    where the answer does not tell. *merge_error*: GitLab's words of the last merge or rebase that failed.
    """

    iid: int
    title: str
    description: str
    state: MergeRequestState
    draft: bool
    author: User
    assignees: list[User]
    reviewers: list[User]
    labels: list[str]
    milestone: Milestone | None
    source_branch: str
    target_branch: str
    source_project_id: int | None
    target_project_id: int
    created_at: str
    updated_at: str
    merged_at: str | None
    merged_by: User | None
    closed_at: str | None
    web_url: str
    sha: str | None
    diff_refs: DiffRefs | None
    squash: bool
    remove_source_branch: bool
    comments: int
    unresolved: int | None
    pipeline_status: str | None
    mergeability: Mergeability
    approvals: Approvals | None
    auto_merge: AutoMerge | None
    rebase_in_progress: bool
    merge_error: str | None
    behind: int | None
    can_merge: bool
    can_update: bool


class CreateMergeRequestBody(Body, kw_only=True):
    """Opens a merge request. *title* without the ``Draft:`` prefix; *draft* adds it."""

    title: str
    source_branch: str
    target_branch: str
    description: str = ""
    draft: bool = False
    labels: list[str] = []
    assignee_ids: list[int] = []
    reviewer_ids: list[int] = []
    milestone_id: int | None = None
    squash: bool = False
    remove_source_branch: bool = True


class UpdateMergeRequestBody(Body, kw_only=True):
    """Only what is given changes (null: leave). *milestone_id* 0 takes the milestone away."""

    title: str | None = None
    description: str | None = None
    draft: bool | None = None
    target_branch: str | None = None
    labels: list[str] | None = None
    assignee_ids: list[int] | None = None
    reviewer_ids: list[int] | None = None
    milestone_id: int | None = None
    squash: bool | None = None
    remove_source_branch: bool | None = None
    state_event: Literal["close", "reopen"] | None = None


class MergeBody(Body, kw_only=True):
    """Merges exactly *sha*; refused with ``head_moved`` if somebody has pushed since.

    *auto*: not before all of GitLab's checks pass, at once if they already do.
    """

    sha: str
    squash: bool = False
    remove_source_branch: bool = True
    auto: bool = False


class ApproveBody(Body, kw_only=True):
    """Approves exactly *sha*."""

    sha: str


class Version(Reply, kw_only=True):
    """One version of the diff, as each push to the source branch makes it; newest first in lists."""

    id: int
    created_at: str
    diff_refs: DiffRefs


class Versions(Reply, kw_only=True):
    """All versions of a merge request, newest first."""

    versions: list[Version]


class MergeRequestFilesParams(FolderParams, kw_only=True):
    """The newest version, or the one with this id; against the merge base, or against the older version *since_id*."""

    version_id: int | None = None
    since_id: int | None = None


class MergeRequestFile(Reply, kw_only=True):
    """A file of the diff, read from git objects in the clone. *additions*/*deletions* are null for a binary file.

    *old_blob*/*new_blob* are blob ids, null where the side does not exist.
    """

    path: FilePath
    old_path: FilePath | None
    status: Literal["added", "modified", "deleted", "renamed", "type_changed"]
    notebook: bool
    additions: int | None
    deletions: int | None
    old_blob: str | None
    new_blob: str | None


class MergeRequestFiles(Reply, kw_only=True):
    """The files of one version. *from_git* is false when the objects could not be fetched and GitLab's API served.

    Between two versions *diff_refs* is what GitLab's page sends with a comment there: the older head as base and start.
    Files that neither version changes (the target branch did) are left out.
    """

    diff_refs: DiffRefs
    files: list[MergeRequestFile]
    from_git: bool


class MergeRequestCommit(Reply, kw_only=True):
    """A commit of a merge request."""

    sha: str
    short_sha: str
    title: str
    author_name: str
    authored_at: str
    web_url: str


class MergeRequestCommits(Reply, kw_only=True):
    """Commits, newest first."""

    commits: list[MergeRequestCommit]
