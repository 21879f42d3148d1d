"""A whole review with two people, and all servers restarted in its middle. What stands on GitLab is asked of the real
python-gitlab client.
"""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import expect
from reviewing import (
    BRANCH,
    FOLDER,
    NOTEBOOK,
    Review,
    find,
    json_of,
    pending,
    said,
    select_three_rows,
    submit_review,
    write_suggestion,
)
from reviewing import review as review

TITLE = "Add the AUC metric"
IMPORT = "from churn.display import Heatmap, Lines, Table"
OTHER = "from churn.metrics import accuracy, confusion, log_loss, roc_auc"
SCORE = '        "AUC": roc_auc(truth, probabilities),'
BETTER_SCORE = '        "AUC": round(roc_auc(truth, probabilities), 3),  # "é" \\'


def test_a_review_survives_a_restart_and_ends_in_a_merge(review: Review) -> None:
    made = review.merge_request(BRANCH, TITLE)
    first_sha, notebook = made.sha, review.notebook(BRANCH)

    # The reviewer says three things that only they see, one of them a suggestion, and begins a fourth.
    reviewer = review.open(review.reviewer)
    find(reviewer, TITLE)
    expect(reviewer.source_row(f"added {OTHER}")).to_be_visible()
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

    suggestion = write_suggestion(reviewer, SCORE, BETTER_SCORE, "Three digits do.")
    suggestion.get_by_role("button", name="Add to review").click()
    expect(pending(reviewer, "Three digits do.").get_by_role("group", name="Suggested change")).to_be_visible()

    cell = reviewer.document.locator(".jp-gitlab-Cell").first
    cell.get_by_role("button", name="Comment on the cell").click()
    reviewer.document.get_by_role("textbox", name="Comment on the cell").fill("Half a thought")

    as_author, as_reviewer = (review.project(user).mergerequests.get(made.iid, lazy=True) for user in ("mira", "jonas"))
    assert said(as_author) == []
    assert as_author.draft_notes.list(get_all=True) == []
    assert len(as_reviewer.draft_notes.list(get_all=True)) == 3

    # Everything is restarted; nothing is lost.
    review.restart()
    reviewer.load(FOLDER)
    find(reviewer, TITLE)
    expect(reviewer.document.get_by_role("textbox", name="Comment on the cell")).to_have_value("Half a thought")
    reviewer.document.get_by_role("button", name="Discard").click()
    expect(reviewer.document.get_by_text("3 pending comments")).to_be_visible()
    expect(pending(reviewer, "Which of these are new?")).to_contain_text("lines 7–8")
    expect(pending(reviewer, "On the test set?")).to_contain_text("output 1")
    expect(pending(reviewer, "Three digits do.")).to_contain_text(BETTER_SCORE)

    # A pending comment is changed, then all are submitted with a summary.
    note = pending(reviewer, "On the test set?")
    note.get_by_role("button", name="Edit").click()
    reviewer.document.get_by_label("Change the pending comment").fill("On the test set, or on all?")
    reviewer.document.get_by_role("button", name="Save").click()
    expect(pending(reviewer, "or on all?")).to_be_visible()
    submit_review(reviewer, summary="Nearly there.")
    expect(reviewer.thread("Which of these are new?")).to_contain_text("lines 7–8")

    assert as_reviewer.draft_notes.list(get_all=True) == []
    notes = {note["body"].partition("\n")[0]: note for note in said(as_author)}
    assert list(notes) == [
        "Which of these are new?",
        "On the test set, or on all?",
        "Three digits do.",
        "Nearly there.",
    ]
    position = notes["Which of these are new?"]["position"]
    assert position["line_range"]["start"]["new_line"] < position["line_range"]["end"]["new_line"]
    assert position["line_range"]["end"]["new_line"] == position["new_line"]
    asked = notes["On the test set, or on all?"]
    assert "output=0" in asked["body"]  # the way back to the output has survived the change of the text
    assert asked["position"]["new_path"] == "notebooks/train.ipynb"
    suggested = notes["Three digits do."]
    assert suggested["body"] == f"Three digits do.\n\n```suggestion:-0+0\n{BETTER_SCORE}\n```"
    assert notebook.split("\n")[suggested["position"]["new_line"] - 1].strip() == f'"{json_of(SCORE)}\\n",'

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

    # They apply the suggestion as a commit, pull it, change something else and push.
    thread = author.thread("Three digits do.")
    thread.get_by_role("button", name="Apply", exact=True).click()
    # A kernel of another Python than the notebook's has changed its metadata, which offers the open notebook first.
    thread.get_by_role("radio", name=f"as a commit on {BRANCH}").check()
    thread.get_by_label("Commit message").fill("Round the AUC")
    thread.get_by_role("button", name="Commit suggestion").click()
    expect(author.page.locator(".Toastify")).to_contain_text(f"on {BRANCH}")
    applied = review.project("mira").mergerequests.get(made.iid).sha
    commit = review.project("mira").commits.get(applied)
    assert (commit.parent_ids, commit.message.strip()) == ([first_sha], "Round the AUC")
    author.load(FOLDER)
    author.open_panel().get_by_role("button", name="Sync").click()
    expect(author.page.locator(".Toastify")).to_contain_text("The branch is up to date with GitLab.")
    assert review.author.git("rev-parse", "HEAD") == applied
    (review.author.clone / "README.md").write_text("# Churn, with AUC\n")
    author.panel.get_by_role("button", name="Refresh").click()
    author.tick("README.md")
    author.commit("Say that there is AUC", then="Commit and push")
    expect(author.file_row("README.md")).to_have_count(0)
    expect(author.page.locator(".Toastify")).to_contain_text(f"Pushed {BRANCH}.")
    pushed = review.author.git("rev-parse", "HEAD")

    # The reviewer sees what has changed since their review, and nothing else, and approves that.
    reviewer.load(FOLDER)
    find(reviewer, TITLE)
    expect(reviewer.thread("Which of these are new?")).to_have_attribute("data-resolved", "true")
    since = reviewer.document.get_by_role("region", name="Changed since your last review")
    expect(since).to_contain_text("You last commented on version 1")
    expect(since).to_contain_text(re.compile(r"2 of \d files have changed since\."))
    since.get_by_role("button", name="Show only what changed").click()
    expect(reviewer.source_row(f"added {BETTER_SCORE}")).to_be_visible()
    expect(reviewer.source_row(f"removed {SCORE}")).to_be_visible()
    expect(reviewer.source_row(f"added {OTHER}")).to_have_count(0)
    submit_review(reviewer, verdict="Approve")
    expect(reviewer.document.get_by_role("button", name="Revoke approval")).to_be_visible()

    # The author merges.
    author.panel.get_by_role("button", name="Open review").click()
    author.tab("Overview")
    author.document.get_by_role("button", name="Merge", exact=True).click()
    author.dialog.get_by_role("button", name="Merge", exact=True).click()
    expect(author.document.get_by_role("heading", level=1).locator("..")).to_contain_text("Merged")

    merged = review.project("jonas").mergerequests.get(made.iid)
    assert (merged.state, merged.sha, merged.merged_by["username"]) == ("merged", pushed, "mira")
    assert [each["user"]["username"] for each in merged.approvals.get().approved_by] == ["jonas"]
    everything = said(merged)
    assert [note["body"].partition("\n")[0] for note in everything] == [
        "Which of these are new?",
        "roc_auc is.",
        "On the test set, or on all?",
        "Three digits do.",
        f"Applied in {applied[:8]}.",
        "Nearly there.",
    ]
    assert {note["resolved_by"]["username"] for note in everything if note["resolvable"]} == {"mira"}
    kept = next(note for note in everything if note["body"] == "Which of these are new?")
    assert kept["position"]["head_sha"] == pushed
    assert kept["position"]["new_line"] == position["new_line"]
    assert review.notebook("main") == notebook.replace(json_of(SCORE), json_of(BETTER_SCORE))
    # Each request behind this is made to fail, in each way, by the tests that play the same review without pages.
    played = Path(__file__).parents[1] / "tests" / "faults" / "operations.txt"
    assert review.operations() <= set(played.read_text("utf-8").split())
    assert review.sandbox.project().files.get("README.md", ref="main").decode() == b"# Churn, with AUC\n"
