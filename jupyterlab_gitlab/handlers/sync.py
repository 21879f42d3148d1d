"""``/fetches``, ``/pulls`` and ``/pushes``."""

from __future__ import annotations

from ..services import sync
from .binding import remote

BINDINGS = (
    remote("fetch", lambda context, call: sync.fetch(context, call.params, call.cancel)),
    remote("pull", lambda context, call: sync.pull(context, call.params, call.cancel)),
    remote("push", lambda context, call: sync.push(context, call.params, call.cancel)),
)
