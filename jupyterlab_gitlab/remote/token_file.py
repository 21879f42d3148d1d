"""The file that keeps tokens where there is no keyring."""

from __future__ import annotations

import contextlib
import json
import os
import stat
import tempfile
import threading
from pathlib import Path

from ..contract.errors import ErrorCode, GitLabWorkflowError
from .secret import Secret


class TokenFile:
    """A JSON object of tokens by base URL (empty: the keyring has it), with mode 0600 in a directory with mode 0700.

    Windows has no such modes: there the file has the access list of the user's profile directory, which by default
    lets in the user, the system and administrators.
    """

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._lock = threading.Lock()

    @property
    def path(self) -> Path:
        if self._path is None:
            from jupyter_core.paths import jupyter_data_dir

            self._path = Path(jupyter_data_dir()) / "gitlab-workflow" / "tokens.json"
        return self._path

    def find(self, url: str) -> Secret | None:
        token = self._read().get(url)
        return Secret(token) if token else None

    def urls(self) -> list[str]:
        """What tokens are kept for, here or in the keyring."""
        return list(self._read())

    def name(self, url: str) -> None:
        """Notes that the keyring has the token. That it can't be noted costs no more than the note."""
        with contextlib.suppress(GitLabWorkflowError):
            self.keep(url, Secret(""))

    def keep(self, url: str, token: Secret) -> None:
        """Raises ``internal`` if the file can't be written."""
        with self._lock:
            tokens = self._read()
            tokens[url] = token.reveal()
            self._write(tokens)

    def forget(self, url: str) -> None:
        """Raises ``internal`` if the file can't be written."""
        with self._lock:
            tokens = self._read()
            if tokens.pop(url, None) is not None:
                self._write(tokens)

    def _read(self) -> dict[str, str]:
        """The tokens; none if the file is absent or damaged. A file that others may read is closed to them first."""
        try:
            if os.name == "posix" and stat.S_IMODE(self.path.stat().st_mode) & 0o077:
                self.path.chmod(0o600)
            kept = json.loads(self.path.read_text("utf-8"))
        except (OSError, ValueError):
            return {}
        if not isinstance(kept, dict):
            return {}
        return {url: token for url, token in kept.items() if isinstance(token, str)}

    def _write(self, tokens: dict[str, str]) -> None:
        """All or nothing: a new file (0600 from its first moment) takes the old one's place."""
        try:
            self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(prefix=".tokens-", dir=self.path.parent)
            try:
                with os.fdopen(handle, "w", encoding="utf-8") as file:
                    json.dump(tokens, file)
                    file.flush()
                    os.fsync(file.fileno())
                Path(name).replace(self.path)
            except BaseException:
                with contextlib.suppress(OSError):
                    Path(name).unlink()
                raise
        except OSError as error:
            raise GitLabWorkflowError(
                ErrorCode.INTERNAL,
                f"The file for tokens could not be written: {error.strerror}.",
                f"Make {self.path.parent} writable, or free some space.",
            ) from None
