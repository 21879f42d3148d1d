"""A running demo for the browser tests: a sandbox GitLab and two JupyterLabs, each in a browser context of its own.

``DEMO_PYTHON`` names the Python that runs the demo (default: this one), so that the same tests can be played on another
JupyterLab.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import gitlab
import pytest
from browser import launch_options
from lab import Lab
from playwright.sync_api import BrowserContext

PROJECT = "analytics/churn-model"


class Demo:
    """A running ``jupyter gitlab demo``, by what its ``--json`` printed."""

    gitlab_url: str
    admin_token: str
    labs: dict[str, dict[str, str]]

    def start(self) -> None:
        """Run one that nobody has touched."""
        python = os.environ.get("DEMO_PYTHON", sys.executable)
        self._process = subprocess.Popen(
            [python, "-m", "jupyterlab_gitlab.cli", "demo", "--no-browser", "--json"],
            stdout=subprocess.PIPE,
            text=True,
            cwd=Path(__file__).parent,  # the installed package, not the checkout
        )
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        assert line, f"the demo did not start: exit code {self._process.wait(30)}"
        found = json.loads(line)
        self.gitlab_url, self.admin_token = found["gitlab_url"], found["admin_token"]
        self.labs = {lab["role"]: lab for lab in found["labs"]}

    def stop(self) -> None:
        """It must end by itself on SIGTERM."""
        self._process.send_signal(signal.SIGTERM)
        assert self._process.wait(30) == 0

    def client(self, role: str | None = None) -> gitlab.Gitlab:
        """The real client, as the administrator or one of the two people; never through the extension."""
        return gitlab.Gitlab(self.gitlab_url, private_token=self.labs[role]["token"] if role else self.admin_token)

    def project(self, role: str | None = None) -> Any:
        return self.client(role).projects.get(PROJECT)

    def git(self, role: str, *arguments: str) -> str:
        """The output of git in a person's clone."""
        clone = self.labs[role]["clone"]
        return subprocess.run(
            ["git", "-C", clone, *arguments], check=True, capture_output=True, text=True, timeout=60
        ).stdout.strip()

    def clone(self, role: str) -> Path:
        return Path(self.labs[role]["clone"])


@pytest.fixture(scope="module")
def demo() -> Iterator[Demo]:
    """A demo of its own for each module."""
    found = Demo()
    found.start()
    yield found
    found.stop()


@pytest.fixture
def again(demo: Demo, request: pytest.FixtureRequest) -> None:
    """Has a second attempt at a test (``--reruns``) begin with a demo that the first one has not touched."""
    if getattr(request.node, "execution_count", 1) > 1:
        demo.stop()
        demo.start()


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """The system's Chromium where there is one, else Playwright's own."""
    return {**browser_type_launch_args, **launch_options()}


@pytest.fixture
def open_lab(demo: Demo, new_context: Callable[..., BrowserContext]) -> Callable[..., Lab]:
    """``open_lab("author")``: a page with that person's JupyterLab, loaded, on the file *path* if one is given."""

    def open_(role: str, path: str = "", width: int = 1440, height: int = 900) -> Lab:
        context = new_context(viewport={"width": width, "height": height}, locale="en-GB")
        context.grant_permissions(["clipboard-read", "clipboard-write"])
        lab = Lab(context.new_page(), demo.labs[role]["lab_url"])
        lab.load(path)
        return lab

    return open_
