"""The diff view in jupyterlab-git, where that is installed."""

from __future__ import annotations

from collections.abc import Callable
from importlib.metadata import PackageNotFoundError, version
from urllib.parse import parse_qs, urlsplit, urlunsplit

import pytest
from conftest import Demo
from kinds import KINDS, write_kinds
from lab import Lab
from playwright.sync_api import expect

try:
    version("jupyterlab-git")
except PackageNotFoundError:
    pytest.skip("jupyterlab-git is not installed", allow_module_level=True)


@pytest.fixture(scope="module")
def kinds(demo: Demo) -> None:
    write_kinds(demo.clone("author"))


def compare(lab: Lab) -> None:
    """Click on the notebook's diff in jupyterlab-git's own sidebar."""
    sidebar = lab.page.locator("#jp-git-sessions")
    if not sidebar.is_visible():
        lab.page.locator('.jp-SideBar li[data-id="jp-git-sessions"]').click()
    row = sidebar.locator(f'[title^="{KINDS} "]').first
    row.hover()
    row.locator('button[title="Diff this file"]').click()


def use_this_view(demo: Demo, lab: Lab, wanted: bool) -> None:
    """Set the setting as the settings editor would."""
    parts = urlsplit(demo.labs["author"]["lab_url"])
    reply = lab.page.request.put(
        urlunsplit(parts._replace(path="/lab/api/settings/jupyterlab-gitlab-workflow:diff", query="")),
        headers={"Authorization": f"token {parse_qs(parts.query)['token'][0]}"},
        data={"raw": f'{{"jupyterlabGit": {str(wanted).lower()}}}'},
    )
    assert reply.ok, reply.text()
    lab.load()


def test_jupyterlab_git_compares_notebooks_in_this_view_unless_told_not_to(
    demo: Demo, kinds: None, open_lab: Callable[..., Lab]
) -> None:
    lab = open_lab("author")
    compare(lab)
    tab = lab.page.locator(".jp-git-diff-parent-widget")
    expect(tab.locator(".jp-gitlab-DiffDocument")).to_contain_text("INDEX → WORKING")
    expect(tab.locator(".jp-gitlab-Cell").first).to_be_in_viewport()
    expect(tab.get_by_role("table", name="Source of the cell").first).to_be_visible()
    use_this_view(demo, lab, False)
    compare(lab)
    expect(lab.page.locator(".jp-git-diff-parent-widget .nbdime-root").first).to_be_visible()
    expect(lab.page.locator(".jp-gitlab-DiffDocument")).to_have_count(0)
    use_this_view(demo, lab, True)
