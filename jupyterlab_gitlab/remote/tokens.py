"""Where the token of a host comes from, and where a typed one is kept.

In this order: the server's configuration; the environment (``GITLAB_TOKEN`` belongs to ``GITLAB_HOST``, gitlab.com by
default); the operating system's keyring; a file that only the user may read. A token belongs to one host with its port
and path and is given for no other.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from .addresses import BaseUrl
from .keeping import Kept
from .secret import Secret
from .token_file import TokenFile
from .token_keyring import TokenKeyring

if TYPE_CHECKING:
    from .settings import RemoteSettings

_RECENT = 30.0

Source = Literal["config", "environment", "keyring", "file"]


@dataclass(frozen=True)
class FoundToken:
    """A token and where it was found."""

    token: Secret
    source: Source


class TokenStore:
    """Finds, keeps and forgets tokens. Thread-safe; nothing of it is logged."""

    def __init__(self, settings: RemoteSettings) -> None:
        self._settings = settings
        self._keyring = TokenKeyring(settings.keyring_timeout) if settings.use_keyring else None
        self._file = TokenFile(settings.token_file)
        self._recent = Kept()

    def find(self, base: BaseUrl) -> FoundToken | None:
        """The token of *base*, from the first place that has one."""
        configured = self._settings.tokens.get(base.name)
        if configured is not None:
            return FoundToken(configured, "config")
        from_environment = self._of_environment(base)
        if from_environment is not None:
            return FoundToken(from_environment, "environment")
        if (kept := self._of_keyring(base)) is not None:
            return FoundToken(kept, "keyring")
        if (kept := self._file.find(base.url)) is not None:
            return FoundToken(kept, "file")
        return None

    def keep(self, base: BaseUrl, token: Secret) -> Source:
        """Keeps a typed token: in the keyring, or in the file where that fails. An older one is replaced.

        Raises
        ------
        GitLabWorkflowError: the file could not be written.
        """
        self._recent.drop(base)
        if self._keyring is not None and self._keyring.keep(base.url, token):
            self._file.name(base.url)
            return "keyring"
        self._file.keep(base.url, token)
        return "file"

    def forget(self, base: BaseUrl) -> None:
        """Removes a typed token from wherever it is kept.

        Raises
        ------
        GitLabWorkflowError: the file could not be written.
        """
        self._recent.drop(base)
        if self._keyring is not None:
            self._keyring.forget(base.url)
        self._file.forget(base.url)

    def kept(self) -> list[str]:
        """The base URLs of hosts that typed tokens are kept for. A keyring lists none, so the file names its own."""
        return self._file.urls()

    def place(self) -> str:
        """Where a typed token is or would be kept, in words."""
        backend = self._keyring.backend() if self._keyring is not None else None
        if backend is not None:
            return f"the keyring of the machine that Jupyter runs on ({backend})"
        return f"a file on the machine that Jupyter runs on, readable only by you ({self._file.path})"

    def _of_keyring(self, base: BaseUrl) -> Secret | None:
        """A keyring is slow to ask (a bus, a dialog), and each request asks for its token."""
        keyring = self._keyring
        return None if keyring is None else self._recent.get(base, _RECENT, lambda: keyring.find(base.url))

    def _of_environment(self, base: BaseUrl) -> Secret | None:
        token = self._settings.environ.get("GITLAB_TOKEN", "").strip()
        if not token:
            return None
        text = self._settings.environ.get("GITLAB_HOST", "").strip() or "gitlab.com"
        owner = BaseUrl.parse(text)
        if owner is None or owner.name != base.name or ("://" in text and owner.scheme != base.scheme):
            return None
        return Secret(token)
