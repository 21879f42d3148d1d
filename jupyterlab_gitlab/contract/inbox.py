"""What waits for the user on a GitLab, across its projects."""

from __future__ import annotations

from typing import Literal

from .base import Reply
from .merge_requests import MergeRequestSummary
from .paths import FolderParams
from .projects import User

InboxScope = Literal["for_review", "assigned", "mine"]


class InboxParams(FolderParams, kw_only=True):
    """Open merge requests of all projects of the repository's host; *search* looks in titles and descriptions."""

    scope: InboxScope
    search: str = ""
    page: int = 1
    per_page: int = 20


class InboxItem(Reply, kw_only=True):
    """A merge request of some project. *address* goes where requests have a *folder*."""

    address: str
    project_path: str
    merge_request: MergeRequestSummary


class InboxPage(Reply, kw_only=True):
    """One page, the most recently changed first. *total* is null where GitLab does not count."""

    items: list[InboxItem]
    page: int
    next_page: int | None
    total: int | None


class InboxCounts(Reply, kw_only=True):
    """How long the lists are, null where GitLab does not count.

    *waiting*: what the user should look at: reviews asked for, and those of the newest hundred to-dos that tell of
    something else than a review or an assignment.
    """

    for_review: int | None
    assigned: int | None
    mine: int | None
    todos: int | None
    waiting: int


class TodosParams(FolderParams, kw_only=True):
    """Pending to-dos about merge requests, the newest first."""

    page: int = 1
    per_page: int = 20


class Todo(Reply, kw_only=True):
    """*action* is GitLab's word (``mentioned``, ``directly_addressed``, ``review_requested``, ``assigned``, …).

    *text* is the comment that it is about, else the merge request's title.
    """

    id: int
    action: str
    author: User
    text: str
    created_at: str
    web_url: str
    item: InboxItem


class TodoPage(Reply, kw_only=True):
    """One page. *total* is null where GitLab does not count."""

    todos: list[Todo]
    page: int
    next_page: int | None
    total: int | None


class RepliesParams(FolderParams, kw_only=True):
    """*since*: ``checked_at`` of the last answer; null for the first question, which tells of no reply."""

    since: str | None = None


class ReplyToMe(Reply, kw_only=True):
    """A comment by somebody else, in a thread where the user has written or on a merge request of the user's."""

    note_id: int
    author: User
    text: str
    created_at: str
    item: InboxItem


class Replies(Reply, kw_only=True):
    """The newest last, twenty at most. One may be told twice in a row: *note_id* tells them apart."""

    replies: list[ReplyToMe]
    checked_at: str | None


class CachedProject(Reply, kw_only=True):
    """What is kept of a project whose merge requests were opened without a clone. *size* in bytes."""

    address: str
    project_path: str
    host: str
    size: int
    used_at: str


class CachedProjects(Reply, kw_only=True):
    """The last used first. *limit*: bytes from which the oldest goes."""

    projects: list[CachedProject]
    size: int
    limit: int
