"""``/repositories`` and ``/identities``."""

from __future__ import annotations

from ..services import repositories
from .binding import local

BINDINGS = (
    local("get_repository", lambda context, call: repositories.get(context, call.params)),
    local("set_identity", lambda context, call: repositories.set_identity(context, call.params, call.body)),
)
