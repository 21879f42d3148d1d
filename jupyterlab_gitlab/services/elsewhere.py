"""Projects that have no clone in the user's files: their merge requests are read in bare clones that are kept aside."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from ..contract.addresses import ProjectAddress
from ..contract.errors import ErrorCode, GitLabWorkflowError
from ..contract.inbox import CachedProject, CachedProjects
from ..remote import RemoteAddress
from ..repository import CachedClone, CachedClones, Clone, Limits

if TYPE_CHECKING:
    from ..config import GitLabConfig
    from ..remote import Connections, GitLabHost


class Elsewhere:
    """The bare clones in Jupyter's data directory. Thread-safe."""

    def __init__(self, config: GitLabConfig) -> None:
        self._config = config
        self._lock = threading.Lock()
        self._clones: CachedClones | None = None

    def open(self, connections: Connections, address: ProjectAddress) -> CachedClone:
        """The bare clone of a project; nothing is fetched yet.

        Raises
        ------
        GitLabWorkflowError: ``host_unknown`` for a host that no configuration and no clone has named; what
            :meth:`.CachedClones.open` raises.
        """
        clones = self._kept()
        name = (address.host, address.path)
        host = self._host(connections, clones, name)
        return clones.open(name, f"{host.url}/{address.path}.git", str(address))

    def make_room(self, clone: Clone) -> None:
        """After a fetch into *clone*: others go if all of them together have become too large."""
        address = ProjectAddress.parse(clone.folder or "") if isinstance(clone, CachedClone) else None
        if address is not None:
            self._kept().make_room((address.host, address.path))

    def listed(self) -> CachedProjects:
        """All that are kept."""
        clones = self._kept()
        projects = [
            CachedProject(
                address=str(ProjectAddress(*each.name)),
                project_path=each.name[1],
                host=each.name[0],
                size=each.size,
                used_at=each.used_at,
            )
            for each in clones.listed()
        ]
        return CachedProjects(projects=projects, size=sum(each.size for each in projects), limit=clones.limit)

    def clear(self) -> CachedProjects:
        """Removes all of them; what is asked for again is fetched again."""
        self._kept().clear()
        return self.listed()

    def close(self) -> None:
        """Ends kept git processes."""
        with self._lock:
            if self._clones is not None:
                self._clones.close()

    def _host(self, connections: Connections, clones: CachedClones, name: tuple[str, str]) -> GitLabHost:
        host = connections.named_host(name[0])
        if host is not None:
            return host
        # after a restart a document may be back before any clone has told of its host
        remote = RemoteAddress.parse(clones.url(name) or "")
        if remote is None:
            raise unknown_host(name[0])
        return connections.host(remote)

    def _kept(self) -> CachedClones:
        with self._lock:
            if self._clones is None:
                from pathlib import Path

                from jupyter_core.paths import jupyter_data_dir

                self._clones = CachedClones(
                    Path(jupyter_data_dir()) / "gitlab-workflow" / "clones",
                    self._config.cached_clones_size,
                    Limits(local=self._config.git_timeout, network=self._config.transfer_timeout),
                )
            return self._clones


def unknown_host(name: str) -> GitLabWorkflowError:
    """For a host that only the browser has named."""
    return GitLabWorkflowError(
        ErrorCode.HOST_UNKNOWN,
        f"Nothing here leads to the GitLab {name}.",
        "Open a clone of a project of that GitLab, or let an administrator list it in GitLabConfig.hosts.",
    )
