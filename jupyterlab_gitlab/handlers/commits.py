"""``/commits``."""

from __future__ import annotations

from ..services import commits
from .binding import local

BINDINGS = (
    local("list_commits", lambda context, call: commits.listed(context, call.params)),
    local("commit", lambda context, call: commits.commit(context, call.params, call.body, call.cancel)),
)
