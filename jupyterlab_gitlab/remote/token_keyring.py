"""The operating system's keyring, never waited for longer than a moment.

A keyring may be missing, locked behind a dialog that nobody sees, or broken: every failure means that there is none.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TypeVar

from .secret import Secret

SERVICE = "jupyterlab-gitlab-workflow"

Value = TypeVar("Value")


class TokenKeyring:
    """Tokens by base URL. After a call that took too long the keyring is left alone until the server restarts."""

    def __init__(self, timeout: float) -> None:
        self._timeout = timeout
        self._silent = False
        self._backend: str | None = None
        self._asked = False

    def find(self, url: str) -> Secret | None:
        if self.backend() is None:
            return None
        return self._bounded(lambda: _read(url), None)

    def keep(self, url: str, token: Secret) -> bool:
        """Whether the keyring has it now, read back."""
        if self.backend() is None:
            return False
        return self._bounded(lambda: _write(url, token), False)

    def forget(self, url: str) -> None:
        if self.backend() is not None:
            self._bounded(lambda: _delete(url), None)

    def backend(self) -> str | None:
        """The keyring's name, null if there is none that works."""
        if not self._asked:
            self._backend = self._bounded(_backend_name, None)
            self._asked = True
        return None if self._silent else self._backend

    def _bounded(self, call: Callable[[], Value], otherwise: Value) -> Value:
        """*call* in a thread of its own, *otherwise* if it fails or takes too long.

        A thread of a pool would be waited for when Python ends; a daemon is not.
        """
        if self._silent:
            return otherwise
        results: list[Value] = []
        done = threading.Event()

        def run() -> None:
            try:
                results.append(call())
            except BaseException:  # noqa: S110 - backends raise what they like, and each failure means the same
                pass
            finally:
                done.set()

        threading.Thread(target=run, name="gitlab-keyring", daemon=True).start()
        if not done.wait(self._timeout):
            self._silent = True
            return otherwise
        return results[0] if results else otherwise


def _backend_name() -> str | None:
    import keyring
    from keyring.backends import fail, null

    backend = keyring.get_keyring()
    if isinstance(backend, fail.Keyring | null.Keyring) or backend.priority <= 0:
        return None
    return str(backend.name)


def _read(url: str) -> Secret | None:
    import keyring

    token = keyring.get_password(SERVICE, url)
    return Secret(token) if token else None


def _write(url: str, token: Secret) -> bool:
    import keyring

    keyring.set_password(SERVICE, url, token.reveal())
    return keyring.get_password(SERVICE, url) == token.reveal()


def _delete(url: str) -> None:
    import keyring

    if keyring.get_password(SERVICE, url) is not None:
        keyring.delete_password(SERVICE, url)
