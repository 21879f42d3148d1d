"""Who the user is on the GitLab host that a repository belongs to. A token is received, never sent back."""

from __future__ import annotations

from typing import Literal

from .base import Body, Params, Reply
from .errors import ErrorReply
from .paths import FolderParams

TokenSource = Literal["config", "environment", "keyring", "file", "git"]


class Account(Reply, kw_only=True):
    """The host of the repository's GitLab remote and the account used there.

    *problem* is set when a token is there but does not serve (expired, revoked, scope missing, host unreachable, …).
    *token_url* is that host's page for making a token, with name and scopes filled in. *secure*: not plain HTTP.
    *stored_in* says in words where a typed token is or would be kept. *expires_at* is a date (``YYYY-MM-DD``).
    """

    host: str
    url: str
    secure: bool
    signed_in: bool
    username: str | None
    name: str | None
    user_id: int | None
    scopes: list[str]
    expires_at: str | None
    source: TokenSource | None
    problem: ErrorReply | None
    token_url: str
    stored_in: str


class SignInBody(Body, kw_only=True):
    """A token typed into the form. *host* repeats the host that the form named; it must be the repository's."""

    host: str
    token: str


class HostsParams(Params, kw_only=True):
    """Nothing."""


class KnownHost(Reply, kw_only=True):
    """A GitLab. *address* goes where requests about the account and the inbox have a *folder*."""

    address: str
    host: str
    url: str
    has_token: bool


class Hosts(Reply, kw_only=True):
    """The GitLabs that this server knows without a repository, the one to be shown first at the beginning.

    Those with a token come first; then ``GITLAB_HOST``, those of the configuration, those that clones have led to,
    those where somebody has signed in, and gitlab.com.
    """

    hosts: list[KnownHost]


class AccountParams(FolderParams, kw_only=True):
    """Nothing but the folder."""
