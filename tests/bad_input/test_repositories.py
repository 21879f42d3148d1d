"""The repository itself."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from conftest import host_of
from git_workspace import Workspace
from jupyter_process import JupyterProcess
from odd_gitlab import OddGitLab

from jupyterlab_gitlab.contract.diffs import BinaryDiff

from .conftest import Make, told


def test_no_repository(lab: JupyterProcess) -> None:
    (lab.root / "nothing here").mkdir()
    assert told(lab.api.at("nothing here"), "get_repository") == (
        "not_a_repository",
        "This folder is not inside a git repository.",
        "Open a folder of a clone, or clone a project first: in a terminal, git clone followed by the project's URL.",
    )


def test_no_remote(make_repository: Make) -> None:
    _, api = make_repository()
    for name in ("get_account", "get_project", "list_merge_requests"):
        assert told(api, name) == (
            "no_remote",
            "This repository has no remote that leads to a GitLab project.",
            "Add one: git remote add origin https://gitlab.com/GROUP/PROJECT.git",
        )
    for name in ("push", "fetch"):
        code, message, hint = told(api, name, {})
        assert (code, message) == ("no_remote", "This repository has no remote.")
        assert "git remote add origin" in hint


def test_a_remote_on_an_unknown_host(make_repository: Make, odd: OddGitLab) -> None:
    workspace, api = make_repository()
    elsewhere = odd.url.replace("127.0.0.1", "localhost")
    workspace.git("remote", "add", "origin", f"{elsewhere}/group/project.git")
    odd.mode = "html"
    try:
        for name in ("get_account", "get_project"):
            code, message, hint = told(api, name)
            assert (code, message) == ("host_unknown", f"No GitLab answers at {elsewhere}.")
            assert "an administrator can name that address in GitLabConfig.hosts" in hint
        code, message, hint = told(api, "push", {})
        assert (code, message) == ("gitlab_error", f"“{host_of(elsewhere)}” answers, but not as git does.")
        assert "open the remote's URL in a browser" in hint
    finally:
        odd.mode = "good"


def test_a_detached_head(make_repository: Make) -> None:
    workspace, api = make_repository()
    workspace.git("remote", "add", "origin", "ssh://git@127.0.0.1:9/a/b.git")
    workspace.git("checkout", "-q", "--detach")
    workspace.write("README.md", "# Changed\n")
    api("stage", {"paths": ["README.md"]})
    assert told(api, "commit", {"message": "Change"}) == (
        "detached_head",
        "HEAD is detached: a commit would belong to no branch and could get lost.",
        "Create a branch here first; your changes come along.",
    )
    for name in ("push", "pull"):
        code, _, hint = told(api, name, {})
        assert (code, hint) == ("detached_head", "Create a branch here, or switch to one.")
    api("create_branch", {"name": "rescued"})
    assert api("commit", {"message": "Change"}).commit.title == "Change"


def test_no_commits_yet(lab: JupyterProcess, environment: dict[str, str]) -> None:
    top = lab.root / "without commits"
    top.mkdir()
    workspace = Workspace(top, environment)
    workspace.git("init", "-q", "-b", "main")
    workspace.git("remote", "add", "origin", "ssh://git@127.0.0.1:9/a/b.git")
    api = lab.api.at("without commits")
    for name, body in (("push", {}), ("list_commits", None)):
        assert told(api, name, body) == (
            "no_commits",
            "This repository has no commit yet.",
            "Stage some files and make the first commit.",
        )


def test_a_missing_identity(make_repository: Make, lab_gitconfig: Path) -> None:
    workspace, api = make_repository()
    lab_gitconfig.write_text("[user]\n\tuseConfigOnly = true\n")
    workspace.write("README.md", "# Changed\n")
    api("stage", {"paths": ["README.md"]})
    assert told(api, "commit", {"message": "Change"}) == (
        "identity_missing",
        "git does not know your name and e-mail address yet.",
        "Enter both; they are saved for this repository and appear in its commits.",
    )
    api("set_identity", {"name": "Ada", "email": "ada@example.org"})
    assert api("commit", {"message": "Change"}).commit.author_name == "Ada"
    assert lab_gitconfig.read_text() == "[user]\n\tuseConfigOnly = true\n"


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can give a folder away")
def test_dubious_ownership(make_repository: Make) -> None:
    workspace, api = make_repository()
    for path in (workspace.top, workspace.top / ".git"):
        os.chown(path, 12345, 12345)
    assert told(api, "get_repository") == (
        "dubious_ownership",
        "This repository belongs to another user of the machine, so git refuses to work in it.",
        f"If you trust its owner, run this in a terminal: git config --global --add safe.directory {workspace.top}",
    )


def test_a_link_out_of_the_root(lab: JupyterProcess, outside: Path) -> None:
    (lab.root / "way out").symlink_to(outside, target_is_directory=True)
    try:
        assert told(lab.api.at("way out"), "get_repository") == (
            "forbidden_path",
            "“way out” can't be used. It is a link that leads out of the folder that Jupyter serves.",
            "Open a folder of the file browser that lies inside a clone.",
        )
    finally:
        (lab.root / "way out").unlink()


def test_a_submodule(make_repository: Make) -> None:
    inner, _ = make_repository()
    workspace, api = make_repository()
    workspace.git("-c", "protocol.file.allow=always", "submodule", "add", "-q", str(inner.top), "inner")
    workspace.commit("Add the submodule")
    workspace.environment = {**workspace.environment, "GIT_ALLOW_PROTOCOL": "file"}
    Workspace(workspace.top / "inner", workspace.environment).commit("Go on", {"x.txt": "x\n"})
    (change,) = api("list_changes").files
    assert change.submodule
    found = api("get_file_diff", old="HEAD", new="WORKTREE", old_path="inner", new_path="inner")
    assert isinstance(found, BinaryDiff)
    assert "submodule" in str(found.reason)
    code, message, hint = told(api, "discard", {"paths": ["inner"]})
    assert code == "bad_request" and "inner" in message and hint
    api("stage", {"paths": ["inner"]})
    assert api("commit", {"message": "Follow the submodule"}).commit.title == "Follow the submodule"
