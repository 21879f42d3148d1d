"""The main job with two people, each in a JupyterLab of their own: edit, commit, push, open, review, answer, merge.

What happened is asked of GitLab by the real python-gitlab client and of git, never of the extension.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from conftest import Demo
from lab import Lab
from playwright.sync_api import expect

pytestmark = pytest.mark.usefixtures("again")

NOTEBOOK = "notebooks/train.ipynb"
FIRST = 'print("epochs", len(model.losses))'
SECOND = 'print(f"{len(model.losses)} epochs")'
OLD_IMPORT = "from churn.metrics import accuracy, confusion, log_loss"


def test_a_notebook_goes_from_an_edit_through_a_review_to_main(demo: Demo, open_lab: Callable[..., Lab]) -> None:
    start = demo.git("author", "rev-parse", "HEAD")

    # 1. The panel says where we are.
    author = open_lab("author", path=NOTEBOOK)
    panel = author.open_panel()
    expect(panel).to_contain_text("churn-model")
    expect(panel.get_by_label("Branch: feature/auc-metric")).to_be_visible()
    expect(panel).to_contain_text("Nothing to commit")
    expect(panel).to_contain_text("No merge request yet")

    # 2. Edit, run, save: the panel follows.
    author.wait_for_kernel()
    setup, fit = author.code_cell(0), author.code_cell(1)
    setup.locator(".cm-content").click()
    author.run_cell(setup, output="to train on")
    fit.locator(".cm-content").click()
    author.page.keyboard.press("Control+End")
    author.page.keyboard.press("Enter")
    author.page.keyboard.insert_text(FIRST)
    author.run_cell(fit, output="epochs 60")
    author.save()
    expect(author.file_row(NOTEBOOK)).to_contain_text("1 cell · 1 output")

    # 3. Commit and open the merge request.
    author.tick(NOTEBOOK)
    author.commit("Print the number of epochs", then="Commit and open merge request")
    dialog = author.dialog
    dialog.get_by_label("Title").fill("Add the AUC metric")
    dialog.get_by_label("Reviewers").fill("jonas")
    dialog.get_by_role("option", name="Jonas Weber").click()
    dialog.get_by_role("button", name="Create merge request").click()
    expect(dialog).to_have_count(0)
    expect(panel).to_contain_text("Add the AUC metric")

    head = demo.git("author", "rev-parse", "HEAD")
    assert demo.git("author", "rev-parse", "HEAD~") == start
    (merge_request,) = demo.project().mergerequests.list(source_branch="feature/auc-metric", state="opened")
    assert merge_request.sha == head
    assert [person["username"] for person in merge_request.reviewers] == ["jonas"]
    assert [person["username"] for person in merge_request.assignees] == ["mira"]

    # 4. The reviewer reads the notebook, says two things and approves.
    reviewer = open_lab("reviewer")
    reviewer.merge_requests.get_by_role("button", name="Add the AUC metric").click()
    reviewer.comment_on(FIRST, "Say it in words?")
    reviewer.comment_on(f"removed {OLD_IMPORT}", "Was log_loss not enough?")
    reviewer.tab("Overview")
    reviewer.document.get_by_role("button", name="Approve").click()
    expect(reviewer.document.get_by_role("button", name="Revoke approval")).to_be_visible()

    merge_request = demo.project().mergerequests.get(merge_request.iid)
    assert [approval["user"]["username"] for approval in merge_request.approvals.get().approved_by] == ["jonas"]
    said = threads(merge_request)
    assert said["Say it in words?"]["position"]["new_path"] == NOTEBOOK
    assert json.dumps(FIRST)[1:-1] in line(demo, head, said["Say it in words?"]["position"]["new_line"])
    assert said["Say it in words?"]["position"]["old_line"] is None
    assert OLD_IMPORT in line(demo, "origin/main", said["Was log_loss not enough?"]["position"]["old_line"])
    assert said["Was log_loss not enough?"]["position"]["new_line"] is None

    # 5. The author finds the threads at the cells, edits, pushes, answers and resolves.
    author.panel.get_by_role("button", name="Refresh").click()
    expect(panel).to_contain_text("2 unresolved")
    author.select_line(fit, FIRST)
    author.page.keyboard.insert_text(SECOND)
    author.run_cell(fit, output="60 epochs")
    author.save()
    author.tick(NOTEBOOK)
    author.commit("Say the epochs in words", then="Commit and push")
    expect(panel).to_contain_text("Nothing to commit")

    panel.get_by_role("button", name="Open review").click()
    expect(author.source_row(SECOND)).to_be_visible()
    answer(author, "Was log_loss not enough?", "It says nothing about the order.")
    author.tab("Overview")
    answer(author, "Say it in words?", "Done.")
    expect(panel).not_to_contain_text("unresolved")

    merge_request = demo.project().mergerequests.get(merge_request.iid)
    assert len(merge_request.diffs.list(get_all=True)) == 2
    assert merge_request.sha == demo.git("author", "rev-parse", "HEAD")
    discussions = {notes[0]["body"]: notes for notes in conversations(merge_request)}
    for question, reply in (
        ("Say it in words?", "Done."),
        ("Was log_loss not enough?", "It says nothing about the order."),
    ):
        notes = discussions[question]
        assert [note["body"] for note in notes] == [question, reply]
        assert notes[0]["resolved"] is True
        assert notes[0]["resolved_by"]["username"] == "mira"
    # The thread on the removed line has kept its place across the push.
    kept = threads(merge_request)["Was log_loss not enough?"]["position"]
    assert kept["head_sha"] == merge_request.sha
    assert kept["old_line"] == said["Was log_loss not enough?"]["position"]["old_line"]

    # 6. Merge; the clone comes back to an updated main.
    author.document.get_by_role("button", name="Merge", exact=True).click()
    author.dialog.get_by_role("button", name="Merge", exact=True).click()
    expect(author.document.get_by_role("heading", level=1).locator("..")).to_contain_text("Merged")
    expect(panel.get_by_label("Branch: main")).to_be_visible()

    merged = demo.project().mergerequests.get(merge_request.iid)
    assert merged.state == "merged"
    assert merged.merged_by["username"] == "mira"
    assert demo.git("author", "rev-parse", "--abbrev-ref", "HEAD") == "main"
    assert demo.git("author", "rev-parse", "HEAD") == merged.merge_commit_sha
    assert demo.git("author", "status", "--porcelain") == ""
    history = demo.git("author", "log", "--format=%s", "main")
    assert "Print the number of epochs" in history
    assert "Say the epochs in words" in history
    notebook = json.loads((demo.clone("author") / NOTEBOOK).read_text())
    sources = ["".join(cell["source"]) for cell in notebook["cells"]]
    assert any(SECOND in source for source in sources)
    assert not any(FIRST in source for source in sources)
    assert "feature/auc-metric" not in [branch.name for branch in demo.project().branches.list(get_all=True)]


def answer(lab: Lab, question: str, reply: str) -> None:
    """Reply in a thread and resolve it."""
    thread = lab.thread(question)
    thread.get_by_label("Reply to").fill(reply)
    thread.get_by_role("button", name="Reply", exact=True).click()
    expect(thread).to_contain_text(reply)
    thread.get_by_role("button", name="Resolve", exact=True).click()
    expect(thread).to_have_attribute("data-resolved", "true")


def conversations(merge_request: Any) -> list[list[dict[str, Any]]]:
    """The notes of each discussion that people wrote."""
    found = [discussion.attributes["notes"] for discussion in merge_request.discussions.list(get_all=True)]
    return [people for notes in found if (people := [note for note in notes if not note["system"]])]


def threads(merge_request: Any) -> dict[str, dict[str, Any]]:
    """The first note of every thread on a line, by what it says."""
    return {notes[0]["body"]: notes[0] for notes in conversations(merge_request) if notes[0].get("position")}


def line(demo: Demo, revision: str, number: int) -> str:
    """A raw line of the notebook, counted from 1, in the author's clone."""
    return demo.git("author", "show", f"{revision}:{NOTEBOOK}").split("\n")[number - 1]
