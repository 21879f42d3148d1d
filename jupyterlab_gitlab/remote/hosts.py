"""Which GitLab a git remote lives on, and the project path there.

The address of a GitLab is never taken from the browser. It is the configured one, or gitlab.com, or ``https://`` and
the remote's host; for a GitLab below a path (a relative-URL install) that nobody configured, the leading parts of the
remote's path are tried without a token.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass, replace
from typing import Literal, NoReturn

from ..contract.errors import ErrorCode, GitLabWorkflowError
from .addresses import BaseUrl, RemoteAddress
from .keeping import Kept
from .settings import HostSettings, RemoteSettings

GITLAB_COM = HostSettings(name="gitlab.com", base=BaseUrl("https", "gitlab.com", None, ""))
# GitLab.com's ssh on port 443: https://docs.gitlab.com/user/gitlab_com/#alternative-ssh-port
_GITLAB_COM_SSH = replace(GITLAB_COM, name="altssh.gitlab.com")

_FOUND_FOR = 24 * 3600.0
_MISSED_FOR = 60.0


@dataclass(frozen=True)
class Host:
    """A GitLab and how to reach it."""

    base: BaseUrl
    ca_file: str | None = None
    verify: bool = True


class HostFinder:
    """Finds the host of an address and remembers what the network told. Thread-safe."""

    def __init__(self, settings: RemoteSettings) -> None:
        self._settings = settings
        self._known = _known_hosts(settings)
        self._found = Kept()
        self._missed = Kept()
        self._by_name: dict[str, Host] = {}
        self._lock = threading.Lock()

    def find(self, address: RemoteAddress) -> tuple[Host, str]:
        """The host and the project's path on it (``group/sub/project``).

        Raises
        ------
        GitLabWorkflowError: ``host_unknown``, ``insecure_host``, ``gitlab_unreachable``, ``gitlab_timeout``.
        """
        known = self._configured(address)
        if known is not None:
            if known.base.scheme == "http" and not (known.allow_http or known.base.loopback):
                _refuse_plain_http(known.base.name)
            host = Host(known.base, known.ca_file, known.verify)
        elif self._settings.only_listed_hosts:
            raise GitLabWorkflowError(
                ErrorCode.HOST_UNKNOWN,
                f"{address.authority} is not among the GitLab hosts that this server may talk to.",
                "Ask the administrator to add it to GitLabConfig.hosts.",
            )
        else:
            host = Host(self._discovered(address))
        with self._lock:
            self._by_name[host.base.name] = host
        return host, _below(host.base, address)

    def named(self, name: str) -> Host | None:
        """The host of a name (:attr:`.addresses.BaseUrl.name`), if it is configured or was found before.

        Nothing is asked: a name may come from the browser, and decides for no address that is not known already.
        """
        with self._lock:
            found = self._by_name.get(name)
        if found is not None:
            return found
        usable = (one for one in self._known if one.base.scheme == "https" or one.allow_http or one.base.loopback)
        known = next((one for one in usable if one.base.name == name), None)
        return None if known is None else Host(known.base, known.ca_file, known.verify)

    def found(self) -> list[BaseUrl]:
        """Where remotes have led so far."""
        with self._lock:
            return [host.base for host in self._by_name.values()]

    def _configured(self, address: RemoteAddress) -> HostSettings | None:
        """The known host of *address*; among several on one host name the one with the longest path."""
        fitting = [known for known in self._known if _serves(known, address)]
        return max(fitting, key=lambda known: len(known.base.path), default=None)

    def _discovered(self, address: RemoteAddress) -> BaseUrl:
        scheme: Literal["https", "http"] = "http" if address.scheme == "http" else "https"
        root = BaseUrl(scheme, address.host, None if address.scheme == "ssh" else address.port, "")
        if scheme == "http" and not root.loopback:
            _refuse_plain_http(root.name)
        # The path of an ssh remote does not contain the path of a relative-URL install.
        parts = [] if address.scheme == "ssh" else address.path.split("/")[:-2]
        candidates = tuple(replace(root, path="/".join(parts[:depth])) for depth in range(len(parts) + 1))
        return self._found.get(candidates, _FOUND_FOR, lambda: self._asked(candidates))

    def _asked(self, candidates: tuple[BaseUrl, ...]) -> BaseUrl:
        """The first candidate that is a GitLab. That there is none is remembered for a shorter time."""
        from .probing import first_gitlab

        answered = self._missed.get(candidates, _MISSED_FOR, lambda: first_gitlab(candidates, self._settings))
        if answered is None:
            raise GitLabWorkflowError(
                ErrorCode.HOST_UNKNOWN,
                f"No GitLab answers at {candidates[0].url}.",
                "If this remote belongs to a GitLab at another address, an administrator can name that address in "
                "GitLabConfig.hosts. A remote of another service can't be used here.",
            )
        return answered


def _known_hosts(settings: RemoteSettings) -> tuple[HostSettings, ...]:
    """The hosts that need no probing: listed ones, gitlab.com and the one of the environment."""
    listed = settings.hosts
    if settings.only_listed_hosts:
        return listed
    names = {host.name for host in listed}
    known = [*listed, *(host for host in (GITLAB_COM, _GITLAB_COM_SSH) if host.name not in names)]
    text = settings.environ.get("GITLAB_HOST", "").strip()
    base = BaseUrl.parse(text) if text else None
    # A bare name says nothing about where below the host GitLab is, so that it is probed like any other.
    if base is not None and "://" in text and base not in {host.base for host in listed}:
        known.append(HostSettings(base.name, base, allow_http=True))
    return tuple(known)


def _serves(known: HostSettings, address: RemoteAddress) -> bool:
    """Whether *address* is a remote of *known*: by the name that it was listed under or by its web address."""
    if address.scheme == "ssh":
        # ssh has a port of its own, so that only the names are compared.
        listed = BaseUrl.parse(known.name)
        return address.host in {known.base.host, listed.host if listed else ""}
    base = known.base
    at_base = (address.scheme, address.host, address.port) == (base.scheme, base.host, base.port)
    return (at_base or address.authority == known.name) and _has_prefix(address.path, base.path)


def _has_prefix(path: str, prefix: str) -> bool:
    return not prefix or f"{path}/".startswith(f"{prefix}/")


def _below(base: BaseUrl, address: RemoteAddress) -> str:
    if address.scheme != "ssh" and base.path and _has_prefix(address.path, base.path):
        return address.path[len(base.path) :].strip("/")
    return address.path


def _refuse_plain_http(name: str) -> NoReturn:
    raise GitLabWorkflowError(
        ErrorCode.INSECURE_HOST,
        f"{name} is reached by plain HTTP, where anybody on the way can read an access token.",
        "Change the remote to https (git remote set-url), or let an administrator allow it with "
        '"allow_http": True in GitLabConfig.hosts.',
    )
