"""What a person does in one JupyterLab, in the words of the page."""

from __future__ import annotations

from urllib.parse import urlsplit, urlunsplit

from playwright.sync_api import Locator, Page, expect

TIMEOUT = 20_000


class Lab:
    """One JupyterLab in one page."""

    def __init__(self, page: Page, url: str) -> None:
        self.page, self.url = page, url
        page.set_default_timeout(TIMEOUT)
        expect.set_options(timeout=TIMEOUT)

    def load(self, path: str = "") -> None:
        """Open JupyterLab; with *path*, on that file."""
        parts = urlsplit(self.url)
        tree = f"/tree/{path}" if path else ""
        self.page.goto(urlunsplit(parts._replace(path=f"/lab{tree}", query=f"{parts.query}&reset")))
        self.page.wait_for_selector("#jupyterlab-splash", state="detached")
        expect(self.page.locator(".jp-LabShell")).to_be_visible()

    def run(self, command: str, arguments: dict[str, object] | None = None) -> None:
        """Run a command of JupyterLab, as a menu entry or a key would."""
        self.page.evaluate("([id, args]) => window.jupyterapp.commands.execute(id, args)", [command, arguments or {}])

    @property
    def panel(self) -> Locator:
        """The GitLab sidebar."""
        return self.page.locator(".jp-GitLabPanel")
