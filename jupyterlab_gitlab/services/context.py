"""What every service is given: the clones below the server root and the GitLab hosts that they belong to."""

from __future__ import annotations

import logging
import os
import re
import threading
from typing import TYPE_CHECKING, Any, cast

from ..contract.addresses import HostAddress, ProjectAddress
from ..contract.errors import ErrorCode, GitLabWorkflowError
from ..remote import Connections, GitLabHost, GitLabProject, RemoteAddress, RemoteSettings
from ..repository import CachedClone, Clone, Clones, Credential, FileVersion, Limits
from .cache import ByteCache
from .elsewhere import Elsewhere, unknown_host
from .records import Records
from .sending import Sends
from .turns import Turns

if TYPE_CHECKING:
    from ..config import GitLabConfig

_DRIVE = re.compile(r"([A-Za-z][\w.-]*):(.*)", re.DOTALL)
_COLLABORATION = "RTC"  # the drive of jupyter-collaboration: the same files, shared while they are edited
# GitLab's documented prefixes of tokens
_TOKEN = re.compile(r"\b(?:glpat|gloas|gldt|glrt|glcbt|glptt|glft|glimt|glagent|glsoat|glffct)-[\w.-]{8,}")
_HIDDEN = "[hidden]"


class ServiceContext:
    """Shared by all requests of a server; every method may be called from several threads.

    Parameters
    ----------
    config: the administrator's settings.
    contents_manager: Jupyter's. Its files must lie on this machine's disk.
    log: for the services' own words.
    """

    def __init__(self, config: GitLabConfig, contents_manager: Any, log: logging.Logger) -> None:
        self.config = config
        self.log = log
        self.cache = ByteCache(config.cache_size)
        self.turns = Turns()
        self.sends = Sends()
        self.unfinished_reviews = Records("reviews")
        self.viewed = Records("viewed")
        self.elsewhere = Elsewhere(config)
        self._contents_manager = contents_manager
        self._lock = threading.Lock()
        self._clones: Clones | None = None
        self._secrets = {token for token in (*config.tokens.values(), os.environ.get("GITLAB_TOKEN", "")) if token}
        self.connections = Connections(
            RemoteSettings.from_traits(
                hosts=config.hosts,
                tokens=config.tokens,
                only_listed_hosts=config.only_listed_hosts,
                use_keyring=config.use_keyring,
                api_timeout=config.api_timeout,
            )
        )

    # the clone

    def clone(self, folder: str) -> Clone:
        """The clone that *folder* lies in.

        Parameters
        ----------
        folder: a contents path, with or without a drive before it; or the address of a project without a clone.

        Raises
        ------
        GitLabWorkflowError: ``bad_request`` for a drive that is not on this disk, ``forbidden_path``,
            ``not_a_repository``, ``dubious_ownership``, ``git_missing``.
        """
        if HostAddress.parse(folder) is not None:
            raise GitLabWorkflowError(ErrorCode.NOT_A_REPOSITORY, "A GitLab itself is no repository.")
        address = ProjectAddress.parse(folder)
        if address is not None:
            return self.elsewhere.open(self.connections, address)
        clones = self._opened()
        return clones.open(self.without_drive(folder.strip("/")))

    def read_file(self, contents_path: str) -> FileVersion:
        """A file that Jupyter serves, as it lies on the disk.

        Raises
        ------
        GitLabWorkflowError: ``bad_request`` for a drive that is not on this disk, ``forbidden_path``.
        """
        return self._opened().read_file(self.without_drive(contents_path))

    def _opened(self) -> Clones:
        with self._lock:
            if self._clones is None:
                config = self.config
                self._clones = Clones(
                    self._root(),
                    limits=Limits(
                        local=config.git_timeout,
                        hooks=config.hook_timeout,
                        network=config.transfer_timeout,
                        changes=config.max_changes,
                        large_file=config.large_file_size,
                    ),
                    hidden=bool(getattr(self._contents_manager, "allow_hidden", False)),
                )
            return self._clones

    def _root(self) -> str:
        root = getattr(self._contents_manager, "root_dir", None)
        if not isinstance(root, str) or not root:
            raise GitLabWorkflowError(
                ErrorCode.NOT_A_REPOSITORY,
                "This Jupyter server does not keep its files on its own disk, so there is no clone to work with.",
            )
        return os.path.expanduser(root)  # noqa: PTH111 - the contents manager's own spelling

    def without_drive(self, folder: str) -> str:
        """The contents path without its drive. A folder that really has a colon in its name stays as it is."""
        found = _DRIVE.fullmatch(folder)
        if found is None or os.path.lexists(os.path.join(self._root(), folder.split("/", 1)[0])):  # noqa: PTH118
            return folder
        drive, path = found.groups()
        if drive != _COLLABORATION:
            raise GitLabWorkflowError(
                ErrorCode.BAD_REQUEST,
                f"The drive {drive} is not on the disk of the Jupyter server, so git can't work there.",
                "Open a folder of the file browser's first drive.",
            )
        return path.strip("/")

    # its GitLab

    def address(self, clone: Clone) -> RemoteAddress:
        """Where the clone's GitLab remote leads.

        Raises
        ------
        GitLabWorkflowError: ``no_remote``.
        """
        remote = clone.describe().remote
        address = RemoteAddress.parse(remote.url) if remote is not None else None
        if address is None:
            raise GitLabWorkflowError(
                ErrorCode.NO_REMOTE,
                "This repository has no remote that leads to a GitLab project.",
                "Add one: git remote add origin https://gitlab.com/GROUP/PROJECT.git",
            )
        return address

    def host(self, folder: str) -> GitLabHost:
        """The GitLab of the clone that *folder* lies in; *folder* may be the address of a known one itself.

        Raises
        ------
        GitLabWorkflowError: ``host_unknown``; what :meth:`clone` and :meth:`address` raise.
        """
        named = HostAddress.parse(folder)
        if named is not None:
            host = self.connections.named_host(named.host)
            if host is None:
                raise unknown_host(named.host)
            return host
        return self.connections.host(self.address(self.clone(folder)))

    def project(self, folder: str) -> GitLabProject:
        """The project of the clone that *folder* lies in."""
        return self.project_of(self.clone(folder))

    def project_of(self, clone: Clone) -> GitLabProject:
        """The project of *clone*; raises ``not_signed_in`` without a token."""
        return self.connections.project(self.address(clone), itself=isinstance(clone, CachedClone))

    def credential(self, clone: Clone) -> Credential | None:
        """What git may answer to the clone's remote; null where the user's own helpers and keys have to serve."""
        try:
            address = self.address(clone)
        except GitLabWorkflowError:
            return None
        return self.credential_for(address)

    def credential_for(self, address: RemoteAddress) -> Credential | None:
        """What git may answer to *address*: the token of that very host, for http(s) only."""
        if address.scheme == "ssh":
            return None
        try:
            found = self.connections.host(address).git_credential(address)
        except GitLabWorkflowError as error:
            if error.code in (ErrorCode.HOST_UNKNOWN, ErrorCode.INSECURE_HOST):
                return None
            raise
        if found is None:
            return None
        password = found.password.reveal()
        self.remember_secret(password)
        protocol = "http" if found.protocol == "http" else "https"
        return Credential(protocol=cast("Any", protocol), host=found.host, username=found.username, password=password)

    # secrets

    def remember_secret(self, secret: str) -> None:
        """From now on *secret* is taken out of logs and replies."""
        if len(secret) >= 8:
            self._secrets.add(secret)

    def without_secrets(self, text: str) -> str:
        """*text* without the tokens that this server knows and without anything shaped like a GitLab token."""
        for secret in tuple(self._secrets):
            text = text.replace(secret, _HIDDEN)
        return _TOKEN.sub(_HIDDEN, text)

    def close(self) -> None:
        """Ends kept git processes and connections."""
        with self._lock:
            if self._clones is not None:
                self._clones.close()
        self.elsewhere.close()
        self.connections.close()
