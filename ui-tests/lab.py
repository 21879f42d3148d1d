"""What a person does in one JupyterLab, in the words of the page."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from urllib.parse import quote, urlsplit, urlunsplit

from playwright.sync_api import Locator, Page, expect

TIMEOUT = 30_000  # ms; for everything that a person waits for


class Lab:
    """One JupyterLab in one page."""

    def __init__(self, page: Page, url: str) -> None:
        self.page, self.url = page, url
        page.set_default_timeout(TIMEOUT)
        expect.set_options(timeout=TIMEOUT)

    def load(self, path: str = "") -> None:
        """Open JupyterLab with an empty workspace; with *path*, on that file."""
        parts = urlsplit(self.url)
        tree = f"/tree/{quote(path)}" if path else ""
        self.page.goto(urlunsplit(parts._replace(path=f"/lab{tree}", query=f"{parts.query}&reset")))
        self.page.wait_for_selector("#jupyterlab-splash", state="detached")
        expect(self.page.locator(".jp-LabShell")).to_be_visible()
        name = PurePosixPath(path)
        if name.suffix:  # a document that opens late would hide what is opened meanwhile
            expect(self.page.locator("#jp-main-dock-panel .lm-TabBar-tab", has_text=name.name)).to_be_visible()

    # The sidebar.

    @property
    def panel(self) -> Locator:
        """The GitLab sidebar."""
        return self.page.locator("#jp-gitlab-panel")

    def open_panel(self) -> Locator:
        """Click the sidebar's icon, as often as it takes to have it open."""
        if not self.panel.is_visible():
            self.page.locator('.jp-SideBar li[data-id="jp-gitlab-panel"]').click()
        expect(self.panel).to_be_visible()
        return self.panel

    @property
    def merge_requests(self) -> Locator:
        """*Merge requests* of the sidebar; *Inbox* names the same ones."""
        return self.open_panel().get_by_role("region", name="Merge requests Section")

    def file_row(self, path: str) -> Locator:
        """A file among *Changes*."""
        return self.panel.get_by_role("listitem").filter(has=self.page.get_by_label(f"Commit {path}", exact=True))

    def tick(self, path: str) -> None:
        """Tick a changed file. Its box follows the server's answer, so that Playwright's own ``check`` is too hasty."""
        box = self.file_row(path).get_by_label(f"Commit {path}", exact=True)
        box.click()
        expect(box).to_be_checked()

    def commit(self, message: str, then: str = "Commit") -> None:
        """Write the message and commit what is ticked; *then* names an entry of the button's menu."""
        self.panel.get_by_label("Commit message").fill(message)
        self.panel.get_by_label("More ways to commit").click()
        self.page.locator(".lm-Menu-item", has_text=then).filter(
            has=self.page.get_by_text(then, exact=True)
        ).first.click()

    @property
    def dialog(self) -> Locator:
        """The open dialog."""
        return self.page.locator(".jp-Dialog")

    # The notebook.

    def code_cell(self, index: int) -> Locator:
        """A code cell of the open notebook, counted from 0."""
        return self.page.locator(".jp-Notebook:visible .jp-CodeCell").nth(index)

    def wait_for_kernel(self) -> None:
        """Until the open notebook's kernel is idle."""
        expect(self.page.locator("#jp-bottom-panel")).to_contain_text("| Idle")

    def select_line(self, cell: Locator, text: str) -> None:
        """Put the cursor on a line of a cell and select the line."""
        cell.locator(".cm-line", has_text=text).first.click()
        self.page.keyboard.press("Home")
        self.page.keyboard.press("Shift+End")

    def run_cell(self, cell: Locator, output: str) -> None:
        """Run the cell that has the cursor, and wait until its output says *output* and the kernel is done with it."""
        self.page.keyboard.press("Control+Enter")
        expect(cell.locator(".jp-OutputArea-output").first).to_contain_text(output)
        expect(cell.locator(".jp-InputPrompt")).to_have_text(re.compile(r"\[\d+\]:"))

    def save(self) -> None:
        """Save the open document."""
        self.page.keyboard.press("Control+s")

    # The merge request.

    @property
    def document(self) -> Locator:
        """What is in front in the main area."""
        return self.page.locator("#jp-main-dock-panel > .lm-Widget:not(.lm-mod-hidden):not(.lm-TabBar)").first

    def source_row(self, name: str) -> Locator:
        """A row of a diff's source."""
        return self.document.get_by_role("row", name=name)

    def comment_on(self, name: str, text: str) -> None:
        """Comment on a row of a diff, at once."""
        row = self.source_row(name)
        row.hover()
        row.get_by_role("button", name="Comment on").first.click()
        self.page.keyboard.type(text)
        self.page.keyboard.press("Control+Enter")
        expect(self.thread(text)).to_be_visible()

    def thread(self, text: str) -> Locator:
        """The thread in which something was said."""
        return self.document.locator("[data-gitlab-thread]").filter(has_text=text, visible=True)

    def tab(self, name: str) -> None:
        """Go to a tab of the merge request."""
        self.document.get_by_role("tab", name=name).click()
