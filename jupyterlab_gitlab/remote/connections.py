"""From the address of a git remote to its GitLab: the account there and the project."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .clients import Clients
from .gitlab_host import GitLabHost
from .hosts import HostFinder

if TYPE_CHECKING:
    from .addresses import RemoteAddress
    from .project import GitLabProject
    from .settings import RemoteSettings


class Connections:
    """All GitLab hosts of a Jupyter server. Thread-safe; holds one client for each host and token."""

    def __init__(self, settings: RemoteSettings) -> None:
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
        """The GitLab of a name, if it is configured or a remote led there before; nothing is asked."""
        host = self._finder.named(name)
        return None if host is None else GitLabHost(self._clients, host)

    def project(self, address: RemoteAddress, *, itself: bool = False) -> GitLabProject:
        """The project of a remote. Nothing is asked about the project before its first use.

        *itself*: its own merge requests are meant, also if it is a fork.

        Raises
        ------
        GitLabWorkflowError: what :meth:`host` raises, and ``not_signed_in``.
        """
        host, path = self._finder.find(address)
        return GitLabHost(self._clients, host).project(path, itself=itself)

    def close(self) -> None:
        """Closes every connection."""
        self._clients.close()
