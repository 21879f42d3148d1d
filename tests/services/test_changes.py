"""Changed files: listed, staged, unstaged, discarded, committed, summed up."""

from __future__ import annotations

import os
import sys
import threading
import urllib.parse
from collections.abc import Callable
from pathlib import Path

import pytest
from api_client import Api, FailedError
from git_workspace import Workspace, notebook, stream

Make = Callable[..., tuple[Workspace, Api]]

ODD_NAMES = [
    b"with space.txt",
    b'quo"te.txt',
    b"new\nline.txt",
    b"-dash.txt",
    b"--force",
    b"\xff\xfe.bin",
    "é ü.txt".encode(),
]
if sys.platform != "linux":
    ODD_NAMES = [b"with space.txt", b"-dash.txt"]
HOSTILE = """
[user]
\tname = Hostile
\temail = hostile@example.org
[alias]
\tstatus = !false
\tdiff = !false
[core]
\tquotePath = false
\tpager = false
[color]
\tui = always
[status]
\tshowUntrackedFiles = no
\trelativePaths = true
\tshort = true
\tbranch = true
[diff]
\texternal = false
\tnoprefix = true
\tcontext = 0
\trenames = false
\tmnemonicPrefix = true
[log]
\tshowSignature = true
\tdate = relative
[commit]
\tverbose = true
\tstatus = false
[interactive]
\tdiffFilter = false
"""


def paths(changes: object) -> dict[str, tuple[str | None, str | None]]:
    return {file.path.id: (file.staged, file.unstaged) for file in changes.files}  # type: ignore[attr-defined]


def test_files_are_staged_unstaged_and_discarded_with_a_way_back(make_repository: Make) -> None:
    workspace, api = make_repository({"a.txt": "a\n", "b.txt": "b\n"})
    workspace.write("a.txt", "changed\n")
    workspace.write("new.txt", "new\n")
    assert paths(api("list_changes")) == {"a.txt": (None, "modified"), "new.txt": (None, "untracked")}
    assert paths(api("stage", {"paths": ["a.txt", "new.txt"]})) == {
        "a.txt": ("modified", None),
        "new.txt": ("added", None),
    }
    assert paths(api("unstage", {"paths": ["new.txt"]}))["new.txt"] == (None, "untracked")
    discarded = api("discard", {"paths": ["a.txt", "new.txt"]})
    assert paths(api("list_changes")) == {}
    assert (workspace.top / "a.txt").read_text() == "a\n"
    assert discarded.recovery_ref
    assert workspace.git("show", f"{discarded.recovery_ref}:a.txt") == "changed"


@pytest.mark.parametrize("name", ODD_NAMES, ids=repr)
def test_any_file_name_can_be_staged_compared_and_committed(make_repository: Make, name: bytes) -> None:
    workspace, api = make_repository()
    path_id = urllib.parse.quote_from_bytes(name)
    (workspace.top / os.fsdecode(name)).write_bytes(b"text\n")
    (change,) = api("list_changes").files
    assert change.path.id == path_id
    diff = api("get_file_diff", old="EMPTY", new="WORKTREE", old_path=path_id, new_path=path_id)
    assert [row.text for row in diff.rows] == ["text"]
    assert api("get_change_summary", path=path_id).added == 1
    api("stage", {"paths": [path_id]})
    api("commit", {"message": "Add it"})
    assert api("list_changes").files == []
    assert [commit.title for commit in api("list_commits", path=path_id).items] == ["Add it"]
    assert api("get_blob", revision="HEAD", path=path_id) == b"text\n"


@pytest.mark.parametrize(
    "path", ["../escape", "/etc/passwd", "a/../../b", ".git/config", ".GIT/config", "", ".", "a//b"]
)
@pytest.mark.parametrize("name", ["stage", "unstage", "discard"])
def test_no_path_leads_out_of_the_work_tree(make_repository: Make, name: str, path: str) -> None:
    _, api = make_repository()
    with pytest.raises(FailedError) as caught:
        api(name, {"paths": [path]})
    assert caught.value.code in ("forbidden_path", "bad_request")


def test_a_users_own_git_configuration_changes_nothing(make_repository: Make, lab_gitconfig: Path) -> None:
    workspace, api = make_repository({"a.txt": "".join(f"{n}\n" for n in range(40)), "old name.txt": "x\n" * 30})
    lab_gitconfig.write_text(HOSTILE)
    workspace.git("mv", "old name.txt", "ü.txt")
    workspace.write("a.txt", "".join(f"{n}\n" for n in range(39)))
    workspace.write("new.txt", "new\n")
    found = api("list_changes")
    assert sorted(file.path.display for file in found.files) == ["a.txt", "new.txt", "ü.txt"]
    (renamed,) = [file for file in found.files if file.status == "renamed"]
    assert renamed.old_path.display == "old name.txt"
    diff = api("get_file_diff", old="HEAD", new="WORKTREE", old_path="a.txt", new_path="a.txt")
    assert [row.text for row in diff.rows if row.kind != "same"] == ["39"]
    api("stage", {"paths": [file.path.id for file in found.files]})
    commit = api("commit", {"message": "All"}).commit
    assert commit.author_name == "Hostile" and commit.sha == workspace.git("rev-parse", "HEAD")
    assert api("list_commits").items[0].authored_at.endswith("Z")


def test_a_notebooks_change_is_summed_up_by_cells(make_repository: Make) -> None:
    before = notebook("import math", "x = 1\ny = 2", "plot()", outputs={2: [stream("old\n")]})
    workspace, api = make_repository({"n.ipynb": before})
    after = notebook("import math", "x = 1\ny = 3", "plot()", "extra", outputs={2: [stream("new\n")]})
    workspace.write("n.ipynb", after)
    summary = api("get_change_summary", path="n.ipynb")
    assert summary.notebook
    assert (summary.cells_changed, summary.outputs_changed, summary.classification) == (2, 1, None)
    assert [(cell.kind, cell.title) for cell in summary.cells] == [
        ("changed", "x = 1"),
        ("output_only", "plot()"),
        ("added", "extra"),
    ]
    again = api("get_change_summary", path="n.ipynb")
    assert again == summary


def test_the_summary_of_a_renamed_file_counts_from_its_old_name(make_repository: Make) -> None:
    workspace, api = make_repository({"old.txt": "".join(f"{n}\n" for n in range(50))})
    workspace.git("mv", "old.txt", "new.txt")
    workspace.write("new.txt", "".join(f"{n}\n" for n in range(51)))
    summary = api("get_change_summary", path="new.txt")
    assert (summary.added, summary.removed) == (1, 0)


def test_a_binary_files_summary_counts_no_lines(make_repository: Make) -> None:
    workspace, api = make_repository({"x.bin": b"\0\1"})
    workspace.write("x.bin", b"\0\2")
    summary = api("get_change_summary", path="x.bin")
    assert (summary.added, summary.removed, summary.notebook) == (None, None, False)


def test_two_tabs_at_once_lose_nothing(make_repository: Make) -> None:
    workspace, api = make_repository()
    names = [f"file-{n}.txt" for n in range(12)]
    for name in names:
        workspace.write(name, f"{name}\n")
    failures: list[str] = []

    def tab(part: list[str]) -> None:
        mine = api.at(api.folder)
        for name in part:
            try:
                mine("stage", {"paths": [name]})
                mine("commit", {"message": f"Add {name}"})
            except FailedError as error:
                failures.append(error.code)

    tabs = [threading.Thread(target=tab, args=(names[n::3],)) for n in range(3)]
    for thread in tabs:
        thread.start()
    for thread in tabs:
        thread.join()
    # what one tab had staged may have gone into another tab's commit; then there is nothing left to commit
    assert set(failures) <= {"nothing_to_commit", "git_busy"}
    assert api("list_changes").files == [] or "git_busy" in failures
    if "git_busy" not in failures:
        assert set(workspace.git("ls-files").splitlines()) == {*names, "README.md"}


def test_a_hook_that_refuses_is_quoted(make_repository: Make) -> None:
    workspace, api = make_repository()
    hook = workspace.write(".git/hooks/pre-commit", "#!/bin/sh\necho no secrets please >&2\nexit 1\n")
    hook.chmod(0o755)
    workspace.write("README.md", "# Changed\n")
    api("stage", {"paths": ["README.md"]})
    with pytest.raises(FailedError) as caught:
        api("commit", {"message": "Change"})
    assert caught.value.code == "hook_failed"
    assert "no secrets please" in str(caught.value.reply.details)


@pytest.mark.parametrize("message", ["", "  \n", "# only a comment"])
def test_an_empty_message_is_refused_before_git_runs(make_repository: Make, message: str) -> None:
    workspace, api = make_repository()
    workspace.write("README.md", "# Changed\n")
    api("stage", {"paths": ["README.md"]})
    if message.startswith("#"):
        assert api("commit", {"message": message}).commit.title == message
    else:
        with pytest.raises(FailedError) as caught:
            api("commit", {"message": message})
        assert caught.value.code == "bad_request"


@pytest.mark.parametrize("name", ["v1.0", "c#", "a+b", "ünï/çödé", "feature/x.y"])
def test_odd_branch_names_are_taken(make_repository: Make, name: str) -> None:
    _, api = make_repository()
    assert api("create_branch", {"name": name}).branch == name
    assert api("get_repository").branch == name
    api("switch_branch", {"name": "main"})
    assert {branch.name for branch in api("list_branches").branches} == {"main", name}


@pytest.mark.parametrize("name", ["", "-d", "--help", "a..b", "a b", "a~1", "x.lock", "HEAD", "@", "refs/../x", "a\tb"])
def test_impossible_branch_names_are_refused(make_repository: Make, name: str) -> None:
    _, api = make_repository()
    with pytest.raises(FailedError) as caught:
        api("create_branch", {"name": name})
    assert caught.value.code in ("branch_invalid", "bad_request")


def test_a_switch_that_would_lose_work_is_refused(make_repository: Make) -> None:
    workspace, api = make_repository()
    api("create_branch", {"name": "other"})
    workspace.commit("Other", {"README.md": "# Other\n"})
    api("switch_branch", {"name": "main"})
    workspace.write("README.md", "# Mine\n")
    with pytest.raises(FailedError) as caught:
        api("switch_branch", {"name": "other"})
    assert caught.value.code == "would_overwrite"
    assert (workspace.top / "README.md").read_text() == "# Mine\n"
