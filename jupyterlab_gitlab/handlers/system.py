"""``/status``."""

from __future__ import annotations

from ..services import system
from .binding import local

BINDINGS = (local("get_status", lambda context, call: system.status(context)),)
