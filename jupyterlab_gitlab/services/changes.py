"""What has changed since HEAD: list, stage, unstage, discard, and each change in a few words."""

from __future__ import annotations

from ..contract.changes import Changes, ChangeSummary, ChangeSummaryParams, DiscardResult, PathsBody
from ..contract.paths import FolderParams
from .context import ServiceContext


def listed(context: ServiceContext, params: FolderParams) -> Changes:
    """All changed files."""
    return context.clone(params.folder).changes()


def stage(context: ServiceContext, params: FolderParams, body: PathsBody) -> Changes:
    """Stages whole files; the list afterwards."""
    clone = context.clone(params.folder)
    clone.stage(body.paths)
    return clone.changes()


def unstage(context: ServiceContext, params: FolderParams, body: PathsBody) -> Changes:
    """Takes whole files out of the index; the list afterwards."""
    clone = context.clone(params.folder)
    clone.unstage(body.paths)
    return clone.changes()


def discard(context: ServiceContext, params: FolderParams, body: PathsBody) -> DiscardResult:
    """Brings files back to HEAD; what was there stays under the recovery ref."""
    return context.clone(params.folder).discard(body.paths)


def summary(context: ServiceContext, params: ChangeSummaryParams) -> ChangeSummary:
    raise AssertionError
