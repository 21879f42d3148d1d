"""The commits of one file, and which clone a file is in."""

from __future__ import annotations

from ..contract.history import FileHistory, FileHistoryParams, FilePlace, FilePlaceParams
from .context import ServiceContext


def listed(context: ServiceContext, params: FileHistoryParams) -> FileHistory:
    """One page of the commits that changed a file, newest first, through its renames.

    Raises
    ------
    GitLabWorkflowError: ``bad_request`` for an impossible page, ``revision_unknown``, ``no_commits``.
    """
    return context.clone(params.folder).file_history(
        params.path, params.revision, page=params.page, per_page=params.per_page
    )


def locate(context: ServiceContext, params: FilePlaceParams) -> FilePlace:
    """The clone and the path of a file that Jupyter names.

    Raises
    ------
    GitLabWorkflowError: ``not_a_repository``, ``forbidden_path``.
    """
    contents_path = context.without_drive(params.contents_path.strip("/"))
    parent = contents_path.rpartition("/")[0]
    clone = context.clone(parent)
    return FilePlace(
        folder=parent if clone.folder is None else clone.folder,
        path=clone.file_path(clone.path_of_contents(contents_path)),
        has_commits=clone.describe().head is not None,
    )
