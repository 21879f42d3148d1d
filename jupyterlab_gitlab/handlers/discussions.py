"""``/merge-requests/{iid}/discussions``."""

from __future__ import annotations

from ..services import comments, discussions
from ..services.revisions import is_sha
from .binding import local, remote

BINDINGS = (
    local(
        "locate_comment",
        lambda context, call: comments.place(context, call.params),
        immutable=lambda call: is_sha(call.params.base_sha) and is_sha(call.params.head_sha),
    ),
    remote(
        "list_discussions",
        lambda context, call: discussions.listed(context, call.params, call.arguments["iid"]),
    ),
    remote(
        "create_discussion",
        lambda context, call: discussions.create(context, call.params, call.arguments["iid"], call.body),
    ),
    remote(
        "create_note",
        lambda context, call: discussions.reply(
            context, call.params, call.arguments["iid"], call.arguments["discussion_id"], call.body
        ),
    ),
    remote(
        "resolve_discussion",
        lambda context, call: discussions.resolve(
            context, call.params, call.arguments["iid"], call.arguments["discussion_id"], call.body
        ),
    ),
)
