"""Fetch, pull and push over HTTP, with the token handed to git alone."""

from __future__ import annotations

import sys
from collections.abc import Callable

import pytest
from api_client import Api, FailedError
from git_workspace import Workspace
from gitlab.v4.objects import Project
from jupyter_process import JupyterProcess
from sandbox_server import Person

Clone = Callable[[JupyterProcess, Person], tuple[Workspace, Api]]


@pytest.fixture
def clone(clone_into: Clone, author_lab: JupyterProcess, author: Person) -> tuple[Workspace, Api]:
    return clone_into(author_lab, author)


def failure(api: Api, name: str, body: object = None) -> FailedError:
    with pytest.raises(FailedError) as caught:
        api(name, body)
    return caught.value


def meanwhile(project: Project, path: str = "README.md", branch: str = "main") -> str:
    """A commit by somebody else."""
    actions = [{"action": "update", "file_path": path, "content": "# Meanwhile\n"}]
    made = project.commits.create({"branch": branch, "commit_message": "Meanwhile", "actions": actions})
    return str(made.id)


def test_a_pull_brings_the_branch_forward_and_names_what_changed(
    clone: tuple[Workspace, Api], project: Project
) -> None:
    workspace, api = clone
    sha = meanwhile(project)
    fetched = api("fetch", {})
    assert (fetched.branch, fetched.ahead, fetched.behind, fetched.changed_paths) == ("main", 0, 1, [])
    pulled = api("pull", {})
    assert (pulled.ahead, pulled.behind, pulled.changed_paths) == (0, 0, [f"{api.folder}/README.md"])
    assert workspace.git("rev-parse", "HEAD") == sha


def test_what_can_not_be_fast_forwarded_is_said(clone: tuple[Workspace, Api], project: Project) -> None:
    workspace, api = clone
    meanwhile(project)
    mine = workspace.commit("Mine", {"mine.txt": "x\n"})
    refused = failure(api, "pull", {})
    assert refused.code == "not_fast_forward" and refused.reply.hint
    assert workspace.git("rev-parse", "HEAD") == mine
    refused = failure(api, "push", {})
    assert refused.code in ("push_rejected", "not_fast_forward") and refused.reply.hint


def test_a_pull_never_overwrites_unsaved_work(clone: tuple[Workspace, Api], project: Project) -> None:
    workspace, api = clone
    meanwhile(project)
    workspace.write("README.md", "# Mine\n")
    assert failure(api, "pull", {}).code == "would_overwrite"
    assert (workspace.top / "README.md").read_text() == "# Mine\n"


def test_a_protected_branch_is_said_to_be(
    clone_into: Clone, reviewer_lab: JupyterProcess, reviewer: Person, project: Project, author: Person
) -> None:
    workspace, api = clone_into(reviewer_lab, reviewer)
    api("sign_in", {"host": api("get_account").host, "token": reviewer.token})
    workspace.commit("Straight to main", {"x.txt": "x\n"})
    refused = failure(api, "push", {})  # a Developer may not push to the default branch
    assert refused.code == "push_protected"
    assert "branch" in refused.reply.hint.lower()
    api("sign_out")


def test_without_a_token_git_says_so_and_never_prompts(
    clone_into: Clone, reviewer_lab: JupyterProcess, reviewer: Person
) -> None:
    workspace, api = clone_into(reviewer_lab, reviewer)
    api("sign_out")
    workspace.commit("Mine", {"x.txt": "x\n"})
    refused = failure(api, "push", {})
    assert (refused.code, refused.status) == ("git_auth_failed", 401)


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_the_token_is_in_no_argument_and_no_file(clone: tuple[Workspace, Api], author: Person) -> None:
    workspace, api = clone
    spy = workspace.write(
        ".git/hooks/pre-push",
        "#!/bin/sh\nfor p in /proc/[0-9]*; do tr '\\0' ' ' < $p/cmdline; echo; done > .git/seen 2>/dev/null\n",
    )
    spy.chmod(0o755)
    workspace.commit("Mine", {"x.txt": "x\n"})
    api("create_branch", {"name": "spied"})
    api("push", {})
    seen = (workspace.top / ".git" / "seen").read_text("utf-8", "replace")
    assert "push" in seen and author.token not in seen
    for path in (workspace.top / ".git").rglob("*"):
        assert not path.is_file() or author.token.encode() not in path.read_bytes()


def test_an_ssh_remote_that_does_not_answer_fails_without_a_prompt(clone: tuple[Workspace, Api]) -> None:
    workspace, api = clone
    workspace.git("remote", "set-url", "origin", "ssh://git@127.0.0.1:9/author/project.git")
    refused = failure(api, "fetch", {})
    assert refused.status in (401, 422, 502, 504)
    assert refused.reply.hint


def test_a_branch_that_only_the_remote_has_is_followed(clone: tuple[Workspace, Api], project: Project) -> None:
    workspace, api = clone
    project.branches.create({"branch": "theirs", "ref": "main"})
    api("fetch", {})
    assert api("switch_branch", {"name": "theirs"}).branch == "theirs"
    assert api("get_repository").upstream.branch == "theirs"
    assert workspace.git("rev-parse", "--abbrev-ref", "HEAD") == "theirs"
