"""Pushing and pulling."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from api_client import Api, FailedError
from conftest import host_of
from git_workspace import Workspace
from gitlab.v4.objects import Project
from sandbox_server import Person, SandboxGitlab

from .conftest import Make, meanwhile, told


def test_a_push_that_is_no_fast_forward(clone: tuple[Workspace, Api], project: Project) -> None:
    workspace, api = clone
    meanwhile(project)
    mine = workspace.commit("Mine", {"mine.txt": "x\n"})
    assert told(api, "push", {}) == (
        "push_rejected",
        "“main” has commits on GitLab that you don't have yet.",
        "Pull first, then push again.",
    )
    assert told(api, "pull", {}) == (
        "not_fast_forward",
        "“main” and its upstream have both moved on (1 commit(s) here, 1 there), so pulling would need a merge.",
        "In a terminal, run “git merge origin/main” or “git rebase origin/main”, then push.",
    )
    assert workspace.git("rev-parse", "HEAD") == mine
    workspace.git("rebase", "-q", "origin/main")
    assert api("push", {}).ahead == 0


def test_a_push_to_a_protected_branch(
    stranger: tuple[Workspace, Api], gitlab_server: SandboxGitlab, reviewer: Person
) -> None:
    workspace, api = stranger
    api("sign_in", {"host": host_of(gitlab_server.url), "token": reviewer.token})
    workspace.commit("Straight to main", {"x.txt": "x\n"})
    assert told(api, "push", {}) == (
        "push_protected",
        "“main” is protected on GitLab: you may not push to it.",
        "Create a branch of your own, push that, and open a merge request.",
    )
    api("create_branch", {"name": "of-my-own"})
    assert api("push", {}).branch == "of-my-own"


@pytest.mark.skipif(sys.platform == "win32", reason="a shell script is the server's hook")
def test_a_push_that_a_hook_of_the_server_declines(make_repository: Make, outside: Path) -> None:
    workspace, api = make_repository()
    workspace.git("init", "-q", "--bare", str(outside / "origin.git"))
    hook = outside / "origin.git" / "hooks" / "pre-receive"
    hook.write_text("#!/bin/sh\necho 'GitLab: name an issue in every commit' >&2\nexit 1\n")
    hook.chmod(0o755)
    workspace.git("remote", "add", "origin", f"file://{outside}/origin.git")
    with pytest.raises(FailedError) as caught:
        api("push", {})
    reply = caught.value.reply
    assert (caught.value.code, reply.message) == (
        "push_hook_declined",
        "GitLab refused the push to “main”: pre-receive hook declined.",
    )
    assert reply.hint == "Read what the server says below, change the commits accordingly, and push again."
    assert "name an issue in every commit" in reply.details["output"]


@pytest.mark.skipif(sys.platform == "win32", reason="shell scripts are the hooks")
@pytest.mark.parametrize(
    ("name", "operation", "body", "message"),
    [
        ("pre-commit", "commit", {"message": "Change"}, "A hook of this repository refused the commit (pre-commit)."),
        ("pre-push", "push", {}, "The pre-push hook of this repository refused the push."),
    ],
)
def test_a_hook_that_refuses(
    clone: tuple[Workspace, Api], name: str, operation: str, body: dict[str, str], message: str
) -> None:
    workspace, api = clone
    workspace.write("README.md", "# Changed\n")
    api("stage", {"paths": ["README.md"]})
    if operation == "push":
        api("commit", {"message": "Change"})
    workspace.write(f".git/hooks/{name}", "#!/bin/sh\necho no secrets please >&2\nexit 1\n").chmod(0o755)
    with pytest.raises(FailedError) as caught:
        api(operation, body)
    assert (caught.value.code, caught.value.reply.message) == ("hook_failed", message)
    assert caught.value.reply.hint.startswith("Read what it printed")
    assert "no secrets please" in caught.value.reply.details["output"]


def test_changes_in_the_way_of_a_pull_or_a_switch(clone: tuple[Workspace, Api], project: Project) -> None:
    workspace, api = clone
    api("create_branch", {"name": "other"})
    workspace.commit("Other", {"README.md": "# Other\n"})
    api("switch_branch", {"name": "main"})
    meanwhile(project)
    workspace.write("README.md", "# Mine\n")
    for name, body, begin in (
        ("pull", {}, "Pulling would overwrite your changes"),
        ("switch_branch", {"name": "other"}, "Switching would overwrite your changes"),
    ):
        assert told(api, name, body) == (
            "would_overwrite",
            f"{begin}: README.md.",
            "Commit or discard these files first, then try again.",
        )
    assert (workspace.top / "README.md").read_text() == "# Mine\n"
