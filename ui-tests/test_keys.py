"""The keys of the diff view: they bring the reader from change to change, and stay out of the way of typing."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from conftest import Demo
from kinds import KINDS, write_kinds
from lab import Lab
from playwright.sync_api import Locator, expect

OUTLINE = "element => getComputedStyle(element).outlineStyle + ' ' + parseFloat(getComputedStyle(element).outlineWidth)"


@pytest.fixture(scope="module")
def kinds(demo: Demo) -> None:
    write_kinds(demo.clone("author"))


@pytest.fixture
def review(open_lab: Callable[..., Lab]) -> Lab:
    """A merge request with threads, on its changes."""
    lab = open_lab("reviewer")
    lab.merge_requests.get_by_role("radio", name="All").click()
    lab.merge_requests.get_by_role("button", name="Raise the learning rate").click()
    expect(lab.page.locator("[data-gitlab-thread]").first).to_be_visible()
    return lab


def focused(lab: Lab) -> Locator:
    return lab.page.locator(":focus")


def assert_ring(element: Locator) -> None:
    """The focus can be seen."""
    style, width = str(element.evaluate(OUTLINE)).split()
    assert style != "none"
    assert float(width) >= 1


def test_j_and_k_go_from_change_to_change(kinds: None, open_lab: Callable[..., Lab]) -> None:
    lab = open_lab("author")
    lab.open_panel()
    lab.file_row(KINDS).locator(".jp-gitlab-Row-name").click()
    stops = lab.page.locator(".jp-gitlab-Diff [data-gitlab-stop]")
    expect(stops.nth(3)).to_be_attached()
    for key, index in (("j", 0), ("j", 1), ("j", 2), ("k", 1)):
        lab.page.keyboard.press(key)
        expect(stops.nth(index)).to_be_focused()
        expect(stops.nth(index)).to_be_in_viewport()
        assert_ring(focused(lab))
    lab.page.keyboard.press("ArrowDown")
    expect(stops.nth(1).get_by_role("row").locator("visible=true").first).to_be_visible()
    expect(focused(lab)).to_have_attribute("data-gitlab-row", "")
    assert_ring(focused(lab))
    # Every button can be reached and seen with the keyboard alone.
    for _ in range(6):
        lab.page.keyboard.press("Tab")
        assert_ring(focused(lab))


def test_n_and_p_go_from_thread_to_thread(review: Lab) -> None:
    threads = review.page.locator(".jp-gitlab-Diff [data-gitlab-thread]")
    count = threads.count()
    assert count >= 1
    for index in range(count):
        review.page.keyboard.press("n")
        expect(threads.nth(index)).to_be_focused()
        assert_ring(focused(review))
    for index in reversed(range(count - 1)):
        review.page.keyboard.press("p")
        expect(threads.nth(index)).to_be_focused()


def test_c_comments_on_the_line_and_what_is_typed_is_no_command(review: Lab) -> None:
    review.page.keyboard.press("j")
    review.page.keyboard.press("ArrowDown")
    row = focused(review).element_handle()
    review.page.keyboard.press("c")
    box = focused(review)
    expect(box).to_have_attribute("placeholder", "Write a comment…")
    review.page.keyboard.type("jknpcv?")
    expect(box).to_have_value("jknpcv?")
    expect(review.dialog).to_have_count(0)
    review.page.keyboard.press("Control+a")
    review.page.keyboard.press("Delete")
    review.page.keyboard.press("Escape")
    assert row.evaluate("row => row === document.activeElement")


def test_v_ticks_the_file_off_and_takes_that_back(review: Lab) -> None:
    box = review.document.get_by_role("checkbox", name="Viewed", exact=True)
    expect(box).not_to_be_checked()
    review.page.keyboard.press("j")
    review.page.keyboard.press("v")
    expect(box).to_be_checked()
    review.page.keyboard.press("v")
    expect(box).not_to_be_checked()


def test_a_question_mark_tells_the_keys_and_gives_the_focus_back(review: Lab) -> None:
    review.page.keyboard.press("j")
    place = focused(review).element_handle()
    review.page.keyboard.press("?")
    for key in ("j / k", "n / p", "c", "v"):
        expect(review.dialog.locator("kbd").get_by_text(key, exact=True)).to_be_visible()
    expect(review.dialog.get_by_role("button", name="Close")).to_be_focused()
    review.page.keyboard.press("Escape")
    expect(review.dialog).to_have_count(0)
    assert place.evaluate("place => place === document.activeElement")
