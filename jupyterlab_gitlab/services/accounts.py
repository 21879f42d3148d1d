"""Signing in to the GitLab that a repository belongs to."""

from __future__ import annotations

from ..contract.accounts import Account, AccountParams, Hosts, HostsParams, KnownHost, SignInBody
from ..contract.addresses import HostAddress
from ..contract.paths import FolderParams
from .context import ServiceContext


def hosts(context: ServiceContext, params: HostsParams) -> Hosts:
    """The GitLabs that are known without a repository."""
    found = context.connections.known_hosts()
    return Hosts(
        hosts=[
            KnownHost(address=str(HostAddress(each.name)), host=each.name, url=each.url, has_token=each.has_token)
            for each in found
        ]
    )


def get(context: ServiceContext, params: AccountParams) -> Account:
    """The account on the repository's host; a token that does not serve is the account's *problem*."""
    return context.host(params.folder).account()


def sign_in(context: ServiceContext, params: FolderParams, body: SignInBody) -> Account:
    """Checks and keeps a typed token. It goes to the repository's own host, whose name the form must have shown.

    Raises
    ------
    GitLabWorkflowError: ``bad_request`` for another host, ``token_*``, ``gitlab_*``.
    """
    context.remember_secret(body.token)
    return context.host(params.folder).sign_in(body.host, body.token)


def sign_out(context: ServiceContext, params: FolderParams) -> Account:
    """Forgets the typed token."""
    return context.host(params.folder).sign_out()
