"""How long a large review takes to open: a merge request of 300 files and 2,000 notes beside an almost empty one.

``python benchmarks/large_review.py [ROUNDS]`` plants both into a sandbox, opens them in Chromium in turn and prints one
JSON document: for each the median seconds from the click to the first diff with its list of files, and to its
threads; the requests that the browser made to Jupyter and that Jupyter made to GitLab; for the large one also the
switch to another file and to the overview, and the longest task and the longest gap between two frames while its list
of files and its overview are scrolled. Of those the round with the least counts, since other programs only add to them;
a task shorter than 50 ms is 0. Run on an idle machine.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, expect, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "scripts"), str(ROOT / "ui-tests"), str(ROOT / "tests")]

from browser import launch_options  # noqa: E402
from fault_proxy import FaultProxy, fault_proxy  # noqa: E402
from jupyter_servers import jupyter_lab  # noqa: E402
from lab import Lab  # noqa: E402
from large_merge_request import FILES, NOTES, Planted, plant  # noqa: E402
from sandbox_server import sandbox_gitlab  # noqa: E402

TITLES = ("An empty one", "A large one")
# In the page itself: whoever asks from outside, again and again, takes the time that is measured.
OPEN = """async ([title, text, threads]) => {
  const rows = [...document.querySelectorAll('.jp-gitlab-mod-mergeRequests .jp-gitlab-MergeRequestRow')];
  const until = async condition => {
    while (!condition()) await new Promise(requestAnimationFrame);
    return (performance.now() - start) / 1000;
  };
  const start = performance.now();
  rows.find(row => row.textContent.includes(title)).click();
  const seconds = await until(() =>
    document.querySelector('.jp-gitlab-FileTree-file') &&
    document.querySelector('.jp-gitlab-FileDiffPane-body')?.textContent.includes(text));
  return [seconds, threads ? await until(() => document.querySelector('.jp-gitlab-Thread')) : seconds];
}"""
SWITCH = """async () => {
  const start = performance.now();
  [...document.querySelectorAll('.jp-gitlab-FileTree-file')].find(each => each.textContent.includes('file299')).click();
  while (!document.querySelector('.jp-gitlab-FileDiffPane-body')?.textContent.includes("first = 'new'"))
    await new Promise(requestAnimationFrame);
  return (performance.now() - start) / 1000;
}"""
# Scrolls an element and tells the longest gap between two frames, and the longest task that held the page up.
SCROLL = """async ([selector, steps, pixels]) => {
  const element = [...document.querySelectorAll(selector)].find(each => each.offsetParent !== null);
  let task = 0;
  const note = entries => entries.forEach(each => task = Math.max(task, each.duration));
  const observer = new PerformanceObserver(list => note(list.getEntries()));
  observer.observe({type: 'longtask'});
  let last = performance.now(), frame = 0;
  for (let step = 0; step < steps; step++) {
    element.scrollTop += pixels;
    await new Promise(requestAnimationFrame);
    const now = performance.now();
    frame = Math.max(frame, now - last);
    last = now;
  }
  note(observer.takeRecords());
  observer.disconnect();
  return [frame, task];
}"""
# Opens the overview: the seconds until its first thread and the box for a comment are there, and the longest task.
OVERVIEW = """async () => {
  let task = 0;
  const note = entries => entries.forEach(each => task = Math.max(task, each.duration));
  const observer = new PerformanceObserver(list => note(list.getEntries()));
  observer.observe({type: 'longtask'});
  const start = performance.now();
  [...document.querySelectorAll('[role=tab]')].find(each => each.textContent.includes('Overview')).click();
  while (!document.querySelector('.jp-gitlab-Activity .jp-gitlab-Note') ||
      !document.querySelector('.jp-gitlab-Activity-new textarea'))
    await new Promise(requestAnimationFrame);
  const seconds = (performance.now() - start) / 1000;
  await new Promise(resolve => setTimeout(resolve, 1000));
  observer.disconnect();
  return [seconds, task];
}"""


@dataclass
class World:
    """A Lab whose clone belongs to the planted project; *proxy* sees what GitLab is asked."""

    url: str
    planted: Planted
    proxy: FaultProxy


@contextmanager
def world() -> Iterator[World]:
    with tempfile.TemporaryDirectory() as home, sandbox_gitlab(Path(home) / "gitlab") as gitlab:
        author, reviewer = gitlab.person("author"), gitlab.person("reviewer")
        project = gitlab.project(author)
        project.members.create({"user_id": reviewer.id, "access_level": 30})
        planted = plant(gitlab, project, author, reviewer)
        clone = Path(home) / "clone"
        subprocess.run(["git", "clone", "-q", gitlab.remote(project, author.token), str(clone)], check=True)
        with fault_proxy(gitlab.url) as proxy:
            address = f"{proxy.url}/{project.path_with_namespace}.git"
            subprocess.run(["git", "-C", str(clone), "remote", "set-url", "origin", address], check=True)
            tokens = json.dumps({proxy.url.removeprefix("http://"): author.token})
            options = [f"--GitLabConfig.tokens={tokens}", "--GitLabConfig.use_keyring=False", "--allow-root"]
            with jupyter_lab(clone, options) as url:
                yield World(url, planted, proxy)


def page_of(browser: Browser, url: str) -> Lab:
    """A page with the list of all merge requests."""
    lab = Lab(browser.new_context(viewport={"width": 1440, "height": 900}).new_page(), url)
    lab.load()
    lab.open_panel().get_by_role("radio", name="All").click()
    return lab


def opened(lab: Lab, title: str, proxy: FaultProxy) -> dict[str, Any]:
    """Clicks on a merge request and waits for its first diff with files and threads."""
    asked: list[str] = []
    row = lab.panel.locator(".jp-gitlab-mod-mergeRequests").get_by_text(title)
    expect(row).to_be_visible()
    lab.page.on("request", lambda request: asked.append(request.url) if "/gitlab/api/" in request.url else None)
    proxy.clear()
    # a click without the pointer resting on the row first, which would ask ahead
    large = title == TITLES[1]
    seconds, threads = lab.page.evaluate(OPEN, [title, "import new" if large else "import only", large])
    lab.page.wait_for_load_state("networkidle")
    return {"seconds": seconds, "threads": threads, "browser": len(asked), "gitlab": len(proxy.seen)}


def settled(page: Page) -> None:
    """Nothing is asked for a second."""
    page.wait_for_timeout(1_000)


def used(page: Page) -> dict[str, Any]:
    """What the large one is like once it is open; times in milliseconds, the opening of the overview in seconds."""
    files = page.evaluate(SCROLL, [".jp-gitlab-FileTree", 60, 80])
    switch = page.evaluate(SWITCH)
    overview = page.evaluate(OVERVIEW)
    threads = page.evaluate(SCROLL, [".jp-gitlab-Overview", 120, 300])
    names = ("files_frame", "files_task", "switch", "overview", "overview_task", "scroll_frame", "scroll_task")
    return dict(zip(names, (*files, switch, *overview, *threads), strict=True))


def median(rounds: list[dict[str, Any]], name: str, digits: int) -> float:
    return round(statistics.median(each[name] for each in rounds), digits)


def summary(rounds: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "seconds": round(statistics.median(each["seconds"] for each in rounds), 2),
        "seconds_with_threads": round(statistics.median(each["threads"] for each in rounds), 2),
        "requests_of_browser": max(each["browser"] for each in rounds),
        "requests_to_gitlab": max(each["gitlab"] for each in rounds),
    }


def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    found: dict[str, list[dict[str, Any]]] = {title: [] for title in TITLES}
    with world() as here, sync_playwright() as playwright:
        browser = playwright.chromium.launch(**launch_options())
        for title in TITLES:  # the commits are fetched and the code of the page is cached
            opened(page_of(browser, here.url), title, here.proxy)
        for _ in range(rounds):
            for title in TITLES:
                lab = page_of(browser, here.url)
                found[title].append(opened(lab, title, here.proxy))
                settled(lab.page)
                if title == TITLES[1]:
                    found[title][-1] |= used(lab.page)
                lab.page.context.close()
        browser.close()
    large = found[TITLES[1]]
    empty_summary, large_summary = summary(found[TITLES[0]]), summary(large)
    print(
        json.dumps(
            {
                "files": FILES,
                "notes": NOTES,
                "rounds": rounds,
                "empty": empty_summary,
                "large": large_summary,
                "beyond_the_empty_one": round(large_summary["seconds"] - empty_summary["seconds"], 2),
                "another_file_seconds": median(large, "switch", 2),
                "overview_seconds": median(large, "overview", 2),
                "least_longest_task_ms": {
                    "scrolling_files": round(min(each["files_task"] for each in large)),
                    "opening_overview": round(min(each["overview_task"] for each in large)),
                    "scrolling_overview": round(min(each["scroll_task"] for each in large)),
                },
                "least_longest_frame_ms": {
                    "scrolling_files": round(min(each["files_frame"] for each in large)),
                    "scrolling_overview": round(min(each["scroll_frame"] for each in large)),
                },
            },
            indent=2,
        )
    )


if __name__ == "__main__":
    main()
