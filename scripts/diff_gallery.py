"""Take pictures of the diff of every kind of file: split and inline, in the light and in the dark theme.

They are for looking at, not for the documentation: one picture a kind and theme, with every layout and mode below
each other. All that they show is made up and lies in a demo's clone.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from browser import launch_options
from diff_files import Versions, all_files, write
from PIL import Image
from playwright.sync_api import Browser, Locator, expect, sync_playwright
from screenshots import PATIENCE, THEMES, Lab, Person, running_demo

IMAGE_MODES = ("Swipe", "Onion skin", "Difference", "Side by side")
GAP = 6  # px between the parts of a picture


def prepare(person: Person, files: dict[str, Versions]) -> None:
    """Commit the versions before, and leave the versions after in the work tree."""

    def git(*arguments: str) -> None:
        subprocess.run(["git", "-C", str(person.clone), *arguments], check=True, capture_output=True, timeout=120)

    write(person.clone, files, "old")
    git("add", "-A")
    git("commit", "-qm", "Files of every kind")
    write(person.clone, files, "new")
    for path, versions in files.items():
        if versions.old_path is not None:  # git tells renames only of what it knows
            git("add", "--", path, versions.old_path)


class Gallery:
    """The diffs of one person's work tree, in one theme."""

    def __init__(self, browser: Browser, person: Person, theme: str, folder: Path) -> None:
        self._lab = Lab(browser, person, theme)
        self._theme, self._folder = theme, folder
        self._lab.load()

    def take(self, path: str) -> None:
        """Write the picture of a changed file."""
        row = self._lab.panel.locator(f'.jp-gitlab-Row-name[title$="{path}"]')
        row.scroll_into_view_if_needed()
        row.click()
        document = self._lab.page.locator(".jp-gitlab-DiffDocument:visible")
        expect(document.locator(".jp-gitlab-Diff")).to_be_visible()
        name = path.replace("/", "-")
        _below_each_other(list(self._parts(document))).save(self._folder / f"{name}-{self._theme}.png")
        self._lab.page.keyboard.press("Alt+w")

    def _parts(self, document: Locator) -> Iterator[Image.Image]:
        layouts = [document.get_by_role("radio", name=name) for name in ("Inline", "Split")]
        rendered = document.get_by_role("radio", name="Rendered")
        for layout in layouts if layouts[0].count() else [None]:
            if layout is not None:
                layout.click()
            yield self._shot(document)
            if rendered.count():
                rendered.click()
                yield self._shot(document)
                document.get_by_role("radio", name="Source").click()
        switch = document.get_by_role("radiogroup", name="How the pictures are compared").first
        for mode in IMAGE_MODES if switch.count() else ():
            switch.get_by_role("radio", name=mode).click()
            yield self._shot(document)

    def _shot(self, document: Locator) -> Image.Image:
        self._lab.page.mouse.move(700, 2)
        self._lab.page.wait_for_load_state("networkidle")
        expect(document.locator(".jp-gitlab-Skeleton")).to_have_count(0)
        self._lab.page.wait_for_timeout(150)  # renderers of outputs do not tell when they are done
        return Image.open(BytesIO(document.screenshot(animations="disabled", caret="hide")))


def _below_each_other(parts: list[Image.Image]) -> Image.Image:
    """One picture; what is empty at the end of each part is cut off."""
    cut = [part.crop((0, 0, part.width, min(part.height, _end(part) + 12))) for part in parts]
    whole = Image.new("RGB", (cut[0].width, sum(part.height + GAP for part in cut)), "magenta")
    top = 0
    for part in cut:
        whole.paste(part, (0, top))
        top += part.height + GAP
    return whole


def _end(part: Image.Image) -> int:
    """The last row of pixels that is not all of one colour."""
    rows = part.convert("RGB").crop((0, 0, part.width - 20, part.height))  # without the scroll bar
    for row in range(rows.height - 1, 60, -1):
        line = rows.crop((0, row, rows.width, row + 1))
        if len(line.getcolors(rows.width) or ()) > 1:
            return row
    return 60


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="where the pictures go")
    parser.add_argument("--only", default="", help="files whose path has this in it")
    parser.add_argument("--theme", choices=[*THEMES], help="one theme only")
    arguments = parser.parse_args()
    arguments.folder.mkdir(parents=True, exist_ok=True)
    expect.set_options(timeout=PATIENCE)
    files = {path: versions for path, versions in all_files().items() if arguments.only in path}
    with running_demo(None) as people, sync_playwright() as playwright:
        prepare(people["author"], files)
        browser = playwright.chromium.launch(**launch_options())
        for theme in [arguments.theme] if arguments.theme else THEMES:
            gallery = Gallery(browser, people["author"], theme, arguments.folder)
            for path in files:
                gallery.take(path)
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
