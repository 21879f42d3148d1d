"""One JupyterLab of the demo: a home of its own, a clone, and a server that is signed in."""

from __future__ import annotations

import base64
import json
import os
import socket
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from .children import Children

START_TIMEOUT = 90.0
"""Seconds that a JupyterLab may take to answer."""


class Account(NamedTuple):
    """Who works in a Lab, and with which token."""

    role: str
    username: str
    name: str
    token: str


class Lab:
    """Prepares the folders below *home* and starts the server; nothing of the user's own configuration is used."""

    def __init__(self, home: Path, account: Account, gitlab_url: str, project: str) -> None:
        self.home, self.account, self.gitlab_url = home, account, gitlab_url
        self._project = project
        self.clone = home / project.rpartition("/")[2]
        self._runtime = home / "runtime"
        self._token = base64.urlsafe_b64encode(os.urandom(24)).decode()
        home.mkdir(parents=True)
        self.environment = self._environment()
        self._configure_git()
        self._configure_jupyter()

    def get_clone(self, branch: str, children: Children) -> None:
        """Clone the project, with *branch* checked out; the token goes to git for this once and is kept nowhere."""
        basic = base64.b64encode(f"oauth2:{self.account.token}".encode()).decode()
        environment = {
            **self.environment,
            "GIT_TERMINAL_PROMPT": "0",
            "GIT_CONFIG_COUNT": "1",
            "GIT_CONFIG_KEY_0": "http.extraHeader",
            "GIT_CONFIG_VALUE_0": f"Authorization: Basic {basic}",
        }
        url = f"{self.gitlab_url}/{self._project}.git"
        children.run(["git", "clone", "-q", "--branch", branch, "--", url, str(self.clone)], environment, timeout=120)

    def start(self, children: Children) -> None:
        """Start the server; :meth:`wait` tells when it answers."""
        command = [sys.executable, "-m", "jupyterlab", "--no-browser", f"--ServerApp.port={_free_port()}"]
        self._process = children.start(
            f"{self.account.role}'s JupyterLab", command, self.home / "jupyter.log", self.environment, cwd=self.clone
        )

    def wait(self) -> str:
        """The address with Jupyter's token, once the server answers.

        Raises
        ------
        RuntimeError: it ended or took too long; the message ends with its log.
        """
        deadline = time.monotonic() + START_TIMEOUT
        while time.monotonic() < deadline and self._process.poll() is None:
            for file in self._runtime.glob("jpserver-*.json"):
                try:
                    url = json.loads(file.read_text("utf-8"))["url"]
                except (ValueError, KeyError):  # being written
                    continue
                if _answers(f"{url}api/status?token={self._token}"):
                    return f"{url}lab?token={self._token}"
            time.sleep(0.1)
        log = (self.home / "jupyter.log").read_text("utf-8", "replace")
        raise RuntimeError(f"The {self.account.role}'s JupyterLab did not start.\n{log[-3000:]}")

    def _environment(self) -> dict[str, str]:
        private = ("JUPYTER", "IPYTHON", "GITLAB", "GIT_", "CI_")
        return {
            **{key: value for key, value in os.environ.items() if not key.startswith(private)},
            "JUPYTER_CONFIG_DIR": str(self.home / "config"),
            "JUPYTER_DATA_DIR": str(self.home / "data"),
            "JUPYTER_RUNTIME_DIR": str(self._runtime),
            "JUPYTERLAB_SETTINGS_DIR": str(self.home / "settings"),
            "JUPYTERLAB_WORKSPACES_DIR": str(self.home / "workspaces"),
            "IPYTHONDIR": str(self.home / "ipython"),
            "JUPYTER_TOKEN": self._token,
            "GIT_CONFIG_GLOBAL": str(self.home / "gitconfig"),
            "GIT_CONFIG_NOSYSTEM": "1",
        }

    def _configure_git(self) -> None:
        name, email = self.account.name, f"{self.account.username}@example.com"
        text = f"[user]\n\tname = {name}\n\temail = {email}\n[init]\n\tdefaultBranch = main\n"
        (self.home / "gitconfig").write_text(text, "utf-8")

    def _configure_jupyter(self) -> None:
        config: dict[str, Any] = {
            "ServerApp": {
                "root_dir": str(self.clone),
                "open_browser": False,
                "port_retries": 50,
                "allow_root": hasattr(os, "geteuid") and os.geteuid() == 0,
            },
            "GitLabConfig": {
                "tokens": {urlsplit(self.gitlab_url).netloc: self.account.token},
                "use_keyring": False,
            },
        }
        folder = self.home / "config"
        folder.mkdir()
        file = folder / "jupyter_server_config.json"
        with open(os.open(file, os.O_WRONLY | os.O_CREAT, 0o600), "w", encoding="utf-8") as stream:
            json.dump(config, stream, indent=1)
        lab_config = {
            "news_url": None,
            "check_for_updates_class": "jupyterlab.NeverCheckForUpdate",
            "extension_manager": "readonly",
        }
        (folder / "jupyter_lab_config.json").write_text(json.dumps({"LabApp": lab_config}), "utf-8")
        settings = self.home / "settings" / "@jupyterlab" / "apputils-extension"
        settings.mkdir(parents=True)
        (settings / "notification.jupyterlab-settings").write_text('{"fetchNews": "false"}', "utf-8")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _answers(url: str) -> bool:
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(url, timeout=5) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False
