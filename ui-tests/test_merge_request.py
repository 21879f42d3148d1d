"""One merge request in two JupyterLabs: changed in place, compared by versions, ticked off, checked out and left again.

What happened is asked of GitLab by the real python-gitlab client and of git, never of the extension.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from conftest import Demo
from lab import Lab
from playwright.sync_api import expect

pytestmark = pytest.mark.usefixtures("again")

TITLE = "Raise the learning rate"
BRANCH = "feature/learning-rate"
NOTEBOOK = "notebooks/train.ipynb"


def opened(lab: Lab, title: str = TITLE) -> Lab:
    """The merge request in front, whoever waits for it."""
    lab.merge_requests.get_by_role("radio", name="All").click()
    lab.merge_requests.get_by_role("button", name=title).click()
    expect(lab.document.get_by_role("heading", level=1)).to_contain_text(title)
    return lab


def of(demo: Demo, role: str | None = None) -> Any:
    (found,) = demo.project(role).mergerequests.list(source_branch=BRANCH)
    return demo.project(role).mergerequests.get(found.iid)


def push(demo: Demo, path: str, content: str, action: str = "update") -> None:
    """A commit of the author's on the source branch."""
    change = {"action": action, "file_path": path, "content": content}
    demo.project("author").commits.create({"branch": BRANCH, "commit_message": f"Change {path}", "actions": [change]})


def test_it_is_changed_in_place_closed_and_reopened(demo: Demo, open_lab: Callable[..., Lab]) -> None:
    demo.project().milestones.create({"title": "Spring"})
    author = opened(open_lab("author"))
    author.tab("Overview")
    page, document = author.page, author.document

    document.get_by_role("button", name="Edit title").click()
    document.get_by_role("textbox", name="Title").fill("Raise the rate")
    page.keyboard.press("Enter")
    expect(document.get_by_role("heading", level=1)).to_contain_text("Raise the rate")

    document.get_by_role("button", name="Edit description").click()
    document.get_by_role("textbox", name="Description").fill("Up to **0.8**.")
    author.load()  # what was typed outlives the page
    opened(author, "Raise the rate").tab("Overview")
    expect(document.get_by_role("textbox", name="Description")).to_have_value("Up to **0.8**.")
    document.get_by_role("radio", name="Preview").click()
    expect(document.get_by_role("region", name="Preview").locator("strong")).to_have_text("0.8")
    document.get_by_role("button", name="Save").click()
    expect(document.get_by_role("region", name="Description").locator("strong")).to_have_text("0.8")

    document.get_by_role("button", name="Edit milestone").click()
    document.get_by_role("combobox", name="Milestone").select_option(label="Spring")
    document.get_by_role("button", name="Save").click()
    expect(document.get_by_role("complementary")).to_contain_text("Spring")
    merge_request = of(demo)
    assert (merge_request.title, merge_request.description) == ("Raise the rate", "Up to **0.8**.")
    assert merge_request.milestone["title"] == "Spring"

    document.get_by_role("button", name="More actions").first.click()
    page.get_by_role("menuitem", name="Close merge request").click()
    expect(document).to_contain_text("Closed without merging")
    assert of(demo).state == "closed"
    document.get_by_role("button", name="Reopen").click()
    expect(document).to_contain_text("Ready to merge")
    assert of(demo).state == "opened"

    merge_request = of(demo)
    merge_request.title = TITLE
    merge_request.save()


def test_marks_fall_only_where_something_has_changed(demo: Demo, open_lab: Callable[..., Lab]) -> None:
    of(demo, "reviewer").notes.create({"body": "On my way through it."})
    reviewer = opened(open_lab("reviewer"))
    document = reviewer.document
    cells = document.get_by_label("Viewed this cell")
    cells.nth(1).click()
    document.get_by_label("Viewed", exact=True).click()
    expect(document.get_by_role("button", name=re.compile("train.ipynb.*viewed"))).to_be_visible()

    # Another file changes: the marks stay, in a page that knows nothing of them yet.
    push(demo, "docs/rate.md", "# The rate\n", action="create")
    reviewer.load()
    opened(reviewer)
    expect(document).to_contain_text("1 of 2 files has changed since.")
    expect(document.get_by_label("Viewed", exact=True)).to_be_checked()
    expect(cells.nth(1)).to_be_checked()
    document.get_by_role("button", name="Show only what changed").click()
    expect(document.get_by_label("Compare with")).to_contain_text("version 1")
    expect(reviewer.source_row("added # The rate")).to_be_visible()
    expect(document.get_by_role("button", name="train.ipynb")).to_have_count(0)

    # Another cell of the notebook changes: the file's mark falls, that of the cell stays.
    notebook = demo.project().files.get(NOTEBOOK, ref=BRANCH).decode().decode()
    push(demo, NOTEBOOK, notebook.replace("ChurnModel(rate=0.8", "ChurnModel(rate=0.7"))
    reviewer.load()
    opened(reviewer)
    expect(cells.nth(1)).to_be_checked()
    expect(cells.nth(0)).not_to_be_checked()
    expect(document.get_by_label("Viewed", exact=True)).not_to_be_checked()

    # Each commit by itself.
    reviewer.tab("Commits")
    document.get_by_role("button", name="Change docs/rate.md").click()
    expect(reviewer.source_row("added # The rate")).to_be_visible()
    document.get_by_role("button", name="All commits").click()
    expect(document.get_by_role("button", name="Change docs/rate.md")).to_be_focused()


def test_its_branch_is_checked_out_and_left_again(demo: Demo, open_lab: Callable[..., Lab]) -> None:
    before = demo.git("reviewer", "rev-parse", "--abbrev-ref", "HEAD")
    (demo.clone("reviewer") / "README.md").write_text("# Not committed\n")
    reviewer = opened(open_lab("reviewer"))
    document, dialog = reviewer.document, reviewer.dialog

    document.get_by_role("button", name="Check out").click()
    expect(dialog).to_contain_text("README.md")
    dialog.get_by_role("button", name="Cancel").click()
    assert demo.git("reviewer", "rev-parse", "--abbrev-ref", "HEAD") == before

    document.get_by_role("button", name="Check out").click()
    dialog.get_by_role("button", name="Check out with changes").click()
    back = document.get_by_role("button", name=f"Back to {before}")
    expect(back).to_be_visible()
    expect(reviewer.panel.get_by_label(f"Branch: {BRANCH}")).to_be_visible()
    assert demo.git("reviewer", "rev-parse", "HEAD") == of(demo).sha
    assert demo.git("reviewer", "rev-parse", "--abbrev-ref", "@{upstream}") == f"origin/{BRANCH}"
    assert (demo.clone("reviewer") / "README.md").read_text() == "# Not committed\n"

    back.click()
    expect(document.get_by_role("button", name="Check out")).to_be_enabled()
    assert demo.git("reviewer", "rev-parse", "--abbrev-ref", "HEAD") == before
    demo.git("reviewer", "checkout", "--", "README.md")
