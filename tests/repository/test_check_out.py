"""The branch for a merge request that no remote has."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from git_workspace import Workspace, initialize

from jupyterlab_gitlab.contract.errors import ErrorCode, GitLabWorkflowError
from jupyterlab_gitlab.repository import Clone, Clones

NAME = "mr-7-topic"
Check = Callable[[str], str]


@pytest.fixture
def workspace(tmp_path: Path, environment: dict[str, str]) -> Workspace:
    return initialize(tmp_path / "work", environment, {"a.txt": "one\n", "b.txt": "b\n"})


@pytest.fixture
def clone(workspace: Workspace) -> Clone:
    return Clones(str(workspace.top)).open()


@pytest.fixture
def check_out(clone: Clone) -> Check:
    """Checks the merge request out at a commit; the branch that HEAD is on afterwards."""
    return lambda sha: clone.check_out_fetched(NAME, "group/project", 7, sha).branch


def head(workspace: Workspace, *files: tuple[str, str]) -> str:
    """A commit on ``main`` that no branch has."""
    workspace.git("switch", "-q", "--detach", "main")
    sha = workspace.commit("Theirs", dict(files))
    workspace.git("switch", "-q", "main")
    return sha


def test_a_branch_is_made_that_follows_nothing(workspace: Workspace, clone: Clone, check_out: Check) -> None:
    sha = head(workspace, ("a.txt", "two\n"))
    done = clone.check_out_fetched(NAME, "group/project", 7, sha)
    assert (done.branch, done.changed_paths) == (NAME, ["a.txt"])
    assert workspace.git("rev-parse", NAME) == sha
    assert workspace.git("config", "--get-regexp", f"branch.{NAME}", check=False) == ""
    assert clone.former_branch() == "main"


def test_it_is_brought_forward_where_it_has_nothing_of_its_own(workspace: Workspace, check_out: Check) -> None:
    first = head(workspace, ("a.txt", "two\n"))
    check_out(first)
    workspace.git("switch", "-q", "main")
    second = workspace.git("commit-tree", f"{first}^{{tree}}", "-p", first, "-m", "More")
    assert check_out(second) == NAME
    assert workspace.git("rev-parse", "HEAD") == second
    third = workspace.git("commit-tree", f"{first}^{{tree}}", "-p", second, "-m", "Yet more")
    assert check_out(third) == NAME, "also while HEAD is on it"
    assert workspace.git("rev-parse", "HEAD") == third


def test_a_rebased_one_is_moved_unless_there_is_work_on_it(workspace: Workspace, check_out: Check) -> None:
    check_out(head(workspace, ("a.txt", "two\n")))
    rebased = head(workspace, ("a.txt", "three\n"))
    assert check_out(rebased) == NAME
    assert workspace.git("rev-parse", NAME) == rebased
    workspace.git("switch", "-q", NAME)
    mine = workspace.commit("Mine", {"b.txt": "mine\n"})
    workspace.git("switch", "-q", "main")
    with pytest.raises(GitLabWorkflowError) as caught:
        check_out(head(workspace, ("a.txt", "four\n")))
    assert caught.value.code is ErrorCode.NOT_FAST_FORWARD
    assert workspace.git("rev-parse", NAME) == mine, "nothing is lost"
    assert workspace.git("rev-parse", "--abbrev-ref", "HEAD") == "main"


def test_work_on_top_of_it_stays(workspace: Workspace, check_out: Check) -> None:
    sha = head(workspace, ("a.txt", "two\n"))
    check_out(sha)
    mine = workspace.commit("Mine", {"b.txt": "mine\n"})
    workspace.git("switch", "-q", "main")
    assert check_out(sha) == NAME
    assert workspace.git("rev-parse", "HEAD") == mine


def test_changes_that_it_would_overwrite_stop_it(workspace: Workspace, check_out: Check) -> None:
    sha = head(workspace, ("a.txt", "two\n"))
    workspace.write("a.txt", "not committed\n")
    with pytest.raises(GitLabWorkflowError) as caught:
        check_out(sha)
    assert caught.value.code is ErrorCode.WOULD_OVERWRITE
    assert (workspace.top / "a.txt").read_text() == "not committed\n"
    assert workspace.git("rev-parse", "--abbrev-ref", "HEAD") == "main"


def test_changes_elsewhere_come_along(workspace: Workspace, check_out: Check) -> None:
    sha = head(workspace, ("a.txt", "two\n"))
    workspace.write("b.txt", "not committed\n")
    assert check_out(sha) == NAME
    assert (workspace.top / "b.txt").read_text() == "not committed\n"


def test_the_former_branch_is_told_while_it_is_there(workspace: Workspace, clone: Clone) -> None:
    assert clone.former_branch() is None
    workspace.git("switch", "-q", "-c", "topic")
    workspace.git("switch", "-q", "main")
    assert clone.former_branch() == "topic"
    workspace.git("branch", "-q", "-D", "topic")
    assert clone.former_branch() is None


def test_the_first_parent_of_a_first_commit_is_the_empty_tree(workspace: Workspace, clone: Clone) -> None:
    first = workspace.git("rev-parse", "HEAD")
    second = workspace.commit("Second", {"a.txt": "two\n"})
    assert clone.first_parent(second) == first
    files = clone.compare(clone.first_parent(first), first)
    assert [(file.path.id, file.status) for file in files] == [("a.txt", "added"), ("b.txt", "added")]
