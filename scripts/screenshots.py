"""Take the pictures of the documentation, in the light and in the dark theme.

All that they show is the demo's: one is started and ended, unless ``--demo`` names the output of a running one
(``jupyter gitlab demo --no-browser --json``). A demo that was used before may show more than the pictures should.
"""

from __future__ import annotations

import argparse
import json
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qs, urlsplit, urlunsplit

from browser import launch_options
from playwright.sync_api import Browser, Locator, Page, expect, sync_playwright

THEMES = {"light": "JupyterLab Light", "dark": "JupyterLab Dark"}
VIEWPORT = {"width": 1280, "height": 800}
WIDE = 340  # px; a sidebar that is what the picture is about
PATIENCE = 30_000  # ms
NOTEBOOK = "notebooks/train.ipynb"
REVIEWED = "Raise the learning rate"


@dataclass(frozen=True)
class Person:
    """One of the demo's two people."""

    lab_url: str
    clone: Path


People = dict[str, Person]
"""By role: ``author`` and ``reviewer``."""


@contextmanager
def running_demo(output: Path | None) -> Iterator[People]:
    """The people of the demo whose JSON line is in the file *output*; None: of one that lives as long as the block.

    Raises RuntimeError if the demo does not start.
    """
    if output is not None:
        yield read_people(output.read_text("utf-8"))
        return
    command = [sys.executable, "-m", "jupyterlab_gitlab.cli", "demo", "--no-browser", "--json"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as demo:
        try:
            line = demo.stdout.readline() if demo.stdout else ""
            if not line:
                raise RuntimeError(f"the demo ended with exit code {demo.wait()}")
            yield read_people(line)
        finally:
            demo.send_signal(signal.SIGTERM)


def read_people(line: str) -> People:
    """What the demo printed."""
    return {lab["role"]: Person(lab["lab_url"], Path(lab["clone"])) for lab in json.loads(line)["labs"]}


class Lab:
    """One person's JupyterLab in one page and theme."""

    def __init__(self, browser: Browser, person: Person, theme: str) -> None:
        self.page: Page = browser.new_page(viewport=VIEWPORT, locale="en-GB")  # type: ignore[arg-type]
        self.page.set_default_timeout(PATIENCE)
        self._person = person
        self._choose(THEMES[theme])

    def load(self, path: str = "", sidebar: int | None = None) -> None:
        """JupyterLab with nothing open but the file *path* and the GitLab panel, *sidebar* pixels wide."""
        parts = urlsplit(self._person.lab_url)
        where = f"/lab/tree/{path}" if path else "/lab"
        self.page.goto(urlunsplit(parts._replace(path=where, query=f"{parts.query}&reset")))
        self.page.wait_for_selector("#jupyterlab-splash", state="detached")
        self.page.locator('.jp-SideBar li[data-id="jp-gitlab-panel"]').click()
        expect(self.merge_requests.get_by_role("listitem")).not_to_have_count(0)
        if sidebar is not None:
            self._widen_sidebar(sidebar)

    @property
    def panel(self) -> Locator:
        return self.page.locator("#jp-gitlab-panel")

    @property
    def merge_requests(self) -> Locator:
        """*Merge requests* of the panel; *Inbox* names the same ones."""
        return self.panel.get_by_role("region", name="Merge requests Section")

    def picture(self, path: Path) -> None:
        """Write what is on the page, at rest and pointed at by nothing."""
        self.page.mouse.move(VIEWPORT["width"] / 2, 2)
        self.page.wait_for_load_state("networkidle")
        self.page.screenshot(path=path, animations="disabled", caret="hide")

    def _choose(self, theme: str) -> None:
        """Set the theme as the settings editor would."""
        parts = urlsplit(self._person.lab_url)
        reply = self.page.request.put(
            urlunsplit(parts._replace(path="/lab/api/settings/@jupyterlab/apputils-extension:themes", query="")),
            headers={"Authorization": f"token {parse_qs(parts.query)['token'][0]}"},
            data={"raw": json.dumps({"theme": theme})},
        )
        if not reply.ok:
            raise RuntimeError(f"the theme was not set: {reply.status} {reply.text()}")

    def _widen_sidebar(self, width: int) -> None:
        border = self.page.locator("#jp-main-split-panel > .lm-SplitPanel-handle").first.bounding_box()
        left = self.panel.bounding_box()
        assert border and left
        height = border["y"] + border["height"] / 2
        self.page.mouse.move(border["x"] + border["width"] / 2, height)
        self.page.mouse.down()
        self.page.mouse.move(left["x"] + width, height, steps=4)
        self.page.mouse.up()


def edit_work_tree(browser: Browser, author: Person) -> None:
    """What the author has not committed yet: two cells of a notebook, run and saved, and a few lines of a module."""
    lab = Lab(browser, author, "light")
    lab.load(NOTEBOOK)
    expect(lab.page.locator("#jp-main-statusbar")).to_contain_text("Idle")  # a kernel that starts loses what is run
    cells = lab.page.locator(".jp-Notebook .jp-CodeCell")
    for index, where, text, output in (
        (0, "Control+End", "", "to train on"),
        (1, "Control+End", '\nprint("epochs", len(model.losses))', "epochs 60"),
        (2, "Control+Home", 'print("best", min(model.losses))\n', "best 0."),
    ):
        cells.nth(index).locator(".cm-content").click()
        lab.page.keyboard.press(where)
        lab.page.keyboard.insert_text(text)
        lab.page.keyboard.press("Control+Enter")
        expect(cells.nth(index).locator(".jp-OutputArea")).to_contain_text(output)
    lab.page.keyboard.press("Control+s")
    expect(lab.panel.get_by_label(f"Commit {NOTEBOOK}")).to_be_visible()
    lab.page.close()
    with (author.clone / "churn" / "metrics.py").open("a", encoding="utf-8") as module:
        module.write("\n\ndef error_rate(truth, predicted):\n    return 1 - accuracy(truth, predicted)\n")


def panel_with_changes(lab: Lab) -> None:
    """The author's panel beside the notebook, ready to commit."""
    lab.load(NOTEBOOK, sidebar=WIDE)
    lab.panel.get_by_label(f"Show the cells of {NOTEBOOK}").click()
    tick = lab.panel.get_by_label(f"Commit {NOTEBOOK}", exact=True)
    if not tick.is_checked():  # the other theme's picture may have left it ticked
        tick.click()
    expect(tick).to_be_checked()
    lab.panel.get_by_label("Commit message").fill("Print the number of epochs")
    expect(lab.panel.get_by_role("list", name="Changed cells").get_by_role("listitem")).not_to_have_count(0)
    second = lab.page.locator(".jp-Notebook .jp-CodeCell").nth(1)
    expect(second.locator(".jp-OutputArea")).to_contain_text("epochs 60")


def new_merge_request(lab: Lab) -> None:
    """The form of a new merge request, with a reviewer."""
    lab.load(sidebar=WIDE)
    lab.panel.get_by_role("button", name="Create merge request").click()
    dialog = lab.page.locator(".jp-Dialog")
    expect(dialog.get_by_label("Title")).to_be_focused()
    dialog.get_by_label("Reviewers").fill("jonas")
    dialog.get_by_role("option", name="Jonas Weber").click()
    dialog.get_by_label("Title").focus()


def diff(lab: Lab) -> None:
    """What is not committed of a notebook, old and new side by side."""
    lab.load()
    lab.panel.locator(f'[title="{NOTEBOOK}"]').first.click()
    lab.page.get_by_role("radio", name="Split").click()
    expect(lab.page.locator(".jp-gitlab-Diff").get_by_text("epochs 60")).to_be_visible()


def history(lab: Lab) -> None:
    """The commits of a notebook, and what one of them changed."""
    lab.load()
    lab.panel.locator(f'[title="{NOTEBOOK}"]').first.click()
    diff = lab.page.locator(".jp-gitlab-Document:visible")
    diff.get_by_role("radio", name="Inline").click()
    diff.get_by_role("button", name="More about the file").click()
    lab.page.locator(".lm-Menu-item", has_text="History of the file").click()
    versions = lab.page.get_by_role("table", name="Versions of the file")
    versions.get_by_role("button").nth(1).click()
    expect(lab.page.locator(".jp-gitlab-History .jp-gitlab-Diff table").first).to_be_visible()


def merge_request(lab: Lab) -> None:
    """The changes of a merge request: a notebook with a thread, code and plots."""
    lab.load()
    lab.merge_requests.get_by_role("radio", name="All").click()
    lab.merge_requests.get_by_role("button", name=REVIEWED).click()
    expect(lab.page.locator("[data-gitlab-thread]").first).to_be_visible()
    diff = lab.page.locator(".jp-gitlab-Diff")
    expect(diff.locator("img").first).to_be_visible()
    diff.evaluate("node => node.scrollTo(0, 40)")


def merge_request_overview(lab: Lab) -> None:
    """What the merge request is about and what was said."""
    merge_request(lab)
    lab.page.get_by_role("tab", name="Overview").click()
    expect(lab.page.get_by_role("region", name="Activity")).to_be_visible()


SCENES: dict[str, tuple[str, Callable[[Lab], None]]] = {
    "panel": ("author", panel_with_changes),
    "create-merge-request": ("author", new_merge_request),
    "diff": ("author", diff),
    "history": ("author", history),
    "merge-request": ("reviewer", merge_request),
    "merge-request-overview": ("reviewer", merge_request_overview),
}
"""By the picture's name: who sees it, and how to get there."""


def take(browser: Browser, people: People, folder: Path, names: list[str]) -> None:
    """Write these scenes in both themes."""
    edit_work_tree(browser, people["author"])
    for theme in THEMES:
        for name in names:
            role, scene = SCENES[name]
            lab = Lab(browser, people[role], theme)
            scene(lab)
            lab.picture(folder / f"{name}-{theme}.png")
            lab.page.close()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="where the pictures go")
    parser.add_argument("--demo", type=Path, help="a file with what a running demo printed; default: start one")
    parser.add_argument("--only", action="append", choices=SCENES, help="this picture; may be given again")
    arguments = parser.parse_args()
    arguments.folder.mkdir(parents=True, exist_ok=True)
    expect.set_options(timeout=PATIENCE)
    with running_demo(arguments.demo) as people, sync_playwright() as playwright:
        browser = playwright.chromium.launch(**launch_options())
        take(browser, people, arguments.folder, arguments.only or list(SCENES))
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
