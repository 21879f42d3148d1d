"""What axe-core (https://github.com/dequelabs/axe-core) says of the extension's own elements, in every theme.

JupyterLab brings one theme of high contrast, a dark one.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from importlib.resources import files
from typing import Any
from urllib.parse import parse_qs, urlsplit, urlunsplit

import pytest
from conftest import Demo
from kinds import KINDS, write_kinds
from lab import Lab
from playwright.sync_api import Route, expect

AXE = (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")
THEMES = ("JupyterLab Light", "JupyterLab Dark", "JupyterLab Dark High Contrast")

LOOK = """
async roots => {
  const found = await axe.run(
    // The menu that JupyterLab's renderer hangs on a chart has no name.
    { include: roots, exclude: ['.vega-embed'] },
    { resultTypes: ['violations'], elementRef: false }
  );
  return found.violations.flatMap(({ id, impact, help, nodes }) =>
    nodes.map(({ target, html, any, failureSummary }) =>
      ({ id, impact, help, target: target.join(' '), html: html.slice(0, 300), summary: failureSummary })));
}
"""


def issues(lab: Lab, *roots: str) -> list[dict[str, Any]]:
    """What is wrong within some elements."""
    if not lab.page.evaluate("() => 'axe' in window"):
        lab.page.evaluate(AXE)
    # Colours that are on their way to others are none of the theme's.
    lab.page.wait_for_function("() => !document.getAnimations().some(each => each instanceof CSSTransition)")
    found: list[dict[str, Any]] = lab.page.evaluate(LOOK, list(roots))
    return found


def told(found: list[dict[str, Any]]) -> str:
    """The issues as the failing test shows them."""
    return "\n".join(
        f"{each['impact']} {each['id']}: {each['target']}\n  {each['html']}\n  {each['summary']}" for each in found
    )


def choose_theme(demo: Demo, role: str, lab: Lab, theme: str) -> None:
    """Set the theme as the settings editor would."""
    parts = urlsplit(demo.labs[role]["lab_url"])
    reply = lab.page.request.put(
        urlunsplit(parts._replace(path="/lab/api/settings/@jupyterlab/apputils-extension:themes", query="")),
        headers={"Authorization": f"token {parse_qs(parts.query)['token'][0]}"},
        data={"raw": json.dumps({"theme": theme})},
    )
    assert reply.ok, reply.text()
    lab.load()
    expect(lab.page.locator(f'body[data-jp-theme-name="{theme}"]')).to_have_count(1)


@pytest.fixture(scope="module")
def kinds(demo: Demo) -> None:
    """A notebook with every kind of output, changed in the author's work tree."""
    write_kinds(demo.clone("author"))


@pytest.mark.parametrize("theme", THEMES)
def test_the_panel_can_be_read_by_all(demo: Demo, kinds: None, open_lab: Callable[..., Lab], theme: str) -> None:
    lab = open_lab("author")
    choose_theme(demo, "author", lab, theme)
    panel = lab.open_panel()
    expect(lab.file_row(KINDS)).to_be_visible()
    panel.get_by_label(f"Show the cells of {KINDS}").click()
    expect(panel.get_by_role("list", name="Changed cells").get_by_role("listitem")).not_to_have_count(0)
    section = lab.merge_requests
    for name in ("Mine", "All", "For review"):
        section.get_by_role("radio", name=name).click()
        expect(section.locator(".jp-gitlab-Skeleton")).to_have_count(0)
        found = issues(lab, "#jp-gitlab-panel")
        assert not found, told(found)


@pytest.mark.parametrize("theme", THEMES)
def test_the_diff_view_can_be_read_by_all(demo: Demo, kinds: None, open_lab: Callable[..., Lab], theme: str) -> None:
    lab = open_lab("author", height=5000)  # all of it near the screen
    choose_theme(demo, "author", lab, theme)
    lab.open_panel()
    lab.file_row(KINDS).locator(".jp-gitlab-Row-name").click()
    document = lab.page.locator(".jp-gitlab-DiffDocument")
    for layout in ("Split", "Inline"):
        document.get_by_role("radio", name=layout).click()
        wait_for_outputs(lab)
        found = issues(lab, ".jp-gitlab-DiffDocument")
        assert not found, told(found)
    for mode in ("Swipe", "Onion skin", "Difference"):
        document.get_by_role("radio", name=mode).first.click()
        found = issues(lab, ".jp-gitlab-CellOutput")
        assert not found, told(found)
    if not document.get_by_role("table", name="Changed metadata").first.is_visible():  # the settings remember it
        document.get_by_role("button", name="Show", exact=True).click()
        lab.page.get_by_role("menuitem", name="Metadata").click()
    expect(document.get_by_role("table", name="Changed metadata").first).to_be_visible()
    found = issues(lab, ".jp-gitlab-DiffDocument")
    assert not found, told(found)


@pytest.mark.parametrize("theme", THEMES)
def test_a_merge_request_can_be_read_by_all(demo: Demo, open_lab: Callable[..., Lab], theme: str) -> None:
    lab = open_lab("reviewer", height=2500)
    choose_theme(demo, "reviewer", lab, theme)
    lab.merge_requests.get_by_role("radio", name="All").click()
    lab.merge_requests.get_by_role("button", name="Raise the learning rate").click()
    expect(lab.page.locator("[data-gitlab-thread]").first).to_be_visible()
    for name in ("Changes", "Overview", "Commits"):
        lab.tab(name)
        expect(lab.document.get_by_role("tabpanel", name=name)).to_be_visible()
        wait_for_outputs(lab)
        found = issues(lab, ".jp-gitlab-Document")
        assert not found, told(found)


@pytest.mark.parametrize("theme", THEMES)
def test_dialogs_can_be_read_by_all(demo: Demo, kinds: None, open_lab: Callable[..., Lab], theme: str) -> None:
    lab = open_lab("author", height=1200)
    choose_theme(demo, "author", lab, theme)
    button = lab.open_panel().get_by_role("button", name="Create merge request")
    expect(lab.page.locator(".jp-Launcher:focus")).to_have_count(1)  # it takes the focus when JupyterLab is ready
    button.click()
    expect(lab.dialog.get_by_label("Title")).to_be_focused()
    lab.dialog.get_by_label("Reviewers").fill("jonas")
    expect(lab.dialog.get_by_role("option", name="Jonas Weber")).to_be_visible()
    found = issues(lab, ".jp-Dialog")
    assert not found, told(found)
    lab.dialog.get_by_role("button", name="Cancel").click()
    expect(button).to_be_focused()


@pytest.mark.parametrize("theme", THEMES)
def test_the_form_to_sign_in_can_be_read_by_all(demo: Demo, open_lab: Callable[..., Lab], theme: str) -> None:
    lab = open_lab("author")
    lab.page.route("**/gitlab/api/v1/accounts?*", nobody)
    choose_theme(demo, "author", lab, theme)
    expect(lab.open_panel().get_by_label("Personal access token").first).to_be_visible()
    found = issues(lab, "#jp-gitlab-panel")
    assert not found, told(found)


def nobody(route: Route) -> None:
    """The server's answer as it is when nobody is signed in."""
    reply = route.fetch()
    route.fulfill(response=reply, json={**reply.json(), "signed_in": False})


def wait_for_outputs(lab: Lab) -> None:
    """Until nothing on the page is still to come."""
    expect(lab.document.locator(".jp-gitlab-Skeleton").locator("visible=true")).to_have_count(0)
