"""What waits for the user on the repository's host, across its projects."""

from __future__ import annotations

from ..contract.addresses import HostAddress, ProjectAddress
from ..contract.errors import ErrorCode, GitLabWorkflowError
from ..contract.inbox import (
    CachedProjects,
    InboxCounts,
    InboxItem,
    InboxPage,
    InboxParams,
    Replies,
    RepliesParams,
    TodoPage,
    TodosParams,
)
from ..contract.paths import FolderParams
from .context import ServiceContext
from .merge_requests import MOST_PER_PAGE, MOST_ROWS


def listed(context: ServiceContext, params: InboxParams) -> InboxPage:
    """One page of a list.

    Raises
    ------
    GitLabWorkflowError: ``bad_request`` for a page that GitLab would refuse; what :mod:`..remote` raises.
    """
    _check_page(params.page, params.per_page)
    found = context.host(params.folder).inbox().page(params)
    _lead_to_clone(context, params.folder, found.items)
    return found


def counts(context: ServiceContext, params: FolderParams) -> InboxCounts:
    """How long the lists are."""
    return context.host(params.folder).inbox().counts()


def todos(context: ServiceContext, params: TodosParams) -> TodoPage:
    """One page of the pending to-dos."""
    _check_page(params.page, params.per_page)
    found = context.host(params.folder).inbox().todos(params)
    _lead_to_clone(context, params.folder, [each.item for each in found.todos])
    return found


def finish_todo(context: ServiceContext, params: FolderParams, todo_id: int) -> InboxCounts:
    """Marks a to-do as done; what is left."""
    inbox = context.host(params.folder).inbox()
    inbox.finish_todo(todo_id)
    return inbox.counts()


def replies(context: ServiceContext, params: RepliesParams) -> Replies:
    """What others wrote where the user takes part."""
    found = context.host(params.folder).inbox().replies(params.since)
    _lead_to_clone(context, params.folder, [each.item for each in found.replies])
    return found


def cached_projects(context: ServiceContext, params: FolderParams) -> CachedProjects:
    """What is kept of projects that have no clone."""
    return context.elsewhere.listed()


def clear_cached_projects(context: ServiceContext, params: FolderParams) -> CachedProjects:
    """Removes all of it."""
    return context.elsewhere.clear()


def _check_page(page: int, per_page: int) -> None:
    if not 1 <= per_page <= MOST_PER_PAGE or not 1 <= page <= MOST_ROWS // per_page:
        raise GitLabWorkflowError(ErrorCode.BAD_REQUEST, f"Pages are counted from 1 and hold 1 to {MOST_PER_PAGE}.")


def _lead_to_clone(context: ServiceContext, folder: str, items: list[InboxItem]) -> None:
    """What belongs to the repository's own target project opens in the clone, where it can be checked out."""
    if not items or ProjectAddress.parse(folder) is not None or HostAddress.parse(folder) is not None:
        return
    own = context.project(folder).project().path_with_namespace
    for item in items:
        if item.project_path == own:
            item.address = folder
