"""A real Jupyter server with the extension, in a process of its own."""

from __future__ import annotations

import json
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import requests
from api_client import Api

START_TIMEOUT = 60


@dataclass
class JupyterProcess:
    """A server that answers. *root* is its server root, *log* its stderr."""

    url: str
    token: str
    root: Path
    log: Path
    process: subprocess.Popen[bytes]

    @property
    def api(self) -> Api:
        return Api(self.url, self.token)


def clean_environment(home: Path, name: str = "Test Author", email: str = "author@example.com") -> dict[str, str]:
    """The environment without the user's own git, GitLab and Jupyter settings; git's identity is the given one."""
    home.mkdir(parents=True, exist_ok=True)
    config = home / "gitconfig"
    if not config.exists():
        config.write_text(f"[user]\n\tname = {name}\n\temail = {email}\n[init]\n\tdefaultBranch = main\n", "utf-8")
    kept = {
        key: value
        for key, value in os.environ.items()
        if not key.startswith(("GIT_", "GITLAB_", "JUPYTER", "CI_", "SSH_")) and key != "CI"
    }
    return kept | {
        "HOME": str(home),
        "GIT_CONFIG_GLOBAL": str(config),
        "GIT_CONFIG_NOSYSTEM": "1",
        "JUPYTER_NO_CONFIG": "1",
        "JUPYTER_PLATFORM_DIRS": "1",
        "JUPYTER_DATA_DIR": str(home / "data"),
        "JUPYTER_RUNTIME_DIR": str(home / "runtime"),
        "XDG_CACHE_HOME": str(home / "cache"),
    }


@contextmanager
def jupyter_server(
    home: Path, root: Path, config: Mapping[str, Any] | None = None, environment: Mapping[str, str] | None = None
) -> Iterator[JupyterProcess]:
    """Starts a server on a free port and waits until it answers; ends it afterwards.

    Parameters
    ----------
    config: traits of ``GitLabConfig``.
    """
    token = secrets.token_hex(16)
    variables = dict(environment if environment is not None else clean_environment(home))
    root.mkdir(parents=True, exist_ok=True)
    settings = home / "jupyter_server_config.json"
    settings.write_text(
        json.dumps(
            {
                "ServerApp": {
                    "jpserver_extensions": {"jupyterlab_gitlab": True},
                    "allow_unauthenticated_access": False,
                    "allow_root": True,
                    "open_browser": False,
                    "root_dir": str(root),
                },
                "IdentityProvider": {"token": token},
                "GitLabConfig": {"use_keyring": False, **(config or {})},
            }
        ),
        "utf-8",
    )
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    log = home / "jupyter.log"
    with log.open("ab") as stream:
        process = subprocess.Popen(
            [sys.executable, "-m", "jupyter_server", f"--port={port}", "--ip=127.0.0.1", f"--config={settings}"],
            env=variables,
            cwd=root,
            stdout=stream,
            stderr=stream,
        )
    url = f"http://127.0.0.1:{port}"
    try:
        _wait_for(url, token, process, log)
        yield JupyterProcess(url, token, root, log, process)
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait(10)


def _wait_for(url: str, token: str, process: subprocess.Popen[bytes], log: Path) -> None:
    end = time.monotonic() + START_TIMEOUT
    while time.monotonic() < end:
        if process.poll() is not None:
            break
        try:
            if requests.get(f"{url}/api/status", params={"token": token}, timeout=5).ok:
                return
        except requests.ConnectionError:
            time.sleep(0.05)
    raise RuntimeError(f"the Jupyter server did not start:\n{log.read_text('utf-8', 'replace')}")
