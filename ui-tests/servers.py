"""A sandbox GitLab and JupyterLabs that can be stopped and started again, unlike the demo's, which ends with either."""

from __future__ import annotations

import json
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import gitlab
import requests

PROJECT = "analytics/churn-model"
BRANCH = "feature/auc-metric"
START = 60.0  # seconds


def end(process: subprocess.Popen[Any], log: Path) -> None:
    """Ask a program to end; where it does not, its log tells what each of its threads was doing."""
    process.terminate()
    try:
        process.wait(30)
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGABRT)  # see PYTHONFAULTHANDLER
        process.wait(30)
        raise AssertionError(log.read_text("utf-8", "replace")[-10_000:]) from None


class Sandbox:
    """A sandbox GitLab that can go away and come back at the same address, with all it had."""

    def __init__(self, folder: Path) -> None:
        self._data, self._port, self._log = folder / "gitlab", 0, folder / "gitlab.log"
        self.users: dict[str, str] = {}
        self.start()

    def start(self) -> None:
        command = [python(), "-m", "jupyterlab_gitlab.sandbox", "--seed", "demo"]
        with self._log.open("a") as log:
            self._process = subprocess.Popen(
                [*command, "--data", str(self._data), "--port", str(self._port)],
                env={**os.environ, "PYTHONFAULTHANDLER": "1"},
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
            )
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        assert line, f"the sandbox did not start: exit code {self._process.wait(30)}"
        found = json.loads(line)
        self.url: str = found["url"]
        self._port = int(self.url.rpartition(":")[2])
        self.users = {user["username"]: user["token"] for user in found["users"]}

    def stop(self) -> None:
        end(self._process, self._log)

    def hold(self) -> None:
        """Answer nobody until :meth:`release`; what arrives meanwhile is carried out then."""
        self._process.send_signal(signal.SIGSTOP)

    def release(self) -> None:
        self._process.send_signal(signal.SIGCONT)

    @property
    def stopped(self) -> bool:
        return self._process.poll() is not None

    def root(self) -> gitlab.Gitlab:
        """The real client, as the administrator."""
        return gitlab.Gitlab(self.url, private_token=self.users["root"])

    def project(self) -> Any:
        return self.root().projects.get(PROJECT)

    def token(self, user_id: int, scope: str = "api") -> str:
        """A new token of a user."""
        made = self.root().users.get(user_id, lazy=True).personal_access_tokens.create({"name": "n", "scopes": [scope]})
        return str(made.token)


class Server:
    """A JupyterLab with homes of its own, nobody signed in; its root holds a clone and a folder that is none."""

    def __init__(self, folder: Path, sandbox: Sandbox, user: str = "mira", branch: str = BRANCH) -> None:
        self.user = user
        self.root = folder / "root"
        self.clone = self.root / "churn-model"
        (self.root / "plain").mkdir(parents=True)
        self._folder, self._token = folder, secrets.token_hex(16)
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self._port = probe.getsockname()[1]
        settings = folder / "settings" / "@jupyterlab" / "apputils-extension"
        settings.mkdir(parents=True)
        (settings / "notification.jupyterlab-settings").write_text('{"fetchNews": "false"}')
        (folder / "gitconfig").write_text(f"[user]\n\tname = {user}\n\temail = {user}@example.com\n")
        private = ("JUPYTER", "IPYTHON", "GITLAB", "GIT_", "CI_")
        self._environment = {
            **{key: value for key, value in os.environ.items() if not key.startswith(private)},
            **{f"JUPYTER_{name}_DIR": str(folder / name.lower()) for name in ("CONFIG", "DATA", "RUNTIME")},
            "JUPYTERLAB_SETTINGS_DIR": str(folder / "settings"),
            "JUPYTERLAB_WORKSPACES_DIR": str(folder / "workspaces"),
            "JUPYTER_TOKEN": self._token,
            "PYTHONFAULTHANDLER": "1",
            "GIT_CONFIG_GLOBAL": str(folder / "gitconfig"),
            "GIT_CONFIG_NOSYSTEM": "1",
        }
        with_token = sandbox.url.replace("://", f"://oauth2:{sandbox.users[user]}@")
        self.git("clone", "-q", "-b", branch, f"{with_token}/{PROJECT}.git", str(self.clone), folder=self.root)
        self.git("remote", "set-url", "origin", f"{sandbox.url}/{PROJECT}.git")
        self.start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._port}/lab?token={self._token}"

    def start(self) -> None:
        options = [
            f"--ServerApp.port={self._port}",
            "--ServerApp.port_retries=0",
            f"--ServerApp.root_dir={self.root}",
            "--LabApp.news_url=None",
            "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
            "--LabApp.extension_manager=readonly",
            "--GitLabConfig.use_keyring=False",
        ]
        if hasattr(os, "geteuid") and os.geteuid() == 0:
            options.append("--allow-root")
        with (self._folder / "jupyter.log").open("a") as log:
            self._process = subprocess.Popen(
                [python(), "-m", "jupyterlab", "--no-browser", *options],
                env=self._environment,
                cwd=self.root,
                stdout=log,
                stderr=log,
            )
        deadline = time.monotonic() + START
        while not self._answers():
            assert self._process.poll() is None and time.monotonic() < deadline, self.log()
            time.sleep(0.1)

    def _answers(self) -> bool:
        try:
            return self.call("GET", "/api/status").ok
        except requests.ConnectionError:
            return False

    def stop(self) -> None:
        end(self._process, self._folder / "jupyter.log")

    @property
    def stopped(self) -> bool:
        return self._process.poll() is not None

    def log(self) -> str:
        return (self._folder / "jupyter.log").read_text("utf-8", "replace")

    def call(self, method: str, path: str, **options: Any) -> requests.Response:
        """A request to Jupyter itself."""
        headers = {"Authorization": f"token {self._token}"}
        return requests.request(method, f"http://127.0.0.1:{self._port}{path}", headers=headers, timeout=30, **options)

    def git(self, *arguments: str, folder: Path | None = None) -> str:
        """The output of git in the clone."""
        done = subprocess.run(
            ["git", *arguments],
            cwd=folder or self.clone,
            env=self._environment,
            check=True,
            capture_output=True,
            text=True,
            timeout=60,
        )
        return done.stdout.strip()


def python() -> str:
    return os.environ.get("DEMO_PYTHON", sys.executable)


def sign_in(server: Server, sandbox: Sandbox, token: str) -> None:
    """Keep a token on a server, as its own form does."""
    body = {"host": sandbox.url.partition("://")[2], "token": token}
    assert server.call("POST", "/gitlab/api/v1/accounts?folder=churn-model", json=body).status_code == 201
