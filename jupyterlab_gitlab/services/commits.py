"""History, and adding to it."""

from __future__ import annotations

import threading

from ..contract.commits import CommitBody, CommitPage, CommitResult, CommitsParams
from ..contract.errors import ErrorCode, GitLabWorkflowError
from ..contract.paths import FolderParams
from .context import ServiceContext

MOST_PER_PAGE = 200


def listed(context: ServiceContext, params: CommitsParams) -> CommitPage:
    """One page of history, newest first.

    Raises
    ------
    GitLabWorkflowError: ``bad_request`` for an impossible page, ``revision_unknown``, ``no_commits``.
    """
    if not 1 <= params.page <= 1_000_000 or not 1 <= params.per_page <= MOST_PER_PAGE:
        raise GitLabWorkflowError(
            ErrorCode.BAD_REQUEST, f"Pages are counted from 1 and hold 1 to {MOST_PER_PAGE} commits."
        )
    return context.clone(params.folder).commits(
        params.revision, since=params.since, path_id=params.path, page=params.page, per_page=params.per_page
    )


def commit(context: ServiceContext, params: FolderParams, body: CommitBody, cancel: threading.Event) -> CommitResult:
    """Commits the index, after staging the newest version of the files in *restage*; hooks and signing run."""
    return context.clone(params.folder).commit(body.message, body.restage, cancel=cancel)
