"""A reviewer suggests changes to cells, and the author applies them: in one commit, and in the open notebook.

What became of the files is asked of GitLab by the real python-gitlab client, byte for byte.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from conftest import Demo
from lab import Lab
from playwright.sync_api import Locator, expect

pytestmark = pytest.mark.usefixtures("again")

NOTEBOOK = "notebooks/train.ipynb"
BRANCH = "feature/auc-metric"
IMPORT = "from churn.metrics import accuracy, confusion, log_loss, roc_auc"
BETTER_IMPORT = 'from churn.metrics import accuracy, confusion, log_loss, roc_auc  # \\ "é"'
SCORE = '        "AUC": roc_auc(truth, probabilities),'
BETTER_SCORE = '        "AUC": round(roc_auc(truth, probabilities), 3),'


def test_suggestions_for_cells_are_written_and_applied(demo: Demo, open_lab: Callable[..., Lab]) -> None:
    (jonas,) = demo.client().users.list(username="jonas")
    asked = {
        "source_branch": BRANCH,
        "target_branch": "main",
        "title": "Add the AUC metric",
        "reviewer_ids": [jonas.id],
    }
    merge_request = demo.project("author").mergerequests.create(asked)
    before, head = source(demo), merge_request.sha

    # The reviewer edits a copy of two lines, in an editor that knows the cell's language.
    reviewer = open_lab("reviewer")
    reviewer.open_panel().get_by_role("button", name="Refresh").click()
    reviewer.merge_requests.get_by_role("button", name="Add the AUC metric").click()
    suggest(reviewer, IMPORT, BETTER_IMPORT, "Say more.")
    suggest(reviewer, SCORE, BETTER_SCORE, "Three digits do.")

    said = {notes[0]["body"].split("\n")[0]: notes[0] for notes in conversations(merge_request)}
    assert said["Say more."]["body"] == f"Say more.\n\n```suggestion:-0+0\n{BETTER_IMPORT}\n```"
    assert said["Three digits do."]["body"] == f"Three digits do.\n\n```suggestion:-0+0\n{BETTER_SCORE}\n```"
    line = before.split("\n")[said["Three digits do."]["position"]["new_line"] - 1]
    assert line.strip() == f'"{json_of(SCORE)}\\n",'

    # The author puts the first one into the open notebook, which is not saved.
    author = open_lab("author", path=NOTEBOOK)
    author.open_panel().get_by_role("button", name="Refresh").click()
    author.open_panel().get_by_role("button", name="Open review").click()
    thread = author.thread("Say more.")
    expect(thread.get_by_role("table", name="What the suggestion changes")).to_contain_text(BETTER_IMPORT)
    thread.get_by_role("button", name="Apply", exact=True).click()
    thread.get_by_role("radio", name="in the notebook").check()
    thread.get_by_role("button", name="Change the notebook").click()
    expect(author.code_cell(0)).to_contain_text(BETTER_IMPORT)
    assert merge_request.manager.get(merge_request.iid).sha == head

    # Both together become one commit on the branch.
    author.page.locator(".lm-TabBar-tab", has_text="!").first.click()
    for text in ("Say more.", "Three digits do."):
        author.thread(text).get_by_role("button", name="Add to batch").click()
    thread = author.thread("Three digits do.")
    thread.get_by_role("button", name="Apply 2 suggestions").click()
    # The notebook has unsaved changes now, which the form says and gives the choice.
    thread.get_by_role("radio", name=f"as a commit on {BRANCH}").check()
    expect(thread).to_contain_text("unsaved changes")
    thread.get_by_label("Commit message").fill("Say it better")
    thread.get_by_role("button", name="Commit 2 suggestions").click()
    expect(author.page.locator(".Toastify")).to_contain_text(f"on {BRANCH}")

    # The author's clone is on that branch: the notice offers to pull, for which the notebook would have to be saved.
    author.page.locator(".Toastify").get_by_role("button", name="Pull").click()
    expect(author.dialog).to_contain_text("Save before pulling?")
    author.dialog.get_by_role("button", name="Cancel").click()

    now = demo.project().mergerequests.get(merge_request.iid)
    commit = demo.project().commits.get(now.sha)
    assert (commit.parent_ids, commit.message.strip(), commit.author_name) == ([head], "Say it better", "Mira Solberg")
    assert source(demo) == before.replace(json_of(IMPORT), json_of(BETTER_IMPORT)).replace(
        json_of(SCORE), json_of(BETTER_SCORE)
    )
    notes = {each[0]["body"].split("\n")[0]: each for each in conversations(now)}
    for text in ("Say more.", "Three digits do."):
        assert notes[text][0]["resolved"] is True
        assert notes[text][1]["body"].startswith(f"Applied in {now.sha[:8]}.")

    # Where the lines have changed, the page says that they were applied and offers nothing more.
    reviewer.load()
    reviewer.merge_requests.get_by_role("button", name="Add the AUC metric").click()
    reviewer.tab("Overview")
    thread = reviewer.thread("Say more.")
    expect(thread).to_have_attribute("data-resolved", "true")
    thread.locator(".jp-gitlab-Thread-folded").click()
    expect(thread.get_by_role("group", name="Suggested change")).to_contain_text("applied")
    expect(thread.get_by_role("button", name="Apply", exact=True)).to_have_count(0)


def suggest(lab: Lab, line: str, better: str, text: str) -> None:
    """Comment on a line with a suggestion."""
    row = lab.source_row(line)
    row.hover()
    row.get_by_role("button", name="Comment on").first.click()
    lab.page.keyboard.type(text)
    box = comment_box(lab)
    box.get_by_role("button", name="Suggest a change").click()
    editor = box.get_by_role("textbox", name="Suggested code")
    expect(editor).to_be_focused()
    expect(editor).to_have_text(line)
    lab.page.keyboard.press("Control+a")
    lab.page.keyboard.insert_text(better)
    lab.page.keyboard.press("Escape")
    expect(box.get_by_label("Comment on")).to_be_focused()
    lab.page.keyboard.press("Control+Enter")
    thread = lab.thread(text)
    expect(thread.get_by_role("table", name="What the suggestion changes")).to_contain_text(better)
    expect(comment_box(lab)).to_have_count(0)


def comment_box(lab: Lab) -> Locator:
    return lab.document.get_by_role("group", name="New comment on")


def conversations(merge_request: Any) -> list[list[dict[str, Any]]]:
    """The notes of each discussion that people wrote."""
    found = [discussion.attributes["notes"] for discussion in merge_request.discussions.list(get_all=True)]
    return [people for notes in found if (people := [note for note in notes if not note["system"]])]


def source(demo: Demo) -> str:
    """The notebook on GitLab, as it is stored."""
    content: str = demo.project().files.get(NOTEBOOK, ref=BRANCH).decode().decode()
    return content


def json_of(line: str) -> str:
    """A line as a notebook spells it, without the quotes."""
    return line.replace("\\", "\\\\").replace('"', '\\"')
