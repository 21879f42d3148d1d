"""From the address of a git remote to its GitLab: the account there and the project."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .clients import Clients
from .gitlab_host import GitLabHost
from .hosts import HostFinder
from .known_hosts import known_hosts

if TYPE_CHECKING:
    from .addresses import RemoteAddress
    from .hosts import Host
    from .project import GitLabProject
    from .settings import RemoteSettings


class Connections:
    """All GitLab hosts of a Jupyter server. Thread-safe; holds one client for each host and token."""

    def __init__(self, settings: RemoteSettings) -> None:
        self._settings = settings
        self._finder = HostFinder(settings)
        self._clients = Clients(settings)

    def host(self, address: RemoteAddress) -> GitLabHost:
        """The GitLab that a remote lives on.

        Raises
        ------
        GitLabWorkflowError: ``host_unknown`` (no GitLab there, or not a listed host), ``insecure_host``,
            ``gitlab_unreachable``, ``gitlab_timeout``.
        """
        host, _ = self._finder.find(address)
        return GitLabHost(self._clients, host)

    def named_host(self, name: str) -> GitLabHost | None:
        """The GitLab of a name, if it is configured, a remote led there before, or a token is for it.

        Nothing is asked.
        """
        host = self._finder.named(name) or next((one for one in self._known() if one.base.name == name), None)
        return None if host is None else GitLabHost(self._clients, host)

    def known_hosts(self) -> list[GitLabHost]:
        """The GitLabs that are known without a remote, those with a token first."""
        hosts = [GitLabHost(self._clients, host) for host in self._known()]
        return sorted(hosts, key=lambda host: not host.has_token)

    def project(self, address: RemoteAddress, *, itself: bool = False) -> GitLabProject:
        """The project of a remote. Nothing is asked about the project before its first use.

        *itself*: its own merge requests are meant, also if it is a fork.

        Raises
        ------
        GitLabWorkflowError: what :meth:`host` raises, and ``not_signed_in``.
        """
        host, path = self._finder.find(address)
        return GitLabHost(self._clients, host).project(path, itself=itself)

    def _known(self) -> list[Host]:
        return known_hosts(self._settings, self._finder, self._clients.tokens)

    def close(self) -> None:
        """Closes every connection."""
        self._clients.close()
