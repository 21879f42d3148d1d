"""What tests of reviews start with (a sandbox, an author's and a reviewer's JupyterLab), and what people do in them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import gitlab
import pytest
from lab import Lab
from playwright.sync_api import BrowserContext, Locator, Request, expect
from servers import BRANCH, PROJECT, Sandbox, Server, sign_in

from jupyterlab_gitlab.handlers.routes import ROUTES

FOLDER = "churn-model"
API = "/gitlab/api/v1"
NOTEBOOK = f"{FOLDER}/notebooks/train.ipynb"


@dataclass
class Review:
    """The servers, and the people's pages."""

    sandbox: Sandbox
    author: Server
    reviewer: Server
    open: Callable[..., Lab]
    requests: set[tuple[str, str]] = field(default_factory=set)
    """Verb and path, below the extension's prefix, of what the pages asked their servers for."""

    def project(self, user: str) -> Any:
        """The project as python-gitlab shows it to a person; never through the extension."""
        client = gitlab.Gitlab(self.sandbox.url, private_token=self.sandbox.users[user])
        return client.projects.get(PROJECT)

    def merge_request(self, branch: str, title: str) -> Any:
        """Open one as the author, for the reviewer to review."""
        (reviewer,) = self.sandbox.root().users.list(username="jonas")
        asked = {"source_branch": branch, "target_branch": "main", "title": title, "reviewer_ids": [reviewer.id]}
        return self.project("mira").mergerequests.create(asked)

    def notebook(self, branch: str) -> str:
        """The notebook on GitLab, as it is stored."""
        content: bytes = self.sandbox.project().files.get(NOTEBOOK.removeprefix(f"{FOLDER}/"), ref=branch).decode()
        return content.decode()

    def operations(self) -> set[str]:
        """The operations behind :attr:`requests`, as far as they speak with GitLab."""
        found = {ROUTES.find(method, path)[0] for method, path in self.requests}
        return {binding.operation.name for binding in found if binding.pool == "remote"}

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


def find(lab: Lab, title: str) -> None:
    """Open a merge request from the panel."""
    lab.open_panel().get_by_role("button", name=title).first.click()
    expect(lab.document.get_by_role("row").first).to_be_visible()


def select_three_rows(lab: Lab, row: Locator) -> None:
    """Select a row and the two below it with the keyboard, and open the box for them."""
    row.focus()
    lab.page.keyboard.press("Shift+ArrowDown")
    lab.page.keyboard.press("Shift+ArrowDown")
    lab.page.keyboard.press("c")


def comment_box(lab: Lab) -> Locator:
    """The box of a new comment on a line."""
    return lab.document.get_by_role("group", name="New comment on")


def write_suggestion(lab: Lab, line: str, better: str, text: str) -> Locator:
    """Write a comment with a suggestion for a line; its box, ready to be sent."""
    row = lab.source_row(line)
    row.hover()
    row.get_by_role("button", name="Comment on").first.click()
    lab.page.keyboard.type(text)
    box = comment_box(lab)
    box.get_by_role("button", name="Suggest a change").click()
    editor = box.get_by_role("textbox", name="Suggested code")
    expect(editor).to_be_focused()
    expect(editor).to_have_text(line)
    lab.page.keyboard.press("Control+a")
    lab.page.keyboard.insert_text(better)
    lab.page.keyboard.press("Escape")
    expect(box.get_by_label("Comment on")).to_be_focused()
    return box


def pending(lab: Lab, text: str) -> Locator:
    """A pending comment."""
    return lab.document.locator("[data-gitlab-pending]").filter(has_text=text)


def submit_review(lab: Lab, summary: str = "", verdict: str = "") -> None:
    """Submit the review from its bar, and wait until it is."""
    lab.document.get_by_role("button", name=re.compile("Submit review|Review…")).click()
    if summary:
        lab.dialog.get_by_label("Summary of the review").fill(summary)
    if verdict:
        lab.dialog.get_by_label(verdict).check()
    lab.dialog.get_by_role("button", name="Submit review").click()
    expect(lab.dialog).to_have_count(0)


def said(merge_request: Any) -> list[dict[str, Any]]:
    """The notes that people wrote, in the order of their threads."""
    discussions = merge_request.discussions.list(get_all=True)
    return [note for each in discussions for note in each.attributes["notes"] if not note["system"]]


def json_of(line: str) -> str:
    """A line as a notebook spells it, without the quotes."""
    return line.replace("\\", "\\\\").replace('"', '\\"')


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

    requests: set[tuple[str, str]] = set()

    def note(request: Request) -> None:
        _, found, path = urlsplit(request.url).path.partition(API)
        if found:
            requests.add((request.method, path))

    def open_(server: Server, path: str = FOLDER) -> Lab:
        context = new_context(viewport={"width": 1440, "height": 1000}, locale="en-GB")
        lab = Lab(context.new_page(), server.url)
        lab.page.on("request", note)
        lab.load(path)
        return lab

    yield Review(sandbox, servers["mira"], servers["jonas"], open_, requests)
    for program in (*servers.values(), sandbox):
        program.stop()
