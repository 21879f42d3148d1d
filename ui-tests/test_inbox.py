"""What waits in other projects: the number on the icon, a review without a clone, to-dos, a reply that is told once."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from conftest import Demo
from lab import Lab
from playwright.sync_api import expect

pytestmark = pytest.mark.usefixtures("again")

OLD = "rate = 0.1"
NEW = "rate = 0.05"


def notebook(*sources: str) -> str:
    cells = [
        {
            "cell_type": "code",
            "id": f"c{index}",
            "metadata": {},
            "source": [source],
            "outputs": [],
            "execution_count": None,
        }
        for index, source in enumerate(sources)
    ]
    return json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}, indent=1)


def far_away(demo: Demo) -> Any:
    """A merge request of the reviewer's, for the author to review, in a project that nobody has cloned."""
    group = demo.client("reviewer").groups.get("analytics")
    project = demo.client("reviewer").projects.create({"name": "forecast", "namespace_id": group.id})
    for branch, start, verb, source in (("main", None, "create", OLD), ("rate", "main", "update", NEW)):
        action = {"action": verb, "file_path": "forecast.ipynb", "content": notebook("import math", source)}
        body = {"branch": branch, "commit_message": f"Say {source}", "actions": [action]}
        project.commits.create(body | ({"start_branch": start} if start else {}))
    mira = demo.client("author")
    mira.auth()
    return project.mergerequests.create(
        {"title": "Slow down", "source_branch": "rate", "target_branch": "main", "reviewer_ids": [mira.user.id]}
    )


def test_a_review_in_a_project_without_a_clone(demo: Demo, open_lab: Callable[..., Lab]) -> None:
    theirs = far_away(demo)
    theirs.notes.create({"body": "@mira is this slow enough?"})

    author = open_lab("author")
    icon = author.page.locator('.jp-SideBar li[data-id="jp-gitlab-panel"]')
    expect(icon).to_have_attribute("data-gitlab-waiting", "3")
    panel = author.open_panel()
    inbox = panel.locator(".jp-gitlab-mod-inbox")
    inbox.get_by_text("analytics/forecast!1").click()

    # Read, answered and approved as in a clone; only what needs files says why it is not there.
    expect(author.source_row(NEW)).to_be_visible()
    author.comment_on(NEW, "Slow enough")
    expect(author.document.get_by_role("button", name="Check out")).to_be_disabled()
    author.tab("Overview")
    author.document.get_by_role("button", name="Approve").click()
    expect(author.document.get_by_role("button", name="Revoke approval")).to_be_visible()
    discussions = [each for each in theirs.discussions.list(get_all=True) if not each.attributes["individual_note"]]
    (thread,) = discussions
    assert thread.attributes["notes"][0]["body"] == "Slow enough"
    assert thread.attributes["notes"][0]["position"]["new_path"] == "forecast.ipynb"

    # The panel stays with the clone of the file browser.
    expect(panel).to_contain_text("churn-model")

    # A reply is told when the window is looked at again, and only once.
    thread.notes.create({"body": "Thank you for looking"})
    told = author.page.locator(".Toastify__toast", has_text="Thank you for looking")
    author.page.wait_for_timeout(31_000)  # the shortest time between two looks
    author.page.evaluate("window.dispatchEvent(new Event('focus'))")
    expect(told).to_be_visible()
    author.load()
    author.open_panel()
    expect(icon).to_have_attribute("data-gitlab-waiting", "2")  # whoever acts on it has seen the mention
    expect(told).to_have_count(0)

    # GitLab's to-do list.
    theirs.notes.create({"body": "@mira one more thing"})
    author.panel.locator(".jp-gitlab-mod-inbox").get_by_role("radio", name="To-do").click()
    row = author.panel.get_by_role("listitem").filter(has_text="one more thing")
    row.get_by_role("button", name="Mark as done").click()
    expect(row).to_have_count(0)
    bodies = [todo.body for todo in demo.client("author").todos.list(get_all=True)]
    assert "@mira one more thing" not in bodies
