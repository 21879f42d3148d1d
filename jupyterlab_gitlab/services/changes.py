"""What has changed since HEAD: list, stage, unstage, discard, and each change in a few words."""

from __future__ import annotations

from ..contract.changes import Changes, ChangeSummary, ChangeSummaryParams, DiscardResult, PathsBody
from ..contract.errors import ErrorCode, GitLabWorkflowError
from ..contract.paths import FolderParams, display_path, encode_path
from ..notebooks.summary import change_summary
from ..repository import Clone, FileVersion
from .context import ServiceContext
from .diffs import compare_versions
from .files import ABSENT
from .revisions import HEAD, WORKTREE


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
    """HEAD against the work tree in a few words; both by content from the cache if they were compared before.

    Raises
    ------
    GitLabWorkflowError: ``forbidden_path``, ``not_found`` if neither side has the file.
    """
    clone = context.clone(params.folder)
    path = clone.path(params.path)
    new = clone.read(WORKTREE, path)
    old_path, old = _before(clone, path)
    if old.kind == new.kind == "absent":
        raise GitLabWorkflowError(ErrorCode.NOT_FOUND, f"There is no change of {display_path(path)} any more.")
    return change_summary(compare_versions(context, old, new, old_path, path), clone.file_path(path))


def _before(clone: Clone, path: bytes) -> tuple[bytes, FileVersion]:
    """The file in HEAD, under its former name if it was renamed; absent before the first commit."""
    try:
        found = clone.read(HEAD, path)
        if found.kind == "absent":
            for file in clone.changes().files:
                if file.old_path is not None and file.path.id == encode_path(path):
                    former = clone.path(file.old_path.id)
                    return former, clone.read(HEAD, former)
    except GitLabWorkflowError as error:
        if error.code != ErrorCode.NO_COMMITS:
            raise
        found = ABSENT
    return path, found
