"""``/inbox`` and ``/cached-projects``."""

from __future__ import annotations

from ..services import inbox
from .binding import local, remote

BINDINGS = (
    remote("list_inbox", lambda context, call: inbox.listed(context, call.params)),
    remote("count_inbox", lambda context, call: inbox.counts(context, call.params)),
    remote("list_todos", lambda context, call: inbox.todos(context, call.params)),
    remote("finish_todo", lambda context, call: inbox.finish_todo(context, call.params, call.arguments["todo_id"])),
    remote("list_replies", lambda context, call: inbox.replies(context, call.params)),
    local("list_cached_projects", lambda context, call: inbox.cached_projects(context, call.params)),
    local("clear_cached_projects", lambda context, call: inbox.clear_cached_projects(context, call.params)),
)
