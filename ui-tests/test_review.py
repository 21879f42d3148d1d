"""A whole review with two people, and all servers restarted in its middle. What stands on GitLab is asked of the real
python-gitlab client.
"""

from __future__ import annotations

from typing import Any

from lab import Lab
from playwright.sync_api import Locator, expect
from reviewing import BRANCH, FOLDER, NOTEBOOK, Review
from reviewing import review as review

IMPORT = "from churn.display import Heatmap, Lines, Table"


def test_a_review_survives_a_restart_and_ends_in_a_merge(review: Review) -> None:
    made = review.merge_request(BRANCH, "Add the AUC metric")
    first_sha = made.sha

    # The reviewer says two things that only they see, and begins a third.
    reviewer = review.open(review.reviewer)
    find(reviewer, "Add the AUC metric")
    select_three_rows(reviewer, reviewer.source_row(IMPORT))
    box = reviewer.document.get_by_role("textbox", name="Comment on lines 7–8")
    box.fill("Which of these are new?")
    reviewer.document.get_by_role("button", name="Start a review").click()
    expect(pending(reviewer, "Which of these are new?")).to_be_visible()

    output = reviewer.document.locator(".jp-gitlab-OutputSlot").filter(has_text="AUC").first
    output.hover()
    output.get_by_role("button", name="Comment on output 1").click()
    reviewer.document.get_by_role("textbox", name="Comment on output 1").fill("On the test set?")
    reviewer.document.get_by_role("button", name="Add to review").click()
    expect(pending(reviewer, "On the test set?")).to_be_visible()

    cell = reviewer.document.locator(".jp-gitlab-Cell").first
    cell.get_by_role("button", name="Comment on the cell").click()
    reviewer.document.get_by_role("textbox", name="Comment on the cell").fill("Half a thought")

    as_author, as_reviewer = (review.project(user).mergerequests.get(made.iid, lazy=True) for user in ("mira", "jonas"))
    assert said(as_author) == []
    assert [draft.note for draft in as_author.draft_notes.list(get_all=True)] == []
    assert len(as_reviewer.draft_notes.list(get_all=True)) == 2

    # Everything is restarted; nothing is lost.
    review.restart()
    reviewer.load(FOLDER)
    find(reviewer, "Add the AUC metric")
    expect(reviewer.document.get_by_role("textbox", name="Comment on the cell")).to_have_value("Half a thought")
    reviewer.document.get_by_role("button", name="Discard").click()
    expect(reviewer.document.get_by_text("2 pending comments")).to_be_visible()
    expect(pending(reviewer, "Which of these are new?")).to_contain_text("lines 7–8")
    expect(pending(reviewer, "On the test set?")).to_contain_text("output 1")

    # A pending comment is changed, then all are submitted with a summary.
    note = pending(reviewer, "On the test set?")
    note.get_by_role("button", name="Edit").click()
    reviewer.document.get_by_label("Change the pending comment").fill("On the test set, or on all?")
    reviewer.document.get_by_role("button", name="Save").click()
    expect(pending(reviewer, "or on all?")).to_be_visible()
    reviewer.document.get_by_role("button", name="Submit review").click()
    reviewer.dialog.get_by_label("Summary of the review").fill("Nearly there.")
    reviewer.dialog.get_by_role("button", name="Submit review").click()
    expect(reviewer.dialog).to_have_count(0)
    expect(reviewer.thread("Which of these are new?")).to_contain_text("lines 7–8")

    assert as_reviewer.draft_notes.list(get_all=True) == []
    notes = {note["body"].partition("\n")[0]: note for note in said(as_author)}
    assert set(notes) == {"Which of these are new?", "On the test set, or on all?", "Nearly there."}
    position = notes["Which of these are new?"]["position"]
    assert position["line_range"]["start"]["new_line"] < position["line_range"]["end"]["new_line"]
    assert position["line_range"]["end"]["new_line"] == position["new_line"]
    asked = notes["On the test set, or on all?"]
    assert "output=0" in asked["body"]  # the way back to the output has survived the change of the text
    assert asked["position"]["new_path"] == "notebooks/train.ipynb"

    # The author answers at the live cell, and in the merge request.
    author = review.open(review.author, path=NOTEBOOK)
    author.open_panel()
    bar = author.page.locator(".jp-gitlab-LiveCell-bar").filter(has_text="Which of these are new?")
    bar.click()
    live = author.page.locator(".jp-Notebook [data-gitlab-thread]").filter(has_text="Which of these are new?")
    live.get_by_label("Reply to").fill("roc_auc is.")
    live.get_by_role("button", name="Reply", exact=True).click()
    expect(live).to_contain_text("roc_auc is.")
    live.get_by_role("button", name="Resolve").click()
    expect(live).to_have_attribute("data-resolved", "true")
    author.panel.get_by_role("button", name="Open review").click()
    asked_in = author.thread("or on all?")
    asked_in.get_by_role("button", name="Resolve").click()
    expect(asked_in).to_have_attribute("data-resolved", "true")
    review.author.git("commit", "-q", "--allow-empty", "-m", "Answer the review")
    review.push(BRANCH)

    # The reviewer approves the new version; the author merges.
    assert review.project("mira").mergerequests.get(made.iid).sha != first_sha
    reviewer.load(FOLDER)
    find(reviewer, "Add the AUC metric")
    expect(reviewer.thread("Which of these are new?")).to_have_attribute("data-resolved", "true")
    reviewer.document.get_by_role("button", name="Review…").click()
    reviewer.dialog.get_by_label("Approve").check()
    reviewer.dialog.get_by_role("button", name="Submit review").click()
    expect(reviewer.document.get_by_role("button", name="Revoke approval")).to_be_visible()
    author.load(FOLDER)
    author.open_panel().get_by_role("button", name="Open review").click()
    author.tab("Overview")
    author.document.get_by_role("button", name="Merge", exact=True).click()
    author.dialog.get_by_role("button", name="Merge", exact=True).click()
    expect(author.document.get_by_role("heading", level=1).locator("..")).to_contain_text("Merged")

    merged = review.project("jonas").mergerequests.get(made.iid)
    assert merged.state == "merged"
    assert [each["user"]["username"] for each in merged.approvals.get().approved_by] == ["jonas"]
    assert [note["resolved_by"]["username"] for note in said(merged) if note["resolvable"]] == ["mira"] * 3
    assert sum(note["body"] == "roc_auc is." for note in said(merged)) == 1


def find(lab: Lab, title: str) -> None:
    """Open a merge request from the panel."""
    lab.open_panel().get_by_role("button", name=title).first.click()
    expect(lab.document.get_by_role("row").first).to_be_visible()


def select_three_rows(lab: Lab, row: Locator) -> None:
    """Select a row and the two below it with the keyboard, and open the box for them."""
    row.focus()
    lab.page.keyboard.press("Shift+ArrowDown")
    lab.page.keyboard.press("Shift+ArrowDown")
    lab.page.keyboard.press("c")


def pending(lab: Lab, text: str) -> Locator:
    """A pending comment."""
    return lab.document.locator("[data-gitlab-pending]").filter(has_text=text)


def said(merge_request: Any) -> list[dict[str, Any]]:
    """The notes that people wrote, in the order of their threads."""
    discussions = merge_request.discussions.list(get_all=True)
    return [note for each in discussions for note in each.attributes["notes"] if not note["system"]]
