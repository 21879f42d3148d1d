"""The commits of the demo project, made in a throw-away repository and pushed over HTTP."""

from __future__ import annotations

import base64
import datetime
import os
import shutil
import subprocess
from pathlib import Path
from typing import NamedTuple

FILES = Path(__file__).parent / "files"


class Commit(NamedTuple):
    """A commit whose files are ``files/<files>/``, laid over those of *parent*'s branch."""

    branch: str
    parent: str | None
    author: str
    message: str
    files: str
    days_ago: float


class History:
    """A throw-away work tree that makes commits and pushes them to *url* with *token*.

    The token travels in the environment: an argument would be seen by every process of the machine.
    """

    def __init__(self, folder: Path, url: str, token: str) -> None:
        self.folder, self.url = folder, url
        basic = base64.b64encode(f"oauth2:{token}".encode()).decode()
        self.environment = {
            **{k: v for k, v in os.environ.items() if not k.startswith("GIT_")},
            "GIT_CONFIG_NOSYSTEM": "1",
            "GIT_CONFIG_GLOBAL": os.devnull,
            "GIT_TERMINAL_PROMPT": "0",
            "LC_ALL": "C",
            "no_proxy": "127.0.0.1,localhost",
            "GIT_CONFIG_COUNT": "1",
            "GIT_CONFIG_KEY_0": "http.extraHeader",
            "GIT_CONFIG_VALUE_0": f"Authorization: Basic {basic}",
        }
        self._git("init", "-q", "-b", "main")

    def commit(self, commit: Commit, name: str, email: str) -> None:
        """Make the commit on its branch, which starts at *parent*'s branch if it is new."""
        if commit.parent is not None:
            self._git("switch", "-q", "-C", commit.branch, commit.parent)
        shutil.copytree(FILES / commit.files, self.folder, dirs_exist_ok=True)
        when = datetime.datetime.now(datetime.timezone.utc) - datetime.timedelta(days=commit.days_ago)
        stamp = when.strftime("%Y-%m-%dT%H:%M:%S+0000")
        self._git("add", "-A")
        self._git(
            "commit",
            "-q",
            "-m",
            commit.message,
            GIT_AUTHOR_NAME=name,
            GIT_AUTHOR_EMAIL=email,
            GIT_AUTHOR_DATE=stamp,
            GIT_COMMITTER_NAME=name,
            GIT_COMMITTER_EMAIL=email,
            GIT_COMMITTER_DATE=stamp,
        )

    def push(self, branch: str) -> None:
        """Push a branch."""
        self._git("push", "-q", self.url, branch)

    def update(self, branch: str) -> None:
        """Bring *branch* to what the sandbox has (after a merge there)."""
        self._git("switch", "-q", "--detach")
        self._git("fetch", "-q", self.url, f"+{branch}:{branch}")
        self._git("switch", "-q", branch)

    def line_of(self, file: str, text: str) -> int:
        """The raw line, from 1, of the first line of *file* that contains *text*."""
        lines = (self.folder / file).read_text("utf-8").splitlines()
        return next(number for number, line in enumerate(lines, 1) if text in line)

    def _git(self, *arguments: str, **environment: str) -> None:
        subprocess.run(
            ["git", *arguments],
            cwd=self.folder,
            env={**self.environment, **environment},
            check=True,
            capture_output=True,
            timeout=120,
        )
