"""``/changes``."""

from __future__ import annotations

from ..services import changes
from .binding import local

BINDINGS = (
    local("list_changes", lambda context, call: changes.listed(context, call.params)),
    local("get_change_summary", lambda context, call: changes.summary(context, call.params)),
    local("stage", lambda context, call: changes.stage(context, call.params, call.body)),
    local("unstage", lambda context, call: changes.unstage(context, call.params, call.body)),
    local("discard", lambda context, call: changes.discard(context, call.params, call.body)),
)
