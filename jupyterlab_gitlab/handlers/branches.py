"""``/branches``."""

from __future__ import annotations

from ..services import branches
from .binding import local, remote

BINDINGS = (
    local("list_branches", lambda context, call: branches.listed(context, call.params)),
    local("create_branch", lambda context, call: branches.create(context, call.params, call.body)),
    remote("switch_branch", lambda context, call: branches.switch(context, call.params, call.body, call.cancel)),
)
