"""The modules that answer requests: with ``routes``, some with tables (``SCHEMA``) or watch pushes (``after_push``)."""

from __future__ import annotations

from types import ModuleType

from . import (
    approvals,
    branches,
    commits,
    compare,
    discussions,
    files,
    first_push,
    forks,
    groups,
    instance_info,
    labels,
    members,
    merge,
    merge_request_changes,
    merge_requests,
    milestones,
    notes,
    pipelines,
    projects,
    refresh,
    schema,
    tags,
    templates,
    tokens,
    tree,
    users,
)
from .instance import PushListener
from .routing import Router

MODULES: tuple[ModuleType, ...] = (
    schema,
    first_push,
    instance_info,
    users,
    tokens,
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
    compare,
    templates,
    pipelines,
    merge_requests,
    merge_request_changes,
    merge,
    approvals,
    notes,
    discussions,
    refresh,
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
