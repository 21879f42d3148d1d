"""One GitLab as services see it: the account there, what git may send to it, its projects."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..contract.errors import ErrorCode, GitLabWorkflowError
from .project import GitLabProject

if TYPE_CHECKING:
    from ..contract.accounts import Account
    from .addresses import RemoteAddress
    from .client import Client
    from .clients import Clients
    from .hosts import Host
    from .inbox import GitLabInbox
    from .secret import Secret
    from .tokens import FoundToken


@dataclass(frozen=True)
class GitCredential:
    """User name and password for git over HTTP at one base URL; hand them to git's credential protocol only."""

    protocol: str
    host: str
    """``host[:port]``, as git's credential protocol writes it."""
    username: str
    password: Secret


class GitLabHost:
    """One GitLab and the user's account on it."""

    def __init__(self, clients: Clients, host: Host) -> None:
        self._clients = clients
        self._host = host

    @property
    def name(self) -> str:
        """``host[:port][/path]``, as :class:`~..contract.accounts.Account` and the sign-in form call it."""
        return self._host.base.name

    @property
    def url(self) -> str:
        """The base URL, without a trailing slash."""
        return self._host.base.url

    @property
    def has_token(self) -> bool:
        """Whether there is a token, serving or not."""
        return self._clients.tokens.find(self._host.base) is not None

    def account(self, *, fresh: bool = False) -> Account:
        """Who the user is here. Never raises for a token that does not serve: that is the account's *problem*.

        A good answer is kept for a minute unless *fresh*.
        """
        from . import account

        return account.current(self._clients, self._host, fresh=fresh)

    def sign_in(self, name: str, token: str) -> Account:
        """Checks *token* with this host and keeps it.

        Raises
        ------
        GitLabWorkflowError: ``bad_request`` if *name* is not this host's :attr:`name` or *token* can't be one;
            ``token_invalid``, ``token_expired``, ``token_revoked``, ``token_scope_missing``; whatever reaching the host
            may raise. Nothing is kept then.
        """
        from . import account

        return account.sign_in(self._clients, self._host, name, token)

    def sign_out(self) -> Account:
        """Forgets the token that was typed for this host. One of the configuration or environment stays in use."""
        from . import account

        return account.sign_out(self._clients, self._host)

    def git_credential(self, address: RemoteAddress) -> GitCredential | None:
        """What git may send to *address*: null without a token, or if that is no http(s) address at this very host."""
        base = self._host.base
        if (address.scheme, address.host, address.port) != (base.scheme, base.host, base.port):
            return None
        if base.path and not f"{address.path}/".startswith(f"{base.path}/"):
            return None
        found = self._clients.tokens.find(base)
        if found is None:
            return None
        # GitLab takes any user name with an access token, and asks for this one with an OAuth token.
        return GitCredential(base.scheme, address.authority, "oauth2", found.token)

    def project(self, path: str, *, itself: bool = False) -> GitLabProject:
        """The project at *path* (``group/sub/project``). Raises ``not_signed_in`` without a token.

        *itself*: its own merge requests are meant, also if it is a fork.
        """
        from .scope import ProjectScope

        return GitLabProject(ProjectScope(self._client(), path, itself=itself))

    def inbox(self) -> GitLabInbox:
        """What waits for the user in all projects. Raises ``not_signed_in`` without a token."""
        from .inbox import GitLabInbox

        return GitLabInbox(self._client())

    def _client(self) -> Client:
        return self._clients.client(self._host, self._token().token)

    def _token(self) -> FoundToken:
        found = self._clients.tokens.find(self._host.base)
        if found is None:
            raise GitLabWorkflowError(
                ErrorCode.NOT_SIGNED_IN,
                f"You are not signed in to {self.name}.",
                "Sign in with an access token in the GitLab panel.",
            )
        return found
