"""The modules that answer requests: with ``routes``, some with tables (``SCHEMA``) or watch pushes (``after_push``)."""

from __future__ import annotations

from types import ModuleType

from . import (
    branches,
    commits,
    compare,
    files,
    first_push,
    groups,
    instance_info,
    labels,
    members,
    milestones,
    pipelines,
    projects,
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
