"""Threads of a merge request."""

from __future__ import annotations

import re

from ..contract.discussions import CreateDiscussionBody, CreateNoteBody, Discussion, Discussions, Note, ResolveBody
from ..contract.errors import ErrorCode, GitLabWorkflowError
from ..contract.paths import FolderParams
from .context import ServiceContext
from .revisions import checked_sha

_DISCUSSION = re.compile(r"[0-9a-f]{40}")


def listed(context: ServiceContext, params: FolderParams, iid: int) -> Discussions:
    """Every discussion."""
    return context.project(params.folder).discussions(iid)


def create(context: ServiceContext, params: FolderParams, iid: int, body: CreateDiscussionBody) -> Discussion:
    """Starts a thread, on a line if the body has a position.

    Raises
    ------
    GitLabWorkflowError: ``bad_request`` for an empty comment or a position whose shas are none,
        ``position_refused`` if GitLab has no such line.
    """
    _require_text(body.body)
    if body.position is not None:
        for sha in (body.position.base_sha, body.position.start_sha, body.position.head_sha):
            checked_sha(sha)
    return context.project(params.folder).create_discussion(iid, body)


def reply(context: ServiceContext, params: FolderParams, iid: int, discussion_id: str, body: CreateNoteBody) -> Note:
    """Adds a note to a thread."""
    _require_text(body.body)
    return context.project(params.folder).create_note(iid, _checked(discussion_id), body.body)


def resolve(
    context: ServiceContext, params: FolderParams, iid: int, discussion_id: str, body: ResolveBody
) -> Discussion:
    """Resolves or reopens a thread."""
    return context.project(params.folder).resolve_discussion(iid, _checked(discussion_id), body.resolved)


def _checked(discussion_id: str) -> str:
    if not _DISCUSSION.fullmatch(discussion_id):
        raise GitLabWorkflowError(ErrorCode.NOT_FOUND, "There is no such thread.")
    return discussion_id


def _require_text(body: str) -> None:
    if not body.strip():
        raise GitLabWorkflowError(ErrorCode.BAD_REQUEST, "The comment is empty.")
