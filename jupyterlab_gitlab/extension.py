"""The Jupyter server extension: traits and wiring, nothing else.

Nothing heavy is imported here: the contract, git, python-gitlab and the notebook core load with the first request.
"""

from __future__ import annotations

from typing import Any

from jupyter_server.extension.application import ExtensionApp

from .config import GitLabConfig
from .handlers.door import PREFIX, Door, Rooms, UploadDoor


class GitLabExtension(ExtensionApp):
    """Puts the API below ``/gitlab/api/v1/`` and reads :class:`.config.GitLabConfig` from the server's settings."""

    name = "jupyterlab_gitlab"
    extension_url = "/lab"
    load_other_extensions = True
    classes: list[Any] = [GitLabConfig]

    def initialize_handlers(self) -> None:
        """Two doors, one of them for files: what lies behind is imported when the first request knocks."""
        serverapp = self.serverapp
        assert serverapp is not None
        self._rooms = Rooms(GitLabConfig(parent=self), serverapp.contents_manager, self.log)
        self.handlers.append((PREFIX + r"(/uploads)", UploadDoor, {"rooms": self._rooms}))
        self.handlers.append((PREFIX + r"(/.*)?", Door, {"rooms": self._rooms}))

    async def stop_extension(self) -> None:
        """Ends the worker threads and the git processes that are still open."""
        self._rooms.close()
