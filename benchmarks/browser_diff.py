"""How long a notebook diff takes on the screen, here and in jupyterlab-git, in the same Chromium on the same notebooks.

``python benchmarks/browser_diff.py [--rounds N] [--pairs 20 150 300 images] [--json]`` writes a clone whose notebooks
were all run again, opens each diff by a click in either extension's sidebar, and prints for both

* ``first``: milliseconds from the click to a readable first screen, that is until the source of the first changed cell
  and a value of its output are painted; the code of the views is loaded by the first click, as for a person;
* ``block``: the longest task, in milliseconds, that kept the page from anything else while it was scrolled to the end
  and once more; ``work`` is what it cost of the processor, which is less when others have it in between;
* ``heap``: what the page's JavaScript holds, in MB: before the scrolling, at the end of it, and after a second way
  through, garbage collected each time; ``process`` is what the page's process holds at these times.

The first diff is also held against that of an all but empty notebook. jupyterlab-git must be installed beside this
extension (``pip install jupyterlab-git``). Run on an idle machine.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import tempfile
from pathlib import Path
from typing import Any, NamedTuple

import psutil
from playwright.sync_api import Browser, CDPSession, Locator, Page, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "scripts")]

from browser import launch_options  # noqa: E402
from browser_diff_data import PAIRS, write_clone  # noqa: E402
from jupyter_servers import jupyter_lab  # noqa: E402

PATIENCE = 300_000  # ms; nbdime takes minutes on a busy machine
STEP, PAUSE = 400, 40  # px of a turn of the wheel, ms between two of them

SETTINGS = {"jupyterlab-gitlab-workflow:diff": {"jupyterlabGit": False}}
"""jupyterlab-git shows its own view."""

WATCH = """
([root, source, value, patience]) => {
  const seen = (text) => {
    const walker = document.createTreeWalker(document.querySelector(root) ?? document.head, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (node.data.includes(text)) {
        const range = document.createRange();
        range.selectNodeContents(node);
        const { top, bottom, height } = range.getBoundingClientRect();
        if (height > 0 && bottom > 0 && top < innerHeight) return true;
      }
    }
    return false;
  };
  window.readable = new Promise((resolve, reject) => {
    setTimeout(() => reject(new Error('Nothing readable has come.')), patience);
    const clicked = event => {
      removeEventListener('click', clicked, true);
      const look = () => {
        if (seen(source) && seen(value)) {
          // Painted by the time that the frame after this one begins.
          requestAnimationFrame(() => resolve(performance.now() - event.timeStamp));
        } else {
          requestAnimationFrame(look);
        }
      };
      look();
    };
    addEventListener('click', clicked, true);
  });
}
"""


class View(NamedTuple):
    """One extension's diff: where its tab is, its row and button of a file, what scrolls."""

    sidebar: str
    row: str
    button: str | None
    root: str
    scroller: str


VIEWS = {
    "ours": View(
        sidebar="jp-gitlab-panel",
        row='#jp-gitlab-panel [role=listitem]:has([aria-label="Commit {path}"]) .jp-gitlab-Row-name',
        button=None,
        root=".jp-gitlab-DiffDocument",
        scroller=".jp-gitlab-Diff",
    ),
    "jupyterlab-git": View(
        sidebar="jp-git-sessions",
        row='#jp-git-sessions [title^="{path} "]',
        button='button[title="Diff this file"]',
        root=".jp-git-diff-parent-widget",
        scroller=".nbdime-root",
    ),
}


class Diff:
    """A page with JupyterLab whose sidebar lists the changed notebooks, and the diff that a click opens in it."""

    def __init__(self, browser: Browser, url: str, view: View, name: str) -> None:
        self.page: Page = browser.new_context(viewport={"width": 1440, "height": 900}).new_page()
        self.page.set_default_timeout(PATIENCE)
        self.page.goto(f"{url}&reset")
        self.page.wait_for_selector("#jupyterlab-splash", state="detached")
        self.view, self.name = view, name
        self.session: CDPSession = self.page.context.new_cdp_session(self.page)
        self.session.send("HeapProfiler.enable")
        if not self.page.locator(f"#{view.sidebar}").is_visible():
            self.page.locator(f'.jp-SideBar li[data-id="{view.sidebar}"]').click()
        self.page.wait_for_load_state("networkidle")

    def open(self) -> float:
        """Milliseconds from the click to a readable first screen."""
        pair = PAIRS[self.name]
        row = self.page.locator(self.view.row.format(path=pair.path)).first
        row.wait_for()
        target: Locator = row
        if self.view.button is not None:
            row.hover()
            target = row.locator(self.view.button)
        self.page.evaluate(WATCH, [self.view.root, pair.source, pair.value, PATIENCE])
        target.click()
        readable: float = self.page.evaluate("window.readable")
        return readable

    def scroll(self) -> tuple[float, float]:
        """The longest task on the way to the end, and the one that cost the processor most; in milliseconds."""
        browser = self.page.context.browser
        assert browser
        browser.start_tracing(page=self.page, categories=["toplevel"])
        self.page.mouse.move(900, 500)
        scroller = self.page.locator(self.view.scroller).first
        still = 0
        while still < 25:
            before = scroller.evaluate("element => element.scrollTop")
            self.page.mouse.wheel(0, STEP)
            self.page.wait_for_timeout(PAUSE)
            still = still + 1 if scroller.evaluate("element => element.scrollTop") == before else 0
        return longest_tasks(json.loads(browser.stop_tracing())["traceEvents"])

    def back(self) -> None:
        """Scroll to the top at once."""
        self.page.locator(self.view.scroller).first.evaluate("element => { element.scrollTop = 0; }")
        self.page.wait_for_timeout(500)

    def memory(self) -> dict[str, float]:
        """MB that the page's JavaScript and its process hold."""
        self.session.send("HeapProfiler.collectGarbage")
        heap = self.session.send("Runtime.getHeapUsage")["usedSize"] / 1e6
        return {"heap": round(heap, 1), "process": round(renderer_memory(), 1)}

    def close(self) -> None:
        self.page.context.close()


def longest_tasks(events: list[dict[str, Any]]) -> tuple[float, float]:
    """Of the longest tasks of pages' main threads in a trace: milliseconds, and those of the processor's time."""
    names = {(event["pid"], event["tid"]): event["args"]["name"] for event in events if event["name"] == "thread_name"}
    tasks = [
        event
        for event in events
        if event["name"].endswith("RunTask") and names.get((event["pid"], event["tid"])) == "CrRendererMain"
    ]
    return (
        max((event.get("dur", 0) / 1000 for event in tasks), default=0.0),
        max((event.get("tdur", 0) / 1000 for event in tasks), default=0.0),
    )


def renderer_memory() -> float:
    """MB of the largest page process below this one."""
    children = psutil.Process().children(recursive=True)
    sizes = []
    for child in children:
        try:
            if "--type=renderer" in child.cmdline():
                sizes.append(child.memory_full_info().uss)
        except (psutil.NoSuchProcess, psutil.AccessDenied):
            continue
    return max(sizes) / 1e6


def measure(browser: Browser, url: str, view: View, name: str, rounds: int) -> dict[str, Any]:
    """All figures of one pair in one view."""
    firsts = []
    for _ in range(rounds - 1):
        diff = Diff(browser, url, view, name)
        firsts.append(diff.open())
        diff.close()
    diff = Diff(browser, url, view, name)
    firsts.append(diff.open())
    diff.page.wait_for_timeout(1000)
    memory = [diff.memory()]
    blocks = [diff.scroll()]
    memory.append(diff.memory())
    diff.back()
    blocks.append(diff.scroll())
    memory.append(diff.memory())
    diff.close()
    return {
        "first": round(statistics.median(firsts)),
        "firsts": [round(value) for value in firsts],
        "block": round(max(block for block, _ in blocks)),
        "work": round(max(work for _, work in blocks)),
        "heap": [each["heap"] for each in memory],
        "process": [each["process"] for each in memory],
    }


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5, help="diffs opened of each pair, each in a new page")
    parser.add_argument("--pairs", nargs="+", choices=list(PAIRS), default=list(PAIRS))
    parser.add_argument("--views", nargs="+", choices=list(VIEWS), default=list(VIEWS))
    parser.add_argument("--json", action="store_true", help="print one JSON document")
    arguments = parser.parse_args()
    figures: dict[str, dict[str, Any]] = {}
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        clone = write_clone(Path(folder) / "clone")
        with jupyter_lab(clone, settings=SETTINGS) as url:
            for name in arguments.pairs:
                for view in arguments.views:
                    # A browser of its own each time, so that no page inherits another one's process or cache.
                    browser = playwright.chromium.launch(**launch_options())
                    found = measure(browser, url, VIEWS[view], name, arguments.rounds)
                    browser.close()
                    figures.setdefault(name, {})[view] = found
                    if not arguments.json:
                        print(name, view, json.dumps(found), flush=True)
    if arguments.json:
        print(json.dumps(figures, indent=1))


if __name__ == "__main__":
    main()
