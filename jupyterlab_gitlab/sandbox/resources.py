"""The modules that answer requests: with ``routes``, some with tables (``SCHEMA``) or watch pushes (``after_push``)."""

from __future__ import annotations

from types import ModuleType

from . import first_push, groups, instance_info, members, projects, schema, tokens, users
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
