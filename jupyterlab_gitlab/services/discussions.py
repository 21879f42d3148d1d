"""Threads of a merge request."""

from __future__ import annotations

import re

import msgspec

from ..contract.discussions import CreateDiscussionBody, CreateNoteBody, Discussion, Discussions, Note, ResolveBody
from ..contract.errors import ErrorCode, GitLabWorkflowError
from ..contract.paths import FolderParams
from . import comments, sending
from .context import ServiceContext

_DISCUSSION = re.compile(r"[0-9a-f]{40}")


def listed(context: ServiceContext, params: FolderParams, iid: int) -> Discussions:
    """Every discussion."""
    return context.project(params.folder).discussions(iid)


def create(context: ServiceContext, params: FolderParams, iid: int, body: CreateDiscussionBody) -> Discussion:
    """Starts a thread: on lines, on a cell or an output, or a general one. One that an earlier try made is found.

    Raises
    ------
    GitLabWorkflowError: ``bad_request`` for an empty comment or a position whose shas are none,
        ``position_refused`` if GitLab has no such line.
    """
    require_text(body.body)
    clone = context.clone(params.folder)

    def comment_of(text: str) -> comments.Comment:
        return comments.prepare(context, clone, text, body.position, body.cell)

    comment = comment_of(body.body)
    project = context.project_of(clone)
    with context.sends.turn((*project.key(), iid, msgspec.json.encode((body.position, body.cell)))):
        try:
            placed = CreateDiscussionBody(body=comment.text, position=comment.position)
            sent = sending.sent(body.delivery, lambda text: comment_of(text).text)
            return project.create_discussion(iid, placed, comment.lines, sent)
        except GitLabWorkflowError as error:
            if error.code is not ErrorCode.POSITION_REFUSED or comment.general is None:
                raise
        sent = sending.sent(body.delivery, lambda text: comment_of(text).general or text)
        return project.create_discussion(iid, CreateDiscussionBody(body=comment.general), sent=sent)


def reply(context: ServiceContext, params: FolderParams, iid: int, discussion_id: str, body: CreateNoteBody) -> Note:
    """Adds a note to a thread. One that an earlier try made is found."""
    require_text(body.body)
    checked_discussion(discussion_id)
    project = context.project(params.folder)
    with context.sends.turn((*project.key(), iid, discussion_id)):
        return project.create_note(iid, discussion_id, body.body, sending.sent(body.delivery))


def resolve(
    context: ServiceContext, params: FolderParams, iid: int, discussion_id: str, body: ResolveBody
) -> Discussion:
    """Resolves or reopens a thread."""
    return context.project(params.folder).resolve_discussion(iid, checked_discussion(discussion_id), body.resolved)


def checked_discussion(discussion_id: str) -> str:
    """*discussion_id*, which must have the form of one; raises ``not_found``."""
    if not _DISCUSSION.fullmatch(discussion_id):
        raise GitLabWorkflowError(ErrorCode.NOT_FOUND, "There is no such thread.")
    return discussion_id


def require_text(body: str) -> None:
    """Raises ``bad_request`` for a text of blanks."""
    if not body.strip():
        raise GitLabWorkflowError(ErrorCode.BAD_REQUEST, "The comment is empty.")
