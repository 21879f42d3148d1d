"""``/merge-requests/{iid}/discussions``."""

from __future__ import annotations

from ..services import comments, discussions
from ..services.revisions import is_sha
from .binding import Call, local, remote


def _of_commits(call: Call) -> bool:
    return is_sha(call.params.base_sha) and is_sha(call.params.head_sha)


BINDINGS = (
    local("locate_comment", lambda context, call: comments.place(context, call.params), immutable=_of_commits),
    local("locate_line", lambda context, call: comments.line_place(context, call.params), immutable=_of_commits),
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
