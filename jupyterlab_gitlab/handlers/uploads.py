"""``/uploads``."""

from __future__ import annotations

from ..services import uploads
from .binding import remote

BINDINGS = (
    remote("create_upload", lambda context, call: uploads.create(context, call.params, call.body)),
    # what a secret leads to never changes
    remote(
        "get_upload",
        lambda context, call: uploads.content(
            context, call.params, call.arguments["secret"], call.arguments["filename"]
        ),
        immutable=lambda call: True,
    ),
)
