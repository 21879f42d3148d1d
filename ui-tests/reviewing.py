"""What both tests of reviews start with: a sandbox, and an author's and a reviewer's JupyterLab, signed in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import gitlab
import pytest
from lab import Lab
from playwright.sync_api import BrowserContext
from servers import BRANCH, PROJECT, Sandbox, Server, sign_in

FOLDER = "churn-model"
NOTEBOOK = f"{FOLDER}/notebooks/train.ipynb"


@dataclass
class Review:
    """The servers, and the people's pages."""

    sandbox: Sandbox
    author: Server
    reviewer: Server
    open: Callable[..., Lab]

    def project(self, user: str) -> Any:
        """The project as python-gitlab shows it to a person; never through the extension."""
        client = gitlab.Gitlab(self.sandbox.url, private_token=self.sandbox.users[user])
        return client.projects.get(PROJECT)

    def merge_request(self, branch: str, title: str) -> Any:
        """Open one as the author, for the reviewer to review."""
        (reviewer,) = self.sandbox.root().users.list(username="jonas")
        asked = {"source_branch": branch, "target_branch": "main", "title": title, "reviewer_ids": [reviewer.id]}
        return self.project("mira").mergerequests.create(asked)

    def restart(self) -> None:
        """Stop everything, then start it again at the same addresses."""
        programs = (self.author, self.reviewer, self.sandbox)
        for program in programs:
            program.stop()
        for program in reversed(programs):
            program.start()

    def push(self, *arguments: str) -> None:
        """Push from the author's clone, past the extension."""
        url = self.sandbox.url.replace("://", f"://oauth2:{self.sandbox.users['mira']}@")
        self.author.git("push", "-q", f"{url}/{PROJECT}.git", *arguments)


@pytest.fixture
def review(tmp_path_factory: pytest.TempPathFactory, new_context: Callable[..., BrowserContext]) -> Iterator[Review]:
    """A sandbox with two JupyterLabs of a test's own."""
    sandbox = Sandbox(tmp_path_factory.mktemp("sandbox"))
    servers = {
        user: Server(tmp_path_factory.mktemp(user), sandbox, user, branch)
        for user, branch in (("mira", BRANCH), ("jonas", "main"))
    }
    for user, server in servers.items():
        sign_in(server, sandbox, sandbox.users[user])

    def open_(server: Server, path: str = FOLDER) -> Lab:
        context = new_context(viewport={"width": 1440, "height": 1000}, locale="en-GB")
        lab = Lab(context.new_page(), server.url)
        lab.load(path)
        return lab

    yield Review(sandbox, servers["mira"], servers["jonas"], open_)
    for program in (*servers.values(), sandbox):
        program.stop()
