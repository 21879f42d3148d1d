"""``/merge-requests/{iid}/draft-notes`` and ``/merge-requests/{iid}/reviews``."""

from __future__ import annotations

from ..services import draft_notes, reviews
from .binding import remote

BINDINGS = (
    remote("list_draft_notes", lambda context, call: draft_notes.listed(context, call.params, call.arguments["iid"])),
    remote(
        "create_draft_note",
        lambda context, call: draft_notes.create(context, call.params, call.arguments["iid"], call.body),
    ),
    remote(
        "update_draft_note",
        lambda context, call: draft_notes.update(
            context, call.params, call.arguments["iid"], call.arguments["draft_note_id"], call.body
        ),
    ),
    remote(
        "delete_draft_note",
        lambda context, call: draft_notes.delete(
            context, call.params, call.arguments["iid"], call.arguments["draft_note_id"]
        ),
    ),
    remote(
        "publish_draft_note",
        lambda context, call: reviews.publish(
            context, call.params, call.arguments["iid"], call.arguments["draft_note_id"]
        ),
    ),
    remote(
        "submit_review", lambda context, call: reviews.submit(context, call.params, call.arguments["iid"], call.body)
    ),
)
