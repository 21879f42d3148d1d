"""The GitLabs that are known before any clone leads to one: the user may have an account there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from .addresses import BaseUrl
from .hosts import GITLAB_COM, Host

if TYPE_CHECKING:
    from .hosts import HostFinder
    from .settings import RemoteSettings
    from .tokens import TokenStore


def known_hosts(settings: RemoteSettings, finder: HostFinder, tokens: TokenStore) -> list[Host]:
    """Each once, in the order of :class:`~..contract.accounts.Hosts` but for the tokens. Nothing is asked.

    A host that others could read the token on the way to is left out, as is one that is not listed if only listed ones
    may be talked to.
    """
    found: dict[str, Host] = {}
    for base in _bases(settings, finder, tokens):
        host = finder.named(base.name)
        if host is None and (base.scheme == "https" or base.loopback):
            host = Host(base)
        if host is not None:
            found.setdefault(host.base.name, host)
    return list(found.values())


def _bases(settings: RemoteSettings, finder: HostFinder, tokens: TokenStore) -> Iterator[BaseUrl]:
    listed = [host.base for host in settings.hosts]
    if settings.only_listed_hosts:
        yield from listed
        return
    yield from _read([settings.environ.get("GITLAB_HOST", "").strip()])
    yield from listed
    yield from _read(settings.tokens)
    yield from finder.found()
    yield from _read(tokens.kept())
    yield GITLAB_COM.base


def _read(texts: Iterable[str]) -> Iterator[BaseUrl]:
    """A name without a scheme means https, and on this very machine http, as sandboxes are."""
    for text in texts:
        base = BaseUrl.parse(text) if text else None
        if base is not None:
            yield replace(base, scheme="http") if "://" not in text and base.loopback else base
