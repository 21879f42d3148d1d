"""From the address of a git remote to its GitLab: the account there and the project."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..contract.errors import ErrorCode, GitLabWorkflowError
from .hosts import HostFinder
from .project import GitLabProject
from .tokens import TokenStore

if TYPE_CHECKING:
    from ..contract.accounts import Account
    from .addresses import BaseUrl, RemoteAddress
    from .client import Client
    from .hosts import Host
    from .secret import Secret
    from .settings import RemoteSettings
    from .tokens import FoundToken

_MOST_CLIENTS = 16


@dataclass(frozen=True)
class GitCredential:
    """User name and password for git over HTTP at one base URL; hand them to git's credential protocol only."""

    protocol: str
    host: str
    """``host[:port]``, as git's credential protocol writes it."""
    username: str
    password: Secret


class Connections:
    """All GitLab hosts of a Jupyter server. Thread-safe; holds one client for each host and token."""

    def __init__(self, settings: RemoteSettings) -> None:
        self.settings = settings
        self._finder = HostFinder(settings)
        self._tokens = TokenStore(settings)
        self._clients: dict[tuple[BaseUrl, Secret], Client] = {}
        self._lock = threading.Lock()

    def host(self, address: RemoteAddress) -> GitLabHost:
        """The GitLab that a remote lives on.

        Raises
        ------
        GitLabWorkflowError: ``host_unknown`` (no GitLab there, or not a listed host), ``insecure_host``,
            ``gitlab_unreachable``, ``gitlab_timeout``.
        """
        host, _ = self._finder.find(address)
        return GitLabHost(self, host)

    def project(self, address: RemoteAddress) -> GitLabProject:
        """The project of a remote. Nothing is asked about the project before its first use.

        Raises
        ------
        GitLabWorkflowError: what :meth:`host` raises, and ``not_signed_in``.
        """
        host, path = self._finder.find(address)
        return GitLabHost(self, host).project(path)

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

    def forget_client(self, host: Host, token: Secret) -> None:
        """Drops what was remembered for a token that is no longer used."""
        with self._lock:
            self._clients.pop((host.base, token), None)

    @property
    def tokens(self) -> TokenStore:
        return self._tokens

    def close(self) -> None:
        """Closes every connection."""
        with self._lock:
            clients, self._clients = list(self._clients.values()), {}
        for client in clients:
            client.session.close()


class GitLabHost:
    """One GitLab and the user's account on it."""

    def __init__(self, connections: Connections, host: Host) -> None:
        self._connections = connections
        self._host = host

    @property
    def name(self) -> str:
        """``host[:port][/path]``, as :class:`~..contract.accounts.Account` and the sign-in form call it."""
        return self._host.base.name

    @property
    def url(self) -> str:
        """The base URL, without a trailing slash."""
        return self._host.base.url

    def account(self, *, fresh: bool = False) -> Account:
        """Who the user is here. Never raises for a token that does not serve: that is the account's *problem*.

        A good answer is kept for a minute unless *fresh*.
        """
        from . import account

        return account.current(self._connections, self._host, fresh=fresh)

    def sign_in(self, name: str, token: str) -> Account:
        """Checks *token* with this host and keeps it.

        Raises
        ------
        GitLabWorkflowError: ``bad_request`` if *name* is not this host's :attr:`name` or *token* can't be one;
            ``token_invalid``, ``token_expired``, ``token_revoked``, ``token_scope_missing``; whatever reaching the host
            may raise. Nothing is kept then.
        """
        from . import account

        return account.sign_in(self._connections, self._host, name, token)

    def sign_out(self) -> Account:
        """Forgets the token that was typed for this host. One of the configuration or environment stays in use."""
        from . import account

        return account.sign_out(self._connections, self._host)

    def git_credential(self, address: RemoteAddress) -> GitCredential | None:
        """What git may send to *address*: null without a token, or if that is no http(s) address at this very host."""
        base = self._host.base
        if (address.scheme, address.host, address.port) != (base.scheme, base.host, base.port):
            return None
        if base.path and not f"{address.path}/".startswith(f"{base.path}/"):
            return None
        found = self._connections.tokens.find(base)
        if found is None:
            return None
        # GitLab takes any user name with an access token, and asks for this one with an OAuth token.
        return GitCredential(base.scheme, address.authority, "oauth2", found.token)

    def project(self, path: str) -> GitLabProject:
        """The project at *path* (``group/sub/project``). Raises ``not_signed_in`` without a token."""
        from .scope import ProjectScope

        return GitLabProject(ProjectScope(self._client(), path))

    def _client(self) -> Client:
        return self._connections.client(self._host, self._token().token)

    def _token(self) -> FoundToken:
        found = self._connections.tokens.find(self._host.base)
        if found is None:
            raise GitLabWorkflowError(
                ErrorCode.NOT_SIGNED_IN,
                f"You are not signed in to {self.name}.",
                "Sign in with an access token in the GitLab panel.",
            )
        return found
