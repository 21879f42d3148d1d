"""The operations of a review: threads, notes, pending comments."""

from __future__ import annotations

from . import discussions, draft_notes, notes, positions, suggestions, uploads
from .operation import MR, Operation, delete, get, post, put
from .paths import FolderParams

OPERATIONS: tuple[Operation, ...] = (
    get("list_discussions", f"{MR}/discussions", FolderParams, discussions.Discussions, "All discussions"),
    get(
        "locate_comment",
        "/comment-places",
        positions.CommentPlaceParams,
        positions.CommentPlace,
        "The raw line that a comment on a cell or an output would hang on",
    ),
    get(
        "locate_line",
        "/line-places",
        positions.LinePlaceParams,
        positions.LinePlace,
        "Whether GitLab's page shows a comment on a line beside it",
    ),
    post(
        "create_discussion",
        f"{MR}/discussions",
        discussions.CreateDiscussionBody,
        discussions.Discussion,
        "Start a thread",
        201,
    ),
    post(
        "create_note",
        f"{MR}/discussions/{{discussion_id}}/notes",
        discussions.CreateNoteBody,
        discussions.Note,
        "Reply to a thread",
        201,
    ),
    put(
        "resolve_discussion",
        f"{MR}/discussions/{{discussion_id}}",
        discussions.ResolveBody,
        discussions.Discussion,
        "Resolve or reopen a thread",
    ),
    put("update_note", f"{MR}/notes/{{note_id}}", notes.UpdateNoteBody, discussions.Note, "Change a note"),
    delete("delete_note", f"{MR}/notes/{{note_id}}", notes.DeletedNote, "Take a note away"),
    get(
        "list_award_emoji",
        f"{MR}/notes/{{note_id}}/award-emoji",
        FolderParams,
        notes.AwardEmojis,
        "Reactions to a note",
    ),
    post(
        "give_award_emoji",
        f"{MR}/notes/{{note_id}}/award-emoji",
        notes.AwardEmojiBody,
        notes.AwardEmojis,
        "React to a note",
        201,
    ),
    delete(
        "take_award_emoji",
        f"{MR}/notes/{{note_id}}/award-emoji/{{award_id}}",
        notes.AwardEmojis,
        "Take a reaction back",
    ),
    Operation(
        name="create_upload",
        method="POST",
        path="/uploads",
        params=uploads.UploadParams,
        body=bytes,
        reply=uploads.Upload,
        summary="Put a file where comments can show it or link to it",
        status=201,
    ),
    get("get_upload", "/uploads/{secret}/{filename}", FolderParams, bytes, "The bytes of a file that a comment shows"),
    # suggested changes
    get(
        "get_suggestible",
        "/suggestible-lines",
        suggestions.SuggestibleParams,
        suggestions.Suggestible,
        "The lines that a suggestion would replace",
    ),
    post(
        "apply_suggestions",
        f"{MR}/suggestions",
        suggestions.ApplySuggestionsBody,
        suggestions.AppliedSuggestions,
        "Apply suggestions as a commit on the source branch",
        201,
    ),
    post(
        "edit_open_notebook",
        f"{MR}/suggestions/open-notebook",
        suggestions.EditOpenNotebookBody,
        suggestions.EditedCells,
        "What suggestions change in an open notebook",
    ),
    # a pending review
    get("list_draft_notes", f"{MR}/draft-notes", FolderParams, draft_notes.DraftNotes, "My pending comments"),
    post(
        "create_draft_note",
        f"{MR}/draft-notes",
        draft_notes.CreateDraftNoteBody,
        draft_notes.DraftNote,
        "Keep a comment for the review",
        201,
    ),
    put(
        "update_draft_note",
        f"{MR}/draft-notes/{{draft_note_id}}",
        draft_notes.UpdateDraftNoteBody,
        draft_notes.DraftNote,
        "Change a pending comment",
    ),
    delete(
        "delete_draft_note",
        f"{MR}/draft-notes/{{draft_note_id}}",
        draft_notes.DraftNotes,
        "Drop a pending comment; answers with those left",
    ),
    post(
        "publish_draft_note",
        f"{MR}/draft-notes/{{draft_note_id}}/publications",
        None,
        draft_notes.DraftNotes,
        "Publish one pending comment; answers with those left",
        201,
    ),
    post(
        "submit_review",
        f"{MR}/reviews",
        draft_notes.SubmitReviewBody,
        draft_notes.SubmittedReview,
        "Publish all my pending comments, with a summary and a verdict",
        201,
    ),
)
