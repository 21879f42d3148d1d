"""The operations on what waits for the user, and on projects that have no clone."""

from __future__ import annotations

from . import inbox
from .operation import Operation, delete, get, post
from .paths import FolderParams

OPERATIONS: tuple[Operation, ...] = (
    get("list_inbox", "/inbox", inbox.InboxParams, inbox.InboxPage, "Merge requests of all projects of the host"),
    get("count_inbox", "/inbox/counts", FolderParams, inbox.InboxCounts, "How much waits for the user"),
    get("list_todos", "/inbox/todos", inbox.TodosParams, inbox.TodoPage, "Pending to-dos about merge requests"),
    post("finish_todo", "/inbox/todos/{todo_id}/done", None, inbox.InboxCounts, "Mark a to-do as done"),
    get("list_replies", "/inbox/replies", inbox.RepliesParams, inbox.Replies, "New replies to the user"),
    get(
        "list_cached_projects",
        "/cached-projects",
        FolderParams,
        inbox.CachedProjects,
        "What is kept of projects that have no clone",
    ),
    delete("clear_cached_projects", "/cached-projects", inbox.CachedProjects, "Remove all that is kept of them"),
)
