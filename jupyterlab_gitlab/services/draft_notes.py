"""Pending comments of a merge request."""

from __future__ import annotations

import msgspec

from ..contract.draft_notes import CreateDraftNoteBody, DraftNote, DraftNotes, UpdateDraftNoteBody
from ..contract.errors import ErrorCode, GitLabWorkflowError
from ..contract.paths import FolderParams
from . import comments, sending
from .context import ServiceContext
from .discussions import checked_discussion, require_text


def listed(context: ServiceContext, params: FolderParams, iid: int) -> DraftNotes:
    """Mine."""
    return context.project(params.folder).review(iid).draft_notes()


def create(context: ServiceContext, params: FolderParams, iid: int, body: CreateDraftNoteBody) -> DraftNote:
    """Keeps a comment for the review. GitLab takes any position here, so it is held against its rules first. One that
    an earlier try made is found.

    Raises
    ------
    GitLabWorkflowError: ``bad_request`` for an empty comment or a reply with a place of its own, ``position_refused``,
        ``draft_note_exists`` for a second reply to a thread.
    """
    require_text(body.body)
    clone = context.clone(params.folder)
    project = context.project_of(clone)
    review = project.review(iid)
    if body.discussion_id is None:

        def comment_of(text: str) -> comments.Comment:
            return comments.prepare(context, clone, text, body.position, body.cell, check=True)

        comment = comment_of(body.body)
        sent = sending.sent(body.delivery, lambda text: comment_of(text).text)
        with context.sends.turn((*project.key(), iid, "pending", msgspec.json.encode((body.position, body.cell)))):
            return review.create_draft_note(comment.text, comment.position, comment.lines, sent=sent)
    if body.position is not None or body.cell is not None:
        raise GitLabWorkflowError(ErrorCode.BAD_REQUEST, "A reply stands where its thread does.")
    thread = checked_discussion(body.discussion_id)
    with context.sends.turn((*project.key(), iid, "pending", thread)):
        return review.create_draft_note(
            body.body, discussion_id=thread, resolve=body.resolve, sent=sending.sent(body.delivery)
        )


def update(
    context: ServiceContext, params: FolderParams, iid: int, draft_id: int, body: UpdateDraftNoteBody
) -> DraftNote:
    """Another text."""
    require_text(body.body)
    return context.project(params.folder).review(iid).update_draft_note(draft_id, body.body)


def delete(context: ServiceContext, params: FolderParams, iid: int, draft_id: int) -> DraftNotes:
    """Drops one, also if it is gone already; those that are left."""
    review = context.project(params.folder).review(iid)
    review.delete_draft_note(draft_id)
    return review.draft_notes()
