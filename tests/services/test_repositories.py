"""Finding the clone of a folder, and saying what is wrong with it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from api_client import Api, FailedError
from git_workspace import Workspace, initialize
from jupyter_process import JupyterProcess

Make = Callable[..., tuple[Workspace, Api]]


def code_of(api: Api, name: str, body: object = None, **parameters: object) -> str:
    with pytest.raises(FailedError) as caught:
        api(name, body, **parameters)
    assert caught.value.reply.message
    return caught.value.code


def test_a_clone_is_found_from_its_top_a_folder_and_a_file(make_repository: Make) -> None:
    _, api = make_repository({"notebooks/deep/train.ipynb": "{}"})
    found = api("get_repository")
    assert (found.branch, found.folder, found.name) == ("main", api.folder, api.folder)
    assert found.head.title == "Start"
    for folder in (f"{api.folder}/notebooks/deep", f"{api.folder}/notebooks/deep/train.ipynb", f"/{api.folder}/"):
        assert api.at(folder)("get_repository").id == found.id


def test_the_collaboration_drive_means_the_same_files(make_repository: Make) -> None:
    _, api = make_repository()
    assert api.at(f"RTC:{api.folder}")("get_repository").id == api("get_repository").id


def test_another_drive_is_refused_with_its_name(make_repository: Make) -> None:
    _, api = make_repository()
    with pytest.raises(FailedError) as caught:
        api.at(f"S3:{api.folder}")("get_repository")
    assert caught.value.code == "bad_request"
    assert "S3" in caught.value.reply.message and caught.value.reply.hint


def test_a_folder_with_a_colon_in_its_name_is_no_drive(make_repository: Make) -> None:
    _, api = make_repository(name="data:2026")
    assert api("get_repository").name == "data:2026"


def test_a_folder_outside_of_any_repository_is_not_one(lab: JupyterProcess) -> None:
    (lab.root / "plain").mkdir(exist_ok=True)
    assert code_of(lab.api.at("plain"), "get_repository") == "not_a_repository"
    assert code_of(lab.api.at("never/was"), "get_repository") in ("not_a_repository", "not_found")


@pytest.mark.parametrize("folder", ["..", "../..", "a/../../..", "/etc", "../outside", "x/\\..", "~", "%2e%2e"])
def test_no_folder_leads_out_of_the_server_root(lab: JupyterProcess, environment: dict[str, str], folder: str) -> None:
    initialize(lab.root.parent / "outside", environment)
    try:
        assert code_of(lab.api.at(folder), "get_repository") in ("forbidden_path", "not_a_repository", "bad_request")
    finally:
        shutil.rmtree(lab.root.parent / "outside")


def test_a_symlink_out_of_the_root_is_refused(lab: JupyterProcess, environment: dict[str, str], outside: Path) -> None:
    initialize(outside / "elsewhere", environment)
    (lab.root / "link").symlink_to(outside / "elsewhere", target_is_directory=True)
    assert code_of(lab.api.at("link"), "get_repository") == "forbidden_path"


def test_a_repository_without_commits_is_described(lab: JupyterProcess, environment: dict[str, str]) -> None:
    top = lab.root / "unborn"
    top.mkdir()
    Workspace(top, environment).git("init", "-q", "-b", "main")
    (top / "new.txt").write_text("new\n")
    api = lab.api.at("unborn")
    found = api("get_repository")
    assert (found.branch, found.head) == ("main", None)
    (change,) = api("list_changes").files
    assert change.status == "untracked"
    api("stage", {"paths": ["new.txt"]})
    assert api("commit", {"message": "First"}).commit.parents == []


def test_a_detached_head_is_described_and_not_pushed(make_repository: Make) -> None:
    workspace, api = make_repository()
    workspace.git("remote", "add", "origin", "ssh://git@127.0.0.1:9/a/b.git")
    workspace.git("checkout", "-q", "--detach")
    assert api("get_repository").branch is None
    assert code_of(api, "push", {}) == "detached_head"


def test_credentials_in_a_remote_never_reach_the_browser(make_repository: Make) -> None:
    workspace, api = make_repository()
    workspace.git("remote", "add", "origin", "https://someone:hunter2secret@gitlab.example.org/group/sub/project.git")
    found = api("get_repository")
    assert (found.remote.host, found.remote.project_path) == ("gitlab.example.org", "group/sub/project")
    assert "hunter2secret" not in api.response("get_repository").text


def test_a_repository_without_a_remote_says_so(make_repository: Make) -> None:
    _, api = make_repository()
    assert api("get_repository").remote is None
    for name in ("get_account", "get_project", "list_merge_requests"):
        assert code_of(api, name) == "no_remote"


def test_a_missing_identity_is_named_and_can_be_set(make_repository: Make, lab_gitconfig: Path) -> None:
    workspace, api = make_repository()
    lab_gitconfig.write_text("[user]\n\tuseConfigOnly = true\n")
    workspace.write("README.md", "# Changed\n")
    api("stage", {"paths": ["README.md"]})
    assert code_of(api, "commit", {"message": "Change"}) == "identity_missing"
    for body in ({"name": "", "email": "a@b"}, {"name": "A", "email": " "}, {"name": "A <x>", "email": "a@b"}):
        assert code_of(api, "set_identity", body) == "bad_request"
    identity = api("set_identity", {"name": "Ada", "email": "ada@example.org"})
    assert (identity.name, identity.email) == ("Ada", "ada@example.org")
    assert api("commit", {"message": "Change"}).commit.author_email == "ada@example.org"


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can give a folder away")
def test_a_repository_of_somebody_else_is_named_with_what_to_do(make_repository: Make) -> None:
    workspace, api = make_repository()
    for path in (workspace.top, workspace.top / ".git"):
        os.chown(path, 12345, 12345)
    with pytest.raises(FailedError) as caught:
        api("get_repository")
    assert caught.value.code == "dubious_ownership"
    assert "safe.directory" in caught.value.reply.hint
