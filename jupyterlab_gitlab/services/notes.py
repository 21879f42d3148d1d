"""Single notes of a merge request."""

from __future__ import annotations

import re

from ..contract.discussions import Note
from ..contract.errors import ErrorCode, GitLabWorkflowError
from ..contract.notes import AwardEmojiBody, AwardEmojis, DeletedNote, UpdateNoteBody
from ..contract.paths import FolderParams
from .context import ServiceContext
from .discussions import require_text

_EMOJI = re.compile(r"[a-z0-9_+-]{1,100}")


def update(context: ServiceContext, params: FolderParams, iid: int, note_id: int, body: UpdateNoteBody) -> Note:
    """Another text."""
    require_text(body.body)
    return context.project(params.folder).review(iid).update_note(note_id, body.body)


def delete(context: ServiceContext, params: FolderParams, iid: int, note_id: int) -> DeletedNote:
    """Takes it away; one that is gone already is no failure."""
    context.project(params.folder).review(iid).delete_note(note_id)
    return DeletedNote(id=note_id)


def award_emoji(context: ServiceContext, params: FolderParams, iid: int, note_id: int) -> AwardEmojis:
    """Reactions to it."""
    return context.project(params.folder).review(iid).award_emoji(note_id)


def give_award_emoji(
    context: ServiceContext, params: FolderParams, iid: int, note_id: int, body: AwardEmojiBody
) -> AwardEmojis:
    """Reacts to it."""
    if not _EMOJI.fullmatch(body.name):
        raise GitLabWorkflowError(ErrorCode.BAD_REQUEST, "An emoji is named as on GitLab, such as “thumbsup”.")
    return context.project(params.folder).review(iid).give_award_emoji(note_id, body.name)


def take_award_emoji(
    context: ServiceContext, params: FolderParams, iid: int, note_id: int, award_id: int
) -> AwardEmojis:
    """Takes a reaction back."""
    return context.project(params.folder).review(iid).take_award_emoji(note_id, award_id)
