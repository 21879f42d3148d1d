"""Checking out the branch of a merge request, of the same project and of a fork."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from api_client import Api, FailedError
from git_workspace import Workspace
from gitlab.v4.objects import Project
from jupyter_process import JupyterProcess
from sandbox_server import Person

from .conftest import Opened

Clone = Callable[[JupyterProcess, Person], tuple[Workspace, Api]]


def push(project: Project, branch: str, content: str) -> str:
    """A commit by somebody else on *branch* of the project."""
    change = {"action": "update", "file_path": "README.md", "content": content}
    return str(project.commits.create({"branch": branch, "commit_message": "More", "actions": [change]}).id)


@pytest.fixture
def elsewhere(opened: Opened, author_lab: JupyterProcess, author: Person, clone_into: Clone) -> tuple[Workspace, Api]:
    """Another clone of the project, on ``main``, that has not fetched the branch for long."""
    workspace, api = clone_into(author_lab, author)
    workspace.git("update-ref", "-d", "refs/remotes/origin/feature")
    return workspace, api


def test_the_branch_of_the_project_is_followed(
    opened: Opened, elsewhere: tuple[Workspace, Api], project: Project
) -> None:
    workspace, api = elsewhere
    before = api("get_check_out", iid=opened.iid)
    assert (before.branch, before.fork, before.current, before.former) == ("feature", False, False, None)
    done = api("check_out", iid=opened.iid)
    assert done.branch == "feature"
    assert any(path.endswith("train.ipynb") for path in done.changed_paths)
    assert workspace.git("rev-parse", "HEAD") == opened.sha
    assert workspace.git("rev-parse", "--abbrev-ref", "feature@{upstream}") == "origin/feature"
    now = api("get_check_out", iid=opened.iid)
    assert (now.current, now.former) == (True, "main")
    newer = push(project, "feature", "# Discs\n")
    api("switch_branch", {"name": now.former})
    api("check_out", iid=opened.iid)
    assert workspace.git("rev-parse", "HEAD") == newer, "brought up to date"


def test_uncommitted_work_in_the_way_stops_it(opened: Opened, elsewhere: tuple[Workspace, Api]) -> None:
    workspace, api = elsewhere
    workspace.write("train.ipynb", "{}\n")
    with pytest.raises(FailedError) as caught:
        api("check_out", iid=opened.iid)
    assert caught.value.code == "would_overwrite"
    assert (workspace.top / "train.ipynb").read_text() == "{}\n"


def test_a_branch_of_a_fork_comes_without_a_remote(
    opened: Opened, elsewhere: tuple[Workspace, Api], project: Project, reviewer: Person
) -> None:
    workspace, api = elsewhere
    fork = reviewer.gl.projects.get(reviewer.gl.projects.get(project.id).forks.create({}).id)
    sha = push(fork, "feature", "# Forked\n")  # the fork has a branch of the same name as the project
    iid = fork.mergerequests.create(
        {"source_branch": "feature", "target_branch": "main", "title": "Fork", "target_project_id": project.id}
    ).iid
    name = f"mr-{iid}-feature"
    told = api("get_check_out", iid=iid)
    assert (told.branch, told.fork, told.current) == (name, True, False)
    assert api("check_out", iid=iid).branch == name
    assert workspace.git("rev-parse", "HEAD") == sha
    assert workspace.git("remote") == "origin"
    assert workspace.git("config", "--get", f"branch.{name}.merge", check=False) == ""
    assert api("get_check_out", iid=iid).current
    assert not api("get_check_out", iid=opened.iid).current, "the project's own branch of that name is another"
    newer = push(fork, "feature", "# Forked again\n")
    api("check_out", iid=iid)
    assert workspace.git("rev-parse", "HEAD") == newer


def test_the_branch_of_a_merged_one_is_still_to_be_had(opened: Opened, elsewhere: tuple[Workspace, Api]) -> None:
    workspace, api = elsewhere
    opened.api("merge", {"sha": opened.sha, "remove_source_branch": True}, iid=opened.iid)
    assert api("check_out", iid=opened.iid).branch == f"mr-{opened.iid}-feature"
    assert workspace.git("rev-parse", "HEAD") == opened.sha
