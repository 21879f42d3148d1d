"""The modules that answer requests: with ``routes``, some with tables (``SCHEMA``) or watch pushes (``after_push``)."""

from __future__ import annotations

from types import ModuleType

from .accounts import members, project_tokens, tokens, user_admin, users
from .discussions import apply_suggestions, award_emoji, discussions, notes
from .instance import PushListener
from .merge_requests import (
    approvals,
    changes,
    commit_statuses,
    events,
    merge,
    merge_requests,
    rebase,
    refresh,
    subscriptions,
    todo_list,
    update,
)
from .projects import (
    first_push,
    forks,
    groups,
    labels,
    markdown,
    milestones,
    nothing,
    projects,
    stars,
    templates,
    transfer,
    uploads,
)
from .repositories import (
    archives,
    blame,
    branches,
    commit_notes,
    commits,
    compare,
    files,
    pipelines,
    replays,
    tags,
    tree,
)
from .rest import metadata
from .rest.routing import Router
from .reviews import approve, draft_notes
from .store import schema

MODULES: tuple[ModuleType, ...] = (
    schema,
    first_push,
    metadata,
    users,
    tokens,
    user_admin,
    project_tokens,
    groups,
    projects,
    members,
    forks,
    labels,
    milestones,
    branches,
    tags,
    commits,
    tree,
    files,
    blame,
    archives,
    replays,
    commit_notes,
    compare,
    templates,
    uploads,
    markdown,
    stars,
    transfer,
    nothing,
    pipelines,
    merge_requests,
    update,
    changes,
    merge,
    rebase,
    approvals,
    events,
    commit_statuses,
    todo_list,
    subscriptions,
    notes,
    discussions,
    award_emoji,
    draft_notes,
    approve,
    refresh,
    apply_suggestions,
)


def fragments() -> list[str]:
    """Every module's tables, in order."""
    return [module.SCHEMA for module in MODULES if hasattr(module, "SCHEMA")]


def router() -> Router:
    """All routes of all modules."""
    return Router([route for module in MODULES if hasattr(module, "routes") for route in module.routes.all])


def listeners() -> list[PushListener]:
    """Every module's ``after_push``, in order."""
    return [module.after_push for module in MODULES if hasattr(module, "after_push")]
