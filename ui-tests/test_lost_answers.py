"""What becomes of each kind of box, and of the merge button, when its request fails in one way after the other.

And what becomes of a text when the page is reloaded while nobody answers.

The requests that Jupyter's server sends on to GitLab fail in ``tests/faults``.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from lab import Lab
from playwright.sync_api import BrowserContext, Page, Route, expect
from reviewing import FOLDER, comment_box, find, said, write_suggestion
from servers import BRANCH, Sandbox, Server, sign_in

IMPORT = "from churn.display import Heatmap, Lines, Table"
SCORE = '        "AUC": roc_auc(truth, probabilities),'
DRAFTS = r"/draft-notes\?"
THREADS = r"/discussions\?"
KEPT = "Your text is kept"
AWAY = "The Jupyter server does not answer."

FAULTS = (
    ("token_invalid", 401, "The token was refused."),
    ("unsent", 0, AWAY),
    ("gitlab_timeout", 504, "GitLab was too slow."),
    ("gitlab_error", 502, "GitLab failed."),
    # GitLab has it, and nobody hears of it
    ("lost", 0, AWAY),
)

_numbers = itertools.count(1)


@pytest.fixture(scope="module")
def sandbox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sandbox]:
    found = Sandbox(tmp_path_factory.mktemp("sandbox"))
    yield found
    found.stop()


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, sandbox: Sandbox) -> Iterator[Server]:
    found = Server(tmp_path_factory.mktemp("server"), sandbox)
    sign_in(found, sandbox, sandbox.users["mira"])
    yield found
    found.stop()


@pytest.fixture
def made(sandbox: Sandbox) -> Any:
    """A merge request of its own for each test, and for each attempt at it."""
    number = next(_numbers)
    branch, title = f"topic-{number}", f"Add the AUC metric, take {number}"
    project = sandbox.project()
    project.branches.create({"branch": branch, "ref": BRANCH})
    project.branches.create({"branch": f"base-{number}", "ref": "main"})
    return project.mergerequests.create(
        {"source_branch": branch, "target_branch": f"base-{number}", "title": title, "labels": "lost"}
    )


@pytest.fixture
def lab(server: Server, new_context: Callable[..., BrowserContext], made: Any) -> Lab:
    """The merge request in front."""
    found = Lab(new_context(viewport={"width": 1440, "height": 1000}, locale="en-GB").new_page(), server.url)
    found.load(FOLDER)
    opened(found, made)
    return found


def opened(lab: Lab, made: Any) -> None:
    lab.merge_requests.get_by_role("radio", name="All").click()
    find(lab, made.title)


class Failing:
    """Has the next requests that fit fail, each in its own way. *said*: what the page has to say to each."""

    def __init__(self, page: Page, method: str, path: str) -> None:
        self._method, self._left = method, list(FAULTS)
        self.said = [words for _, _, words in FAULTS]
        page.route(re.compile(r"/gitlab/api/v1/.*" + path), self._serve)

    def _serve(self, route: Route) -> None:
        if route.request.method != self._method or not self._left:
            route.fallback()
            return
        fault, status, words = self._left.pop(0)
        if fault == "lost":
            route.fetch()
        if status == 0:
            route.abort("connectionreset")
        else:
            route.fulfill(status=status, json={"code": fault, "message": words, "hint": "", "details": {}})


def keep_trying(lab: Lab, failing: Failing, text: str, field: str) -> None:
    """Press *Retry* for as long as it fails; the text stays."""
    for words in failing.said:
        alert = lab.document.get_by_role("alert").filter(has_text=words)
        expect(alert).to_contain_text(KEPT)
        expect(lab.document.get_by_role("textbox", name=field)).to_have_value(re.compile(re.escape(text)))
        alert.get_by_role("button", name="Retry").click()


def texts(made: Any) -> list[str]:
    return [note["body"].partition("\n")[0] for note in said(made)]


def test_a_comment_is_sent_once(lab: Lab, made: Any) -> None:
    failing = Failing(lab.page, "POST", THREADS)
    row = lab.source_row(IMPORT)
    row.hover()
    row.get_by_role("button", name="Comment on").first.click()
    lab.page.keyboard.type("Why?")
    lab.page.keyboard.press("Control+Enter")
    keep_trying(lab, failing, "Why?", "Comment on line")
    expect(lab.thread("Why?")).to_be_visible()
    expect(comment_box(lab)).to_have_count(0)
    assert texts(made) == ["Why?"]


def test_a_pending_comment_and_the_summary_are_sent_once(lab: Lab, made: Any, sandbox: Sandbox) -> None:
    failing = Failing(lab.page, "POST", DRAFTS)
    row = lab.source_row(IMPORT)
    row.hover()
    row.get_by_role("button", name="Comment on").first.click()
    lab.page.keyboard.type("Later.")
    lab.document.get_by_role("button", name="Start a review").click()
    keep_trying(lab, failing, "Later.", "Comment on line")
    expect(lab.document.get_by_text("1 pending comment")).to_be_visible()

    failing = Failing(lab.page, "POST", "/reviews")
    lab.document.get_by_role("button", name="Submit review").click()
    summary = lab.dialog.get_by_label("Summary of the review")
    summary.fill("All in all.")
    for words in failing.said:
        lab.dialog.get_by_role("button", name="Submit review").click()
        expect(lab.dialog.get_by_role("alert")).to_contain_text(words)
        expect(summary).to_have_value("All in all.")
    # The page that comes after this one does not know that GitLab has all of it, and says nothing twice.
    lab.load(FOLDER)
    opened(lab, made)
    lab.document.get_by_role("button", name="Review…").click()
    expect(summary).to_have_value("All in all.")
    lab.dialog.get_by_role("button", name="Submit review").click()
    expect(lab.dialog).to_have_count(0)
    assert texts(made) == ["Later.", "All in all."]


def test_a_suggestion_is_sent_once(lab: Lab, made: Any) -> None:
    failing = Failing(lab.page, "POST", THREADS)
    write_suggestion(lab, SCORE, SCORE.upper(), "Louder.")
    lab.page.keyboard.press("Control+Enter")
    for words in failing.said:
        alert = lab.document.get_by_role("alert").filter(has_text=words)
        expect(alert).to_contain_text(KEPT)
        expect(comment_box(lab).get_by_role("textbox", name="Suggested code")).to_have_text(SCORE.upper())
        alert.get_by_role("button", name="Retry").click()
    expect(lab.thread("Louder.").get_by_role("table", name="What the suggestion changes")).to_be_visible()
    (note,) = said(made)
    assert note["body"] == f"Louder.\n\n```suggestion:-0+0\n{SCORE.upper()}\n```"


def test_a_reply_is_sent_once(lab: Lab, made: Any) -> None:
    lab.comment_on(IMPORT, "Why?")
    failing = Failing(lab.page, "POST", r"/notes\?")
    thread = lab.thread("Why?")
    thread.get_by_label("Reply to").fill("Because.")
    thread.get_by_role("button", name="Reply", exact=True).click()
    keep_trying(lab, failing, "Because.", "Reply to")
    expect(thread.get_by_text("Because.")).to_be_visible()
    expect(thread.get_by_label("Reply to")).to_have_value("")
    assert texts(made) == ["Why?", "Because."]


def test_a_merge_is_done_once(lab: Lab, made: Any, sandbox: Sandbox) -> None:
    lab.tab("Overview")
    failing = Failing(lab.page, "POST", "/merges")
    for number, words in enumerate(failing.said, 1):
        lab.document.get_by_role("button", name="Merge", exact=True).click()
        lab.dialog.get_by_role("button", name="Merge", exact=True).click()
        if number < len(failing.said):
            expect(lab.document.get_by_role("alert").filter(has_text="It was not merged.")).to_contain_text(words)
    # Nobody heard of the last one, but the page looks.
    expect(lab.document.get_by_role("heading", level=1).locator("..")).to_contain_text("Merged")
    found = sandbox.project().mergerequests.get(made.iid)
    assert found.state == "merged"
    log = sandbox.project().commits.list(ref_name=found.target_branch, get_all=True)
    assert [commit.id for commit in log].count(found.merge_commit_sha) == 1


def test_a_comment_under_way_when_the_page_is_reloaded_is_sent_once(lab: Lab, made: Any, sandbox: Sandbox) -> None:
    row = lab.source_row(IMPORT)
    row.hover()
    row.get_by_role("button", name="Comment on").first.click()
    lab.page.keyboard.type("Still there?")
    sandbox.hold()
    try:
        with lab.page.expect_request(re.compile(r"/gitlab/api/v1/.*" + THREADS)):
            lab.page.keyboard.press("Control+Enter")
        lab.page.goto("about:blank")
    finally:
        sandbox.release()
    lab.load(FOLDER)
    opened(lab, made)
    alert = lab.document.get_by_role("alert").filter(has_text=KEPT)
    expect(alert).to_contain_text("Retry looks before it sends again.")
    expect(lab.document.get_by_role("textbox", name="Comment on line")).to_have_value("Still there?")
    alert.get_by_role("button", name="Retry").click()
    expect(lab.thread("Still there?")).to_be_visible()
    expect(comment_box(lab)).to_have_count(0)
    assert texts(made) == ["Still there?"]
