"""What GitLab answers, as far as it is used here. Names are GitLab's (``lib/api/entities``).

Optional fields are those that other versions or editions of GitLab leave out; unknown ones are ignored.
"""

from __future__ import annotations

from typing import Any

import msgspec


class User(msgspec.Struct, kw_only=True):
    id: int
    username: str
    name: str
    state: str = "active"


class PersonalAccessToken(msgspec.Struct, kw_only=True):
    """*granular*: a token with fine-grained permissions instead of scopes."""

    scopes: list[str] = []
    expires_at: str | None = None
    granular: bool = False


class Access(msgspec.Struct, kw_only=True):
    access_level: int


class Permissions(msgspec.Struct, kw_only=True):
    project_access: Access | None = None
    group_access: Access | None = None


class ForkedFrom(msgspec.Struct, kw_only=True):
    id: int


class Project(msgspec.Struct, kw_only=True):
    """*mr_default_target_self* exists on forks only; *merge_requests_template* in paid editions only."""

    id: int
    name: str
    path_with_namespace: str
    web_url: str
    default_branch: str | None = None
    permissions: Permissions | None = None
    squash_option: str | None = None
    remove_source_branch_after_merge: bool | None = None
    only_allow_merge_if_all_discussions_are_resolved: bool | None = None
    forked_from_project: ForkedFrom | None = None
    mr_default_target_self: bool = False
    merge_requests_template: str | None = None


class Label(msgspec.Struct, kw_only=True):
    name: str
    color: str
    text_color: str = "#ffffff"
    description: str | None = None


class TemplateName(msgspec.Struct, kw_only=True):
    key: str
    name: str


class Template(msgspec.Struct, kw_only=True):
    name: str
    content: str


class DiffRefs(msgspec.Struct, kw_only=True):
    base_sha: str | None = None
    start_sha: str | None = None
    head_sha: str | None = None


class Pipeline(msgspec.Struct, kw_only=True):
    status: str


class Milestone(msgspec.Struct, kw_only=True):
    id: int
    title: str
    due_date: str | None = None
    expired: bool | None = None


class CanMerge(msgspec.Struct, kw_only=True):
    can_merge: bool = False


class References(msgspec.Struct, kw_only=True):
    """*full*: ``group/project!12``."""

    full: str


class MergeRequest(msgspec.Struct, kw_only=True):
    """A merge request of a list or alone; a list leaves out *diff_refs*, *head_pipeline* and *user*.

    *rebase_in_progress* and *diverged_commits_count* are told only where they are asked for.
    """

    iid: int
    title: str
    description: str | None = None
    state: str
    draft: bool = False
    author: User
    assignees: list[User] = []
    reviewers: list[User] = []
    labels: list[str] = []
    milestone: Milestone | None = None
    source_branch: str
    target_branch: str
    source_project_id: int | None = None
    target_project_id: int
    created_at: str
    updated_at: str
    merged_at: str | None = None
    merged_by: User | None = None
    merge_user: User | None = None
    closed_at: str | None = None
    web_url: str
    sha: str | None = None
    diff_refs: DiffRefs | None = None
    squash: bool = False
    should_remove_source_branch: bool | None = None
    force_remove_source_branch: bool | None = None
    user_notes_count: int = 0
    has_conflicts: bool = False
    merge_status: str = ""
    detailed_merge_status: str = ""
    merge_error: str | None = None
    merge_when_pipeline_succeeds: bool = False
    rebase_in_progress: bool = False
    diverged_commits_count: int | None = None
    head_pipeline: Pipeline | None = None
    references: References | None = None
    user: CanMerge | None = None


class Approver(msgspec.Struct, kw_only=True):
    """*approved_at* is missing before GitLab 18."""

    user: User
    approved_at: str | None = None


class ApprovalRule(msgspec.Struct, kw_only=True):
    name: str
    approvals_required: int = 0
    approved: bool = False
    approved_by: list[User] = []
    eligible_approvers: list[User] = []


class ApprovalState(msgspec.Struct, kw_only=True):
    """Paid editions only."""

    rules: list[ApprovalRule] = []


class Approvals(msgspec.Struct, kw_only=True):
    """*approvals_required* and *approvals_left* exist in paid editions only."""

    approved: bool | None = None
    approved_by: list[Approver] = []
    approvals_required: int | None = None
    approvals_left: int | None = None
    user_has_approved: bool = False
    user_can_approve: bool = False


class Rebase(msgspec.Struct, kw_only=True):
    rebase_in_progress: bool = False


class Version(msgspec.Struct, kw_only=True):
    id: int
    created_at: str
    base_commit_sha: str | None = None
    start_commit_sha: str | None = None
    head_commit_sha: str | None = None


class Diff(msgspec.Struct, kw_only=True):
    """*diff* begins at its first hunk; it is empty where *collapsed* or *too_large*."""

    old_path: str
    new_path: str
    a_mode: str | None = None
    b_mode: str | None = None
    new_file: bool = False
    renamed_file: bool = False
    deleted_file: bool = False
    diff: str = ""
    collapsed: bool | None = None
    too_large: bool | None = None


class VersionWithDiffs(Version, kw_only=True):
    diffs: list[Diff] = []


class Commit(msgspec.Struct, kw_only=True):
    id: str
    short_id: str
    title: str
    author_name: str
    authored_date: str
    web_url: str = ""


class RangeEnd(msgspec.Struct, kw_only=True):
    """Some clients give only the line code and the type."""

    line_code: str | None = None
    type: str | None = None
    old_line: int | None = None
    new_line: int | None = None


class LineRange(msgspec.Struct, kw_only=True):
    start: RangeEnd | None = None
    end: RangeEnd | None = None


class Position(msgspec.Struct, kw_only=True):
    """*position_type* is ``text``, ``image`` or ``file``; only the first has lines."""

    base_sha: str | None = None
    start_sha: str | None = None
    head_sha: str | None = None
    old_path: str | None = None
    new_path: str | None = None
    position_type: str | None = "text"
    old_line: int | None = None
    new_line: int | None = None
    line_range: LineRange | None = None


class Suggestion(msgspec.Struct, kw_only=True):
    id: int
    applied: bool = False
    from_content: str | None = None


class Note(msgspec.Struct, kw_only=True):
    """*resolved* and *resolved_by* exist only where *resolvable*."""

    id: int
    body: str
    author: User
    created_at: str
    updated_at: str
    system: bool = False
    resolvable: bool = False
    resolved: bool = False
    resolved_by: User | None = None
    position: Position | None = None
    suggestions: list[Suggestion] = []


class Discussion(msgspec.Struct, kw_only=True):
    id: str
    individual_note: bool = False
    notes: list[Note] = []


class DraftNote(msgspec.Struct, kw_only=True):
    """*position* of a comment on no line is null, or an object of nulls (GitLab 17)."""

    id: int
    note: str
    discussion_id: str | None = None
    resolve_discussion: bool = False
    position: Position | None = None


class AwardEmoji(msgspec.Struct, kw_only=True):
    id: int
    name: str
    user: User


class Upload(msgspec.Struct, kw_only=True):
    alt: str
    url: str
    markdown: str


class Branch(msgspec.Struct, kw_only=True):
    commit: CommitWithParents


class CommitWithParents(msgspec.Struct, kw_only=True):
    id: str
    parent_ids: list[str] = []
    message: str = ""


class Metadata(msgspec.Struct, kw_only=True):
    version: str = ""


class CommandsOnly(msgspec.Struct, kw_only=True):
    """The answer (202) to a note that held nothing but quick actions: it has no *id*."""

    id: Any = None
    summary: list[str] | str | None = None


class RepositoryFile(msgspec.Struct, kw_only=True):
    """*content* is base64."""

    content: str
    encoding: str = "base64"


class Todo(msgspec.Struct, kw_only=True):
    """One about a merge request; *target_url* ends with ``#note_ID`` where it is about a comment."""

    id: int
    action_name: str
    author: User
    target: MergeRequest
    target_url: str
    body: str = ""
    created_at: str
