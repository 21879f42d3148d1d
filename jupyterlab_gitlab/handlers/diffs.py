"""``/diffs``, ``/outputs`` and ``/blobs``."""

from __future__ import annotations

from ..services import blobs, diffs, outputs
from ..services.revisions import is_sha
from .binding import local

BINDINGS = (
    local("get_file_diff", lambda context, call: diffs.compare(context, call.params, call.cancel)),
    # an output is addressed by its digest, so whatever the revision, this address never answers anything else
    local("get_output", lambda context, call: outputs.get(context, call.params), immutable=lambda call: True),
    local(
        "get_blob",
        lambda context, call: blobs.get(context, call.params),
        immutable=lambda call: is_sha(call.params.revision),
    ),
)
