"""The tokens that a Jupyter server knows, and one client for each host and token."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from .tokens import TokenStore

if TYPE_CHECKING:
    from .addresses import BaseUrl
    from .client import Client
    from .hosts import Host
    from .secret import Secret
    from .settings import RemoteSettings

_MOST_CLIENTS = 16


class Clients:
    """Pooled clients, and the *tokens* to ask them for. Thread-safe."""

    def __init__(self, settings: RemoteSettings) -> None:
        self.settings = settings
        self.tokens = TokenStore(settings)
        self._clients: dict[tuple[BaseUrl, Secret], Client] = {}
        self._lock = threading.Lock()

    def client(self, host: Host, token: Secret) -> Client:
        """The pooled client of *host* and *token*."""
        from .client import Client

        key = (host.base, token)
        with self._lock:
            client = self._clients.pop(key, None)
            if client is None:
                client = Client(host, token, self.settings)
            self._clients[key] = client  # the newest last
            while len(self._clients) > _MOST_CLIENTS:
                self._clients.pop(next(iter(self._clients)))
            return client

    def forget(self, host: Host, token: Secret) -> None:
        """Drops what was remembered for a token that is no longer used."""
        with self._lock:
            self._clients.pop((host.base, token), None)

    def close(self) -> None:
        """Closes every connection."""
        with self._lock:
            clients, self._clients = list(self._clients.values()), {}
        for client in clients:
            client.session.close()
