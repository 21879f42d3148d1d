"""What can go wrong beside GitLab: unsaved documents, two tabs at once, no author, a merge that conflicts."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from conftest import Demo
from lab import Lab
from playwright.sync_api import Locator, Route, expect

NOTEBOOK = "notebooks/train.ipynb"
BRANCH = "feature/auc-metric"
NOTE = "# not saved yet"


@pytest.fixture(autouse=True)
def clean(demo: Demo) -> Iterator[None]:
    """Each test starts with the author's clone as it was cloned."""
    start, identity = demo.git("author", "rev-parse", "HEAD"), gitconfig(demo).read_text()
    yield
    demo.git("author", "switch", "-q", "--discard-changes", BRANCH)
    demo.git("author", "reset", "-q", "--hard", start)
    demo.git("author", "clean", "-qfd")
    git(demo, "config", "--local", "--remove-section", "user")
    gitconfig(demo).write_text(identity)


def git(demo: Demo, *arguments: str) -> str:
    """The output of git in the author's clone, however it ends."""
    command = ["git", "-C", str(demo.clone("author")), *arguments]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60)
    return done.stdout + done.stderr


def gitconfig(demo: Demo) -> Path:
    """The configuration of the user that the author's JupyterLab runs for."""
    return demo.clone("author").parent / "gitconfig"


def write_unsaved(lab: Lab) -> Locator:
    """Add a line to the first code cell of the open notebook, and do not save it."""
    cell = lab.code_cell(0).locator(".cm-content")
    cell.click()
    lab.page.keyboard.press("Control+End")
    lab.page.keyboard.insert_text(f"\n{NOTE}")
    expect(lab.page.locator(".lm-TabBar-tab.jp-mod-dirty", has_text="train.ipynb")).to_be_visible()
    return cell


def run_command(lab: Lab, command: str, label: str) -> None:
    """Run a command from the palette; another extension may have one of the same label."""
    lab.page.keyboard.press("Control+Shift+c")
    lab.page.locator("#modal-command-palette input").fill(label)
    lab.page.locator(f'#modal-command-palette [data-command="{command}"]').click()


def refuses_to_lose(lab: Lab, title: str) -> None:
    """The dialog that stops a command names the notebook; cancelling leaves it as it is."""
    expect(lab.dialog.locator(".jp-Dialog-header")).to_have_text(title)
    expect(lab.dialog.get_by_role("listitem")).to_have_text([NOTEBOOK])
    expect(lab.dialog).to_contain_text("changes that are not saved and could be lost")
    lab.dialog.get_by_role("button", name="Cancel").click()
    expect(lab.dialog).to_have_count(0)
    expect(lab.code_cell(0)).to_contain_text(NOTE)
    expect(lab.page.locator(".lm-TabBar-tab.jp-mod-dirty", has_text="train.ipynb")).to_be_visible()


def source(demo: Demo, revision: str) -> str:
    """The source of the notebook's first code cell at a revision, or on disk for ``""``."""
    text = demo.git("author", "show", f"{revision}:{NOTEBOOK}") if revision else on_disk(demo)
    return next("".join(cell["source"]) for cell in json.loads(text)["cells"] if cell["cell_type"] == "code")


def on_disk(demo: Demo) -> str:
    return (demo.clone("author") / NOTEBOOK).read_text()


def test_unsaved_documents_stop_what_would_replace_them(demo: Demo, open_lab: Callable[..., Lab]) -> None:
    project = demo.project()
    action = {"action": "update", "file_path": "README.md", "content": "# Meanwhile\n"}
    project.commits.create({"branch": BRANCH, "commit_message": "Meanwhile", "actions": [action]})
    lab = open_lab("author", path=NOTEBOOK)
    panel = lab.open_panel()
    write_unsaved(lab)
    before, log = on_disk(demo), demo.git("author", "reflog")

    panel.get_by_label(f"Branch: {BRANCH}").click()
    panel.get_by_role("option", name="main").first.click()
    refuses_to_lose(lab, "Save before switching to main?")

    run_command(lab, "gitlab:pull", "Pull")
    refuses_to_lose(lab, "Save before pulling?")

    # A file that differs on disk too can be discarded.
    changed = before.replace('"source": [', '"source": [\n    "# on disk\\n",', 1)
    (demo.clone("author") / NOTEBOOK).write_text(changed)
    lab.file_row(NOTEBOOK).hover()
    lab.file_row(NOTEBOOK).get_by_label(f"Discard the changes in {NOTEBOOK}").click()
    lab.dialog.get_by_role("button", name="Discard").click()
    refuses_to_lose(lab, "Save before discarding?")

    assert on_disk(demo) == changed
    assert demo.git("author", "reflog") == log
    assert demo.git("author", "rev-parse", "--abbrev-ref", "HEAD") == BRANCH
    assert demo.git("author", "for-each-ref", "refs/gitlab") == ""


def test_a_commit_offers_to_save_first(demo: Demo, open_lab: Callable[..., Lab]) -> None:
    lab = open_lab("author", path=NOTEBOOK)
    panel = lab.open_panel()
    (demo.clone("author") / "notes.txt").write_text("notes\n")
    demo.git("author", "add", "notes.txt")
    start = demo.git("author", "rev-parse", "HEAD")
    write_unsaved(lab)
    panel.get_by_role("button", name="Refresh").click()
    expect(lab.file_row("notes.txt").get_by_role("checkbox")).to_be_checked()

    lab.commit("Add notes")
    expect(lab.dialog.locator(".jp-Dialog-header")).to_have_text("Save before committing?")
    expect(lab.dialog.get_by_role("listitem")).to_have_text([NOTEBOOK])
    lab.dialog.get_by_role("button", name="Cancel").click()
    expect(lab.dialog).to_have_count(0)
    assert demo.git("author", "rev-parse", "HEAD") == start
    expect(panel.get_by_label("Commit message")).to_have_value("Add notes")

    lab.commit("Add notes")
    lab.dialog.get_by_role("button", name="Save and commit").click()
    expect(panel.get_by_label("Commit message")).to_have_value("")
    assert demo.git("author", "log", "-1", "--format=%s") == "Add notes"
    # Saved, but not ticked: it is in the file and not in the commit.
    assert NOTE in source(demo, "")
    assert NOTE not in source(demo, "HEAD")
    lab.tick(NOTEBOOK)

    # Ticked and changed once more: what is saved for the commit belongs to it.
    lab.code_cell(0).locator(".cm-content").click()
    lab.page.keyboard.press("Control+End")
    lab.page.keyboard.insert_text("\n# twice")
    lab.commit("Note it twice")
    lab.dialog.get_by_role("button", name="Save and commit").click()
    expect(panel).to_contain_text("Nothing to commit")
    assert "# twice" in source(demo, "HEAD")


def test_two_tabs_show_and_survive_each_others_commits(demo: Demo, open_lab: Callable[..., Lab]) -> None:
    first, second = open_lab("author"), open_lab("author")
    (demo.clone("author") / "one.txt").write_text("1\n")
    (demo.clone("author") / "two.txt").write_text("2\n")
    for lab in (first, second):
        lab.open_panel()
        lab.panel.get_by_role("button", name="Refresh").click()
    first.tick("one.txt")
    first.commit("One")
    expect(first.file_row("one.txt")).to_have_count(0)
    # The other tab follows by itself.
    expect(second.file_row("one.txt")).to_have_count(0)
    expect(second.file_row("two.txt")).to_be_visible()

    # Both commit the same file at the same time: the requests are held until both have been made.
    second.tick("two.txt")
    first.panel.get_by_role("button", name="Refresh").click()
    expect(first.file_row("two.txt").get_by_role("checkbox")).to_be_checked()
    held: list[Route] = []
    for count, lab in enumerate((first, second), 1):
        lab.page.route(lambda url: "/gitlab/api/v1/commits" in url, lambda route: held.append(route))
        lab.commit(f"Two, from tab {count}")
        while len(held) < count:
            lab.page.wait_for_timeout(20)
    for route in held:
        route.continue_()
    for lab in (first, second):
        expect(lab.file_row("two.txt")).to_have_count(0)
        expect(lab.panel.get_by_label("2 to push, 0 to pull")).to_be_visible()
    last, before = demo.git("author", "log", "-2", "--format=%s").splitlines()
    assert (last, before) in (("Two, from tab 1", "One"), ("Two, from tab 2", "One"))
    alert = (second if last == "Two, from tab 1" else first).panel.get_by_role("alert")
    expect(alert).to_contain_text("Nothing was committed.")
    expect(alert).to_contain_text("There is nothing to commit.")
    expect(alert).to_contain_text("Save your files and tick the ones that belong in this commit.")
    demo.git("author", "fsck", "--strict")
    assert demo.git("author", "status", "--porcelain") == ""


def test_a_missing_author_can_be_set(demo: Demo, open_lab: Callable[..., Lab]) -> None:
    gitconfig(demo).write_text("[user]\n\tuseConfigOnly = true\n")
    (demo.clone("author") / "notes.txt").write_text("notes\n")
    demo.git("author", "add", "notes.txt")
    lab = open_lab("author")
    panel = lab.open_panel()
    lab.commit("Add notes")
    dialog = lab.dialog
    expect(dialog.locator(".jp-Dialog-header")).to_have_text("Who is the author?")
    expect(dialog).to_contain_text("It is set for this repository only.")
    dialog.get_by_label("Name").fill("Ada Lovelace")
    dialog.get_by_label("Email").fill("ada@example.org")
    dialog.get_by_role("button", name="Set author").click()
    expect(panel).to_contain_text("Nothing to commit")
    assert demo.git("author", "log", "-1", "--format=%s|%an|%ae") == "Add notes|Ada Lovelace|ada@example.org"
    assert gitconfig(demo).read_text() == "[user]\n\tuseConfigOnly = true\n"


def test_a_notebook_with_conflict_markers_is_shown(demo: Demo, open_lab: Callable[..., Lab]) -> None:
    lab = open_lab("author")
    panel = lab.open_panel()
    demo.git("author", "merge", "-q", "--no-edit", "origin/main")
    assert "CONFLICT" in git(demo, "merge", "origin/feature/clients")
    panel.get_by_role("button", name="Refresh").click()
    expect(panel).to_contain_text("A merge is under way. Edit the files in conflict, run “git add” on them")
    row = lab.file_row("notebooks/explore.ipynb")
    expect(row).to_contain_text("conflict")
    expect(row.get_by_role("checkbox")).to_be_disabled()
    expect(panel).to_contain_text("Resolve the conflicts first.")
    row.get_by_role("button", name="explore.ipynb").first.click()
    expect(lab.document).to_contain_text("can't be read as a notebook: it holds conflict markers (the first in line ")
    expect(lab.document).to_contain_text("<<<<<<< HEAD")

    demo.git("author", "merge", "--abort")
    panel.get_by_role("button", name="Refresh").click()
    expect(panel).to_contain_text("Nothing to commit")
    expect(panel).not_to_contain_text("A merge is under way")
