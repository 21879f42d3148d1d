"""Clones that are not the plain case: a fork, a server root inside the work tree, remotes of several kinds."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from api_client import Api
from conftest import host_of
from git_workspace import Workspace
from gitlab.v4.objects import Project
from jupyter_process import JupyterProcess, clean_environment, jupyter_server
from sandbox_server import Person, SandboxGitlab

Clone = Callable[[JupyterProcess, Person], tuple[Workspace, Api]]


def test_a_merge_request_from_a_fork_goes_to_the_project_it_was_forked_from(
    gitlab_server: SandboxGitlab,
    project: Project,
    reviewer: Person,
    author: Person,
    author_lab: JupyterProcess,
    reviewer_lab: JupyterProcess,
    clone_into: Clone,
) -> None:
    fork = reviewer.gl.projects.get(project.id).forks.create({"namespace": "reviewer"})
    theirs, forked = clone_into(reviewer_lab, reviewer)
    theirs.git("remote", "set-url", "origin", reviewer.gl.projects.get(fork.id).http_url_to_repo)
    forked("sign_in", {"host": host_of(gitlab_server.url), "token": reviewer.token})
    assert forked("get_repository").remote.project_path == f"reviewer/{project.path}"
    assert forked("get_project").id == project.id
    forked("create_branch", {"name": "from-fork"})
    theirs.write("README.md", "# From a fork\n")
    forked("commit", {"message": "Improve", "restage": ["README.md"]})
    forked("push", {})
    body = {"title": "Improve", "source_branch": "from-fork", "target_branch": "main"}
    opened = forked("create_merge_request", body)
    assert (opened.target_project_id, opened.source_project_id) == (project.id, fork.id)

    # whoever only has the target project reads it from there
    _, api = clone_into(author_lab, author)
    files = api("list_merge_request_files", iid=opened.iid)
    assert files.from_git and [file.path.display for file in files.files] == ["README.md"]
    forked("sign_out")


def test_a_server_root_inside_the_work_tree_lists_and_commits_files_above_it(
    tmp_path_factory: pytest.TempPathFactory, gitlab_server: SandboxGitlab, project: Project, author: Person
) -> None:
    home = tmp_path_factory.mktemp("inside")
    environment = clean_environment(home)
    Workspace(home, environment).git("clone", "-q", gitlab_server.remote(project, author.token), "clone")
    workspace = Workspace(home / "clone", environment)
    workspace.git("remote", "set-url", "origin", project.http_url_to_repo)
    workspace.write("deep/inside.txt", "x\n")
    workspace.write("README.md", "# Above\n")
    with jupyter_server(home, workspace.top / "deep", {}, environment) as server:
        api = server.api
        assert api("get_repository").folder is None
        found = {file.path.id: file.path.contents_path for file in api("list_changes").files}
        assert found == {"README.md": None, "deep/inside.txt": "inside.txt"}
        api("stage", {"paths": ["README.md", "deep/inside.txt"]})
        api("commit", {"message": "Both"})
        assert api("list_changes").files == []
        (output,) = [api("get_file_diff", old="EMPTY", new="HEAD", old_path="README.md", new_path="README.md")]
        assert output.new.path.contents_path is None


@pytest.mark.parametrize(
    ("url", "host", "path"),
    [
        ("git@gitlab.example.org:group/sub/project.git", "gitlab.example.org", "group/sub/project"),
        ("ssh://git@gitlab.example.org:2222/group/project.git", "gitlab.example.org", "group/project"),
        ("https://gitlab.example.org:8443/group/project", "gitlab.example.org:8443", "group/project"),
        ("/srv/git/project.git", None, None),
    ],
)
def test_every_form_of_remote_is_understood(
    make_repository: Callable[..., tuple[Workspace, Api]], url: str, host: str | None, path: str | None
) -> None:
    workspace, api = make_repository()
    workspace.git("remote", "add", "origin", url)
    remote = api("get_repository").remote
    assert (remote.host, remote.project_path) == (host, path)
