"""Two at once."""

from __future__ import annotations

from api_client import Api
from git_workspace import Workspace

from .conftest import told


def test_two_tabs_that_commit_the_same_file(clone: tuple[Workspace, Api]) -> None:
    workspace, first = clone
    second = first.at(first.folder)
    workspace.write("README.md", "# Changed\n")
    for tab in (first, second):
        tab("stage", {"paths": ["README.md"]})
    assert first("commit", {"message": "From the first"}).commit.title == "From the first"
    assert told(second, "commit", {"message": "From the second"}) == (
        "nothing_to_commit",
        "There is nothing to commit.",
        "Save your files and tick the ones that belong in this commit.",
    )
    assert second("list_commits").items[0].title == "From the first"
    workspace.git("fsck", "--strict")


def test_another_git_at_work(clone: tuple[Workspace, Api]) -> None:
    workspace, api = clone
    workspace.write("README.md", "# Changed\n")
    lock = workspace.write(".git/index.lock", "")
    code, message, hint = told(api, "stage", {"paths": ["README.md"]})
    assert (code, message) == ("git_busy", "Another git command is working in this repository.")
    assert hint.startswith("Wait until it has finished and try again.") and f"delete {lock}" in hint
    lock.unlink()
    api("stage", {"paths": ["README.md"]})
