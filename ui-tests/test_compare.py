"""Comparing files: their history, other versions of them, other files; and between a notebook and its diff."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

import pytest
from conftest import Demo
from diff_files import code, notebook, stream, vega
from lab import Lab
from playwright.sync_api import Locator, Route, expect

LINES = [f"line {number}" for number in range(1, 30)]
LONG = [code(f"step_{place} = {place}", stream(f"{place}\n"), count=place + 1, id=f"c{place}") for place in range(60)]


@pytest.fixture(scope="module", autouse=True)
def files(demo: Demo) -> None:
    """A file that was renamed and is changed, one that is not committed, and a long notebook of which two cells are."""
    folder = demo.clone("author") / "analysis"
    folder.mkdir()

    def commit(message: str) -> None:
        demo.git("author", "add", "-A")
        demo.git("author", "commit", "-qm", message)

    def write(name: str, **changed: str) -> None:
        lines = [changed.get(line.replace(" ", "_"), line) for line in LINES]
        (folder / name).write_text("".join(f"{line}\n" for line in lines))

    write("first.py")
    commit("Add the analysis")
    write("first.py", line_4="line four")
    (folder / "long.ipynb").write_bytes(notebook(LONG))
    commit("Spell a number")
    demo.git("author", "mv", "analysis/first.py", "analysis/second.py")
    commit("Rename the analysis")
    write("second.py", line_4="line four", line_26="not committed")
    (folder / "fresh.py").write_text("if fresh:\n  use(1)\n  use(2)\n")
    (folder / "spaced.py").write_text("if fresh:\n    use(1)\n    use(3)\n")
    chart = vega([1] * 6)
    chart["data"]["application/vnd.vegalite.v5+json"]["data"] = {"url": "https://data.invalid/sales.json"}
    (folder / "chart.ipynb").write_bytes(notebook([code("chart", chart)]))
    cells = [*LONG]
    cells[40] = code("step_40 = 41", stream("41\n"), count=41, id="c40")
    cells[50] = {**LONG[50], "outputs": [stream("fifty\n")]}
    (folder / "long.ipynb").write_bytes(notebook(cells))


def choose(lab: Lab, name: str, *menu: str) -> None:
    """An entry of the context menu of a file in the file browser; all but the last open submenus."""
    lab.page.locator("#filebrowser .jp-DirListing-item", has_text=name).click(button="right")
    for entry in menu[:-1]:
        lab.page.locator(".lm-Menu-item", has_text=entry).hover()
    lab.page.locator(".lm-Menu-item", has_text=menu[-1]).click()


def changed_lines(lab: Lab) -> Locator:
    """The rows of the diff in front that have changed."""
    return lab.document.locator(".jp-gitlab-Diff tr.jp-gitlab-mod-removed, .jp-gitlab-Diff tr.jp-gitlab-mod-added")


def shows(lab: Lab, *lines: str) -> None:
    """Until the diff in front shows these changed lines and no others: "-old", "+new"."""
    signs = {"-": "−", "+": r"\+"}
    texts = [rf"^\d+{signs[line[0]]}{re.escape(line[1:])}$" for line in lines]
    expect(changed_lines(lab)).to_have_text([re.compile(text) for text in texts])


def test_the_history_of_a_file_is_followed_through_its_rename(open_lab: Callable[..., Lab]) -> None:
    lab = open_lab("author", "analysis/second.py")
    failures = []

    def fail_once(route: Route) -> None:
        if failures:
            route.continue_()
            return
        failures.append(route.request.url)
        body = {"code": "internal", "message": "The disk is on fire.", "hint": None, "details": {}}
        route.fulfill(status=500, body=json.dumps(body), content_type="application/json")

    lab.page.route("**/file-history?*", fail_once)
    choose(lab, "second.py", "File History")
    expect(lab.document.get_by_role("alert")).to_contain_text("The disk is on fire.")
    lab.document.get_by_role("button", name="Try again").click()

    versions = lab.document.get_by_role("table", name="Versions of the file").locator("tbody tr")
    expect(versions).to_have_count(4)
    expect(versions.nth(1)).to_contain_text("renamed from analysis/first.py")
    expect(lab.document).to_contain_text("Renamed from analysis/first.py, the contents are the same.")

    versions.nth(2).get_by_role("button").click()
    shows(lab, "-line 4", "+line four")
    versions.nth(0).get_by_role("radio", name="Compare to work tree").check()
    shows(lab, "-line 4", "+line four", "-line 26", "+not committed")
    versions.nth(1).get_by_role("radio", name="Compare from").check()
    shows(lab, "-line 26", "+not committed")
    lab.page.keyboard.press("ArrowDown")
    expect(versions.nth(2).get_by_role("radio", name="Compare from")).to_be_checked()
    versions.nth(3).get_by_role("button").press("Enter")
    expect(changed_lines(lab)).to_have_count(len(LINES))

    choose(lab, "fresh.py", "File History")
    expect(lab.document).to_contain_text("No commit has changed this file yet")


def test_a_file_is_compared_with_what_is_chosen(open_lab: Callable[..., Lab]) -> None:
    lab = open_lab("author", "analysis/second.py")
    choose(lab, "second.py", "Compare with", "Last Commit")
    shows(lab, "-line 26", "+not committed")

    choose(lab, "second.py", "Compare with", "Branch…")
    expect(lab.dialog.get_by_role("option")).not_to_have_count(0)
    lab.page.keyboard.type("nothing like it")
    expect(lab.dialog).to_contain_text("Nothing found.")
    lab.dialog.get_by_role("combobox").fill("origin/main")
    lab.page.keyboard.press("Enter")
    expect(lab.document).to_contain_text("origin/main → work tree")
    expect(changed_lines(lab)).to_have_count(len(LINES))

    choose(lab, "second.py", "Compare with", "Commit…")
    expect(lab.dialog.get_by_role("option")).to_have_count(3)
    for _ in range(2):
        lab.page.keyboard.press("ArrowDown")
    lab.page.keyboard.press("Enter")
    shows(lab, "-line 4", "+line four", "-line 26", "+not committed")
    expect(lab.document.get_by_role("heading")).to_have_text("analysis/first.py → analysis/second.py")

    choose(lab, "fresh.py", "Compare with", "Another File…")
    lab.dialog.locator(".jp-DirListing-item", has_text="second.py").click()
    lab.dialog.get_by_role("button", name="Select").click()
    expect(lab.document.get_by_role("heading")).to_have_text("analysis/second.py → analysis/fresh.py")

    rows = lab.page.locator("#filebrowser .jp-DirListing-item")
    rows.filter(has_text="long.ipynb").click()
    rows.filter(has_text="second.py").click(modifiers=["ControlOrMeta"])
    choose(lab, "second.py", "Compare Selected Files")
    expect(lab.document).to_contain_text("Compared as text")


def test_a_cell_of_a_diff_leads_to_the_notebook_and_back(open_lab: Callable[..., Lab]) -> None:
    lab = open_lab("author", "analysis/long.ipynb")

    def toolbar(entry: str) -> None:
        lab.page.locator("#jp-main-dock-panel").get_by_role("tab").get_by_text("long.ipynb", exact=True).click()
        lab.page.locator(".jp-NotebookPanel-toolbar").get_by_text("GitLab").click()
        lab.page.locator(".lm-Menu-item", has_text=entry).click()

    toolbar("Diff with HEAD")
    cards = lab.document.locator(".jp-gitlab-Cell")
    expect(cards).to_have_count(2)
    shows(lab, "-step_40 = 40", "+step_40 = 41", "-40", "+41", "-50", "+fifty")
    lab.document.locator(".jp-gitlab-Diff").focus()
    lab.page.keyboard.press("j")
    lab.page.keyboard.press("j")
    expect(cards.nth(1)).to_be_focused()
    cards.nth(1).get_by_role("button", name="Open the cell in the notebook").press("Enter")
    active = lab.page.locator(".jp-Notebook .jp-Cell.jp-mod-active")
    expect(active).to_contain_text("step_50 = 50")
    expect(active).to_be_focused()
    expect(active).to_be_in_viewport()

    lab.page.keyboard.press("ArrowDown")
    active.filter(has_text="step_51").click(button="right")
    lab.page.locator(".lm-Menu-item", has_text="Show Cell in Diff").click()
    expect(lab.document.locator(".jp-gitlab-Cell:focus")).to_contain_text("step_51 = 51")

    toolbar("Diff with Target Branch")
    expect(lab.document).to_contain_text("origin/main → work tree")
    expect(lab.document).to_contain_text("60 cells added")


def test_what_a_diff_shows_is_chosen_and_stays(open_lab: Callable[..., Lab]) -> None:
    lab = open_lab("author", "analysis/long.ipynb")

    def show(entry: str) -> None:
        lab.document.get_by_role("button", name="Show", exact=True).click()
        lab.page.locator(".lm-Menu-itemLabel").get_by_text(entry, exact=True).click()

    cards = lab.document.locator(".jp-gitlab-Cell")
    choose(lab, "long.ipynb", "Compare with", "Last Commit")
    expect(cards).to_have_count(2)
    show("Cells with changed outputs only")
    expect(cards).to_have_count(1)
    expect(lab.document).to_contain_text("19 cells with changes in their outputs only · show")
    show("Outputs")
    shows(lab, "-step_40 = 40", "+step_40 = 41")

    choose(lab, "spaced.py", "Compare with", "Another File…")
    lab.dialog.locator(".jp-DirListing-item", has_text="fresh.py").click()
    lab.dialog.get_by_role("button", name="Select").click()
    expect(changed_lines(lab)).to_have_count(4)
    show("Changes in white space")
    shows(lab, "-  use(2)", "+    use(3)")
    lab.document.get_by_role("radio", name="Split").click()

    lab.document.get_by_role("table").evaluate("table => getSelection().selectAllChildren(table)")
    lab.page.keyboard.press("ControlOrMeta+c")
    copied = lab.page.evaluate("navigator.clipboard.readText()")
    assert copied.splitlines()[-2:] == ["  use(2)", "    use(3)"], "without numbers and signs"

    lab.load("analysis/long.ipynb")
    choose(lab, "long.ipynb", "Compare with", "Last Commit")
    expect(lab.document.get_by_role("radio", name="Split")).to_be_checked()
    expect(cards).to_have_count(1)
    show("Outputs")
    expect(cards.get_by_text("Output changed")).to_be_visible()


def test_a_chart_loads_nothing_from_elsewhere_unasked(open_lab: Callable[..., Lab]) -> None:
    lab = open_lab("author", "analysis/fresh.py")
    asked: list[str] = []

    def refuse(route: Route) -> None:
        asked.append(route.request.url)
        route.abort()

    lab.page.route("https://data.invalid/**", refuse)
    choose(lab, "chart.ipynb", "Compare with", "Last Commit")
    expect(lab.document).to_contain_text("could load data from data.invalid")
    assert asked == []
    lab.document.get_by_role("button", name="Draw it").click()
    expect(lab.document.locator(".vega-embed")).to_be_visible()
    assert asked == ["https://data.invalid/sales.json"]
