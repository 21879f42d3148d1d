"""The project of a repository, and what a merge request form asks about it."""

from __future__ import annotations

from ..contract.paths import FolderParams
from ..contract.projects import Labels, Members, Milestones, Project, SearchParams, Templates
from .context import ServiceContext


def get(context: ServiceContext, params: FolderParams) -> Project:
    """The project that merge requests go to (of a fork: the one it was forked from)."""
    return context.project(params.folder).project()


def members(context: ServiceContext, params: SearchParams) -> Members:
    """People who may review."""
    return context.project(params.folder).members(params.search)


def labels(context: ServiceContext, params: SearchParams) -> Labels:
    """Labels of the project and its groups."""
    return context.project(params.folder).labels(params.search)


def milestones(context: ServiceContext, params: SearchParams) -> Milestones:
    """Milestones of the project and its groups that are not closed."""
    return context.project(params.folder).milestones(params.search)


def templates(context: ServiceContext, params: FolderParams) -> Templates:
    """Description templates."""
    return context.project(params.folder).templates()
