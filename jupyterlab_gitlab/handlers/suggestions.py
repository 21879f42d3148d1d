"""``/suggestible-lines`` and ``/merge-requests/{iid}/suggestions``."""

from __future__ import annotations

from ..services import suggestible, suggestions
from ..services.revisions import is_sha
from .binding import local, remote

BINDINGS = (
    local(
        "get_suggestible",
        lambda context, call: suggestible.get(context, call.params),
        immutable=lambda call: is_sha(call.params.base_sha) and is_sha(call.params.head_sha),
    ),
    remote(
        "apply_suggestions",
        lambda context, call: suggestions.apply(context, call.params, call.arguments["iid"], call.body),
    ),
    remote(
        "edit_open_notebook",
        lambda context, call: suggestions.edit_open_notebook(context, call.params, call.arguments["iid"], call.body),
    ),
)
