"""``/merge-requests/{iid}/notes``."""

from __future__ import annotations

from ..services import notes
from .binding import remote

BINDINGS = (
    remote(
        "update_note",
        lambda context, call: notes.update(
            context, call.params, call.arguments["iid"], call.arguments["note_id"], call.body
        ),
    ),
    remote(
        "delete_note",
        lambda context, call: notes.delete(context, call.params, call.arguments["iid"], call.arguments["note_id"]),
    ),
    remote(
        "list_award_emoji",
        lambda context, call: notes.award_emoji(context, call.params, call.arguments["iid"], call.arguments["note_id"]),
    ),
    remote(
        "give_award_emoji",
        lambda context, call: notes.give_award_emoji(
            context, call.params, call.arguments["iid"], call.arguments["note_id"], call.body
        ),
    ),
    remote(
        "take_award_emoji",
        lambda context, call: notes.take_award_emoji(
            context, call.params, call.arguments["iid"], call.arguments["note_id"], call.arguments["award_id"]
        ),
    ),
)
