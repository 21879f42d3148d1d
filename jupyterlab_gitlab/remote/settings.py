"""What an administrator decides about GitLab hosts, as plain values."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from .addresses import BaseUrl
from .secret import Secret


@dataclass(frozen=True)
class HostSettings:
    """One GitLab. *name* is the ``host[:port]`` that git remotes use, which may differ from *base*'s (ssh aliases).

    *ca_file* is a file of certificate authorities in PEM; *verify* false switches certificate checks off;
    *allow_http* lets a token travel over plain HTTP.
    """

    name: str
    base: BaseUrl
    ca_file: str | None = None
    verify: bool = True
    allow_http: bool = False


@dataclass(frozen=True)
class RemoteSettings:
    """*tokens* by ``host[:port][/path]``. Times are in seconds; *total_timeout* bounds one answer, body included.

    *only_listed_hosts*: no other host than those of *hosts* is ever asked anything. *token_file* is where tokens go
    that no keyring takes (default: in Jupyter's data directory).
    """

    hosts: tuple[HostSettings, ...] = ()
    only_listed_hosts: bool = False
    tokens: Mapping[str, Secret] = field(default_factory=dict)
    environ: Mapping[str, str] = field(default_factory=lambda: os.environ, repr=False)
    use_keyring: bool = True
    keyring_timeout: float = 5.0
    token_file: Path | None = None
    connect_timeout: float = 5.0
    read_timeout: float = 20.0
    total_timeout: float = 60.0

    @classmethod
    def from_traits(
        cls,
        *,
        hosts: Mapping[str, Mapping[str, Any]],
        tokens: Mapping[str, str],
        only_listed_hosts: bool = False,
        use_keyring: bool = True,
        api_timeout: float = 20.0,
    ) -> RemoteSettings:
        """The settings that the traits of the server extension mean.

        Raises
        ------
        ValueError: an address in *hosts* is none.
        """
        return cls(
            hosts=tuple(_host_settings(name, values) for name, values in hosts.items()),
            only_listed_hosts=only_listed_hosts,
            tokens={_token_key(name): Secret(token.strip()) for name, token in tokens.items() if token.strip()},
            use_keyring=use_keyring,
            connect_timeout=min(5.0, api_timeout),
            read_timeout=api_timeout,
            total_timeout=3 * api_timeout,
        )


def _host_settings(name: str, values: Mapping[str, Any]) -> HostSettings:
    base = BaseUrl.parse(str(values.get("url") or name))
    named = BaseUrl.parse(name)
    if base is None or named is None:
        raise ValueError(f"{values.get('url') or name!r} is not the address of a GitLab")
    ca_file = values.get("ca_file")
    return HostSettings(
        name=named.name,
        base=base,
        ca_file=str(ca_file) if ca_file else None,
        verify=bool(values.get("verify", True)),
        # An address that an administrator wrote with http:// says the same.
        allow_http=bool(values.get("allow_http", False)) or base.scheme == "http",
    )


def _token_key(name: str) -> str:
    base = BaseUrl.parse(name)
    if base is None:
        raise ValueError(f"{name!r} is not the name of a GitLab host")
    return base.name
