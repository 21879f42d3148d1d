"""A window of 1280 pixels at 200 % zoom, and a panel of some 600 pixels: nothing is cut off beside the screen."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from conftest import Demo
from kinds import KINDS, write_kinds
from lab import Lab
from playwright.sync_api import Locator, expect

WIDTH = 640  # px; half of 1280

CUT_OFF = """
root => {
  const { left, right } = root.getBoundingClientRect();
  const controls = root.querySelectorAll('button, a, input, textarea, summary, [role=radio]');
  return Array.from(controls).flatMap(control => {
    const box = control.getBoundingClientRect();
    // Wide tables scroll by themselves.
    return box.width === 0 || control.closest('.jp-gitlab-TableDiff-scroll, .jp-OutputArea-output')
      || (box.left >= left - 1 && box.right <= right + 1)
      ? []
      : [`${control.textContent} ${control.ariaLabel} at ${box.left} to ${box.right} of ${left} to ${right}`];
  });
}
"""


@pytest.fixture(scope="module")
def kinds(demo: Demo) -> None:
    write_kinds(demo.clone("author"))


def close_panel(lab: Lab) -> None:
    lab.page.locator('.jp-SideBar li[data-id="jp-gitlab-panel"]').click()
    expect(lab.panel).not_to_be_visible()


def assert_fits(lab: Lab, root: Locator) -> None:
    """No control is out of reach, and the page itself does not scroll sideways."""
    assert root.evaluate(CUT_OFF) == []
    assert lab.page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
    assert root.evaluate("root => root.scrollWidth <= root.clientWidth")


@pytest.mark.parametrize("layout", ["Split", "Inline"])
def test_the_diff_view_fits_a_narrow_window(kinds: None, open_lab: Callable[..., Lab], layout: str) -> None:
    lab = open_lab("author", width=WIDTH, height=5000)  # all of it near the screen
    lab.open_panel()
    lab.file_row(KINDS).locator(".jp-gitlab-Row-name").click()
    document = lab.page.locator(".jp-gitlab-DiffDocument")
    document.get_by_role("radio", name=layout).click()
    expect(document.locator(".jp-gitlab-Skeleton")).to_have_count(0)
    assert_fits(lab, document)  # beside the panel there is half of the width
    close_panel(lab)
    assert_fits(lab, document)


@pytest.mark.parametrize("layout", ["Split", "Inline"])
def test_threads_fit_a_narrow_window(open_lab: Callable[..., Lab], layout: str) -> None:
    lab = open_lab("reviewer", width=WIDTH, height=2500)
    lab.merge_requests.get_by_role("radio", name="All").click()
    lab.merge_requests.get_by_role("button", name="Raise the learning rate").click()
    close_panel(lab)
    expect(lab.page.locator("[data-gitlab-thread]").first).to_be_visible()
    lab.document.get_by_role("radio", name=layout).click()
    assert_fits(lab, lab.document)
    for name in ("Overview", "Commits"):
        lab.tab(name)
        assert_fits(lab, lab.document)
