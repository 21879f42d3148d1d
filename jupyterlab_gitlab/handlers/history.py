"""``/file-history`` and ``/file-places``."""

from __future__ import annotations

from ..services import history
from .binding import local

BINDINGS = (
    local("list_file_history", lambda context, call: history.listed(context, call.params)),
    local("locate_file", lambda context, call: history.locate(context, call.params)),
)
