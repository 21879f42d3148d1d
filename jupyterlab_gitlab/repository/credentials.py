"""Gives git a token for one process, through git's own credential protocol.

The token waits in a file that only the user can read (0600 in a directory of 0700; on Windows in the user's own
temporary directory), under the user's runtime directory where there is one (memory, gone at logout), and is deleted as
soon as git has ended. An environment variable would reach every hook and filter that git starts, and an inherited pipe
can be read once only, does not pass through git's shell on Windows, and fails Git LFS, which asks a second time. The
file's name is all that appears in an argument list.

The list of helpers is emptied first: neither is the user's stored password tried nor the token stored by them.
"""

from __future__ import annotations

import contextlib
import os
import shlex
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from ..contract.errors import ErrorCode, GitLabWorkflowError
from .remotes import DEFAULT_PORTS, parse_url
from .values import Credential

_HELPER = Path(__file__).with_name("credential_helper.py")


def belongs(credential: Credential, url: str) -> bool:
    """Whether *url* is an http(s) one of exactly the credential's protocol, host and port."""
    address = parse_url(url)
    if address is None or address.scheme != credential.protocol:
        return False
    return address.netloc == credential.host.lower().removesuffix(f":{DEFAULT_PORTS[credential.protocol]}")


@contextlib.contextmanager
def given(credential: Credential | None, url: str) -> Iterator[tuple[str, ...]]:
    """The options that make git use *credential* for *url*; none without a credential or if it belongs elsewhere.

    Without them the user's own helpers stay in force.
    """
    if credential is None or not belongs(credential, url):
        yield ()
        return
    lines = [credential.protocol, credential.host, credential.username, credential.password]
    if any(not line or any(ord(character) < 33 for character in line) for line in lines):
        raise GitLabWorkflowError(
            ErrorCode.TOKEN_INVALID,
            "The token contains a space or a line break.",
            "Sign in again with the token alone.",
        )
    with tempfile.TemporaryDirectory(prefix="gitlab-workflow-", dir=_runtime_directory()) as directory:
        path = Path(directory) / "credential"
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with open(descriptor, "wb") as file:
            file.write("\n".join([*lines, ""]).encode())
        yield ("-c", "credential.helper=", "-c", f"credential.helper={command(path)}")


def command(path: Path) -> str:
    """The helper as git's shell runs it. ``-I -S``: nothing of the user's Python set-up is loaded (fast and safe)."""
    words = [Path(sys.executable).as_posix(), "-I", "-S", _HELPER.as_posix(), path.as_posix()]
    return "!" + " ".join(shlex.quote(word) for word in words)


def _runtime_directory() -> str | None:
    directory = os.environ.get("XDG_RUNTIME_DIR")
    return directory if directory and os.access(directory, os.W_OK | os.X_OK) else None
