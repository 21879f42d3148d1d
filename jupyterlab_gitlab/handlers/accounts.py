"""``/accounts``."""

from __future__ import annotations

from ..services import accounts
from .binding import remote

BINDINGS = (
    remote("list_hosts", lambda context, call: accounts.hosts(context, call.params)),
    remote("get_account", lambda context, call: accounts.get(context, call.params)),
    remote("sign_in", lambda context, call: accounts.sign_in(context, call.params, call.body)),
    remote("sign_out", lambda context, call: accounts.sign_out(context, call.params)),
)
