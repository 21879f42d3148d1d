"""What people wait for in the main job, and what the Jupyter server holds after it, in a real browser.

``python benchmarks/main_job.py [ROUNDS]`` plays the demo in Chromium and prints one JSON document: seconds from a save
to the panel showing it and from the click on a merge request to its first notebook diff, and the memory of the author's
server after the job beside that of a server without the extension that had the same notebook open and ran the same
cells. Run on an idle machine.
"""

from __future__ import annotations

import json
import signal
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import psutil
from playwright.sync_api import Browser, expect, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "scripts"), str(ROOT / "ui-tests")]

from browser import launch_options  # noqa: E402
from jupyter_servers import WITHOUT_US, jupyter_lab  # noqa: E402
from lab import Lab  # noqa: E402

NOTEBOOK = "notebooks/train.ipynb"


@contextmanager
def running_demo() -> Iterator[dict[str, dict[str, str]]]:
    """The demo's Labs by role."""
    command = [sys.executable, "-m", "jupyterlab_gitlab.cli", "demo", "--no-browser", "--json"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    assert process.stdout is not None
    try:
        yield {lab["role"]: lab for lab in json.loads(process.stdout.readline())["labs"]}
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(30)


def timed(act: Callable[[], object]) -> float:
    """Seconds that *act* takes."""
    start = time.perf_counter()
    act()
    return time.perf_counter() - start


def server_memory(url: str) -> dict[str, float]:
    """Resident and unique megabytes of the Jupyter server that listens at the address, its kernels not counted."""
    port = urlsplit(url).port
    for connection in psutil.net_connections("tcp"):
        if connection.status == psutil.CONN_LISTEN and connection.laddr.port == port and connection.pid:
            found = psutil.Process(connection.pid).memory_full_info()
            return {"resident": round(found.rss / 1e6, 1), "unique": round(found.uss / 1e6, 1)}
    raise RuntimeError(f"nothing listens at port {port}")


def open_page(browser: Browser, url: str, path: str = "") -> Lab:
    """A page with JupyterLab."""
    lab = Lab(browser.new_context(viewport={"width": 1440, "height": 900}).new_page(), url)
    lab.load(path)
    return lab


def edit_and_run(lab: Lab, addition: str) -> None:
    """Run the first cells, with a line added to the second."""
    lab.wait_for_kernel()
    setup, fit = lab.code_cell(0), lab.code_cell(1)
    setup.locator(".cm-content").click()
    lab.run_cell(setup, output="to train on")
    fit.locator(".cm-content").click()
    lab.page.keyboard.press("Control+End")
    lab.page.keyboard.press("Enter")
    lab.page.keyboard.insert_text(addition)
    lab.run_cell(fit, output="final loss")


def play(browser: Browser, labs: dict[str, dict[str, str]], rounds: int) -> dict[str, object]:
    """The main job in the demo, timed."""
    author = open_page(browser, labs["author"]["lab_url"], NOTEBOOK)
    panel = author.open_panel()
    expect(panel).to_contain_text("Nothing to commit")
    edit_and_run(author, 'print("round", 0)')
    row = author.file_row(NOTEBOOK)

    def save_and_see(words: str) -> None:
        author.save()
        expect(row).to_contain_text(words)

    saves = [timed(lambda: save_and_see("1 cell · 1 output"))]
    for _ in range(rounds - 1):
        author.select_line(author.code_cell(0), "print(len(train)")
        author.page.keyboard.insert_text('print(len(train), "to train on")')
        saves.append(timed(lambda: save_and_see("2 cells · 1 output")))
        author.page.keyboard.press("Control+z")
        save_and_see("1 cell · 1 output")
    row.get_by_label(f"Commit {NOTEBOOK}").check()
    author.commit("Print the round", then="Commit and open merge request")
    author.dialog.get_by_label("Title").fill("Add the AUC metric")
    author.dialog.get_by_role("button", name="Create merge request").click()
    expect(panel).to_contain_text("Open review")

    opens = []
    for number in range(rounds):
        reviewer = open_page(browser, labs["reviewer"]["lab_url"])
        reviewer.open_panel().get_by_role("radio", name="All").click()
        entry = reviewer.merge_requests.get_by_role("button", name="Add the AUC metric")
        expect(entry).to_be_visible()
        reviewer.page.mouse.move(700, 400)

        def click_and_read(reviewer: Lab = reviewer) -> None:
            reviewer.merge_requests.get_by_role("button", name="Add the AUC metric").click()
            expect(reviewer.source_row("removed from churn.metrics")).to_be_visible()

        opens.append(timed(click_and_read))
        reviewer.comment_on("removed from churn.metrics", f"Question {number}?")
        reviewer.page.context.close()

    panel.get_by_role("button", name="Open review").click()
    expect(author.source_row("removed from churn.metrics")).to_be_visible()
    author.tab("Overview")
    author.document.get_by_role("button", name="Merge", exact=True).click()
    author.dialog.get_by_role("button", name="Merge", exact=True).click()
    expect(panel.get_by_label("Branch: main")).to_be_visible()
    return {
        "save_to_panel_s": summary(saves),
        "click_to_notebook_diff_s": summary(opens),
        "memory_mb": server_memory(labs["author"]["lab_url"]),
    }


def summary(seconds: list[float]) -> dict[str, object]:
    """The first, which loads what is needed, and the median of all."""
    return {
        "first": round(seconds[0], 3),
        "median": round(statistics.median(seconds), 3),
        "all": [round(value, 3) for value in seconds],
    }


def main() -> None:
    """Measure and print."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    with sync_playwright() as playwright, running_demo() as labs:
        browser = playwright.chromium.launch(**launch_options())
        figures = play(browser, labs, rounds)
        with jupyter_lab(Path(labs["author"]["clone"]), WITHOUT_US) as url:
            lab = open_page(browser, url, NOTEBOOK)
            edit_and_run(lab, 'print("round", 0)')
            lab.save()
            bare = server_memory(url)
        figures["memory_of_bare_server_mb"] = bare
        browser.close()
    print(json.dumps(figures, indent=1))


if __name__ == "__main__":
    main()
