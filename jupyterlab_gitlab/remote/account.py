"""Who the user is on a host: the token is checked, and what is wrong with it is told apart."""

from __future__ import annotations

import urllib.parse
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..contract.accounts import Account
from ..contract.errors import ErrorCode, ErrorReply, GitLabWorkflowError
from . import entities
from .faults import RefusedError, scope_missing
from .scope import current_user
from .secret import Secret

if TYPE_CHECKING:
    from .client import Client
    from .clients import Clients
    from .hosts import Host
    from .tokens import Source

SCOPE = "api"
_CHECKED_FOR = 60.0


@dataclass(frozen=True)
class CheckedToken:
    """What a host says about a token. *user* is null if its scopes do not even tell that."""

    user: entities.User | None
    scopes: list[str]
    expires_at: str | None
    problem: RefusedError | None


def current(clients: Clients, host: Host, *, fresh: bool = False) -> Account:
    """The account of the token that is in use for *host*; a token that does not serve is its *problem*."""
    found = clients.tokens.find(host.base)
    if found is None:
        return _account(clients, host)
    try:
        client = clients.client(host, found.token)
        if fresh:
            client.kept.drop("token")
            client.kept.drop("user")
        checked = client.kept.get("token", _CHECKED_FOR, lambda: check(client))
    except GitLabWorkflowError as error:
        return _account(clients, host, source=found.source, problem=error.reply())
    problem = checked.problem
    return _account(clients, host, checked, found.source, None if problem is None else problem.reply())


def sign_in(clients: Clients, host: Host, name: str, text: str) -> Account:
    """See :meth:`.GitLabHost.sign_in`."""
    from .client import Client

    if name != host.base.name:
        raise GitLabWorkflowError(
            ErrorCode.BAD_REQUEST,
            f"The form was for {name}, but the GitLab here is {host.base.name}.",
            "Open the form again.",
        )
    in_use = clients.tokens.find(host.base)
    if in_use is not None and in_use.source in ("config", "environment"):
        place = "the server's configuration" if in_use.source == "config" else "the variable GITLAB_TOKEN"
        raise GitLabWorkflowError(
            ErrorCode.BAD_REQUEST,
            f"The token for {name} comes from {place}; a typed one would not be used.",
            "Change or remove it there and restart the Jupyter server.",
        )
    token = Secret(text.strip())
    client = Client(host, token, clients.settings)
    try:
        problem = check(client).problem
    finally:
        client.session.close()
    if problem is not None:
        raise problem
    clients.tokens.keep(host.base, token)
    if in_use is not None:
        clients.forget(host, in_use.token)
    return current(clients, host, fresh=True)


def sign_out(clients: Clients, host: Host) -> Account:
    """See :meth:`.GitLabHost.sign_out`."""
    in_use = clients.tokens.find(host.base)
    clients.tokens.forget(host.base)
    if in_use is not None:
        clients.forget(host, in_use.token)
    return current(clients, host)


def check(client: Client) -> CheckedToken:
    """Asks the host about the client's token.

    Raises
    ------
    GitLabWorkflowError: ``token_invalid``, ``token_expired``, ``token_revoked``, or the host does not answer.
    """
    token = _personal_access_token(client)
    if token is None:
        return CheckedToken(current_user(client), [], None, None)
    lacking = SCOPE not in token.scopes and not token.granular
    problem = scope_missing(client.base.name, SCOPE) if lacking else None
    if problem is not None and token.scopes:
        problem.message += f" It has: {', '.join(token.scopes)}."
    try:
        user = current_user(client)
    except RefusedError as refused:
        if refused.code is not ErrorCode.TOKEN_SCOPE_MISSING:
            raise
        user = None
        problem = problem or refused
    return CheckedToken(user, token.scopes, token.expires_at, problem)


def _personal_access_token(client: Client) -> entities.PersonalAccessToken | None:
    """Null for an OAuth or job token (400), and on a GitLab before 15.5, which does not have the route (404)."""
    try:
        return client.get("/personal_access_tokens/self", entities.PersonalAccessToken)
    except RefusedError as refused:
        if refused.http_status in (400, 404):
            return None
        raise


def _account(
    clients: Clients,
    host: Host,
    checked: CheckedToken | None = None,
    source: Source | None = None,
    problem: ErrorReply | None = None,
) -> Account:
    base = host.base
    user = checked.user if checked is not None else None
    query = urllib.parse.urlencode({"name": "JupyterLab", "scopes": SCOPE})
    return Account(
        host=base.name,
        url=base.url,
        secure=base.scheme == "https",
        signed_in=user is not None and problem is None,
        username=user.username if user is not None else None,
        name=user.name if user is not None else None,
        user_id=user.id if user is not None else None,
        scopes=checked.scopes if checked is not None else [],
        expires_at=checked.expires_at if checked is not None else None,
        source=source,
        problem=problem,
        token_url=f"{base.url}/-/user_settings/personal_access_tokens?{query}",
        stored_in=clients.tokens.place(),
    )
