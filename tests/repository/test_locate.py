"""Which clone a folder lies in, and what stays out of reach."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest
from git_workspace import initialize

from jupyterlab_gitlab.contract.errors import ErrorCode
from jupyterlab_gitlab.contract.paths import encode_path
from jupyterlab_gitlab.repository import run

from .conftest import Refused, World

FILES = {"notebooks/deep/train.ipynb": "{}", "README.md": "# Read\n"}


def test_a_clone_is_found_from_its_top_a_folder_and_a_file(world: World) -> None:
    workspace, clone = world.repository("project", FILES)
    for folder in ("project", "project/", "project/notebooks/deep", "project/notebooks/deep/train.ipynb"):
        found = world.open(folder)
        assert (found.top, found.id, found.folder) == (workspace.top, clone.id, "project")


def test_the_same_clone_is_handed_out_again_without_a_process(world: World, started: list[list[str]]) -> None:
    world.repository("project", FILES)
    started.clear()
    clones = world.clones()
    first = clones.open("project/notebooks")
    assert clones.open("project") is first and clones.open("project/README.md") is first
    assert len(started) == 1


def test_a_root_that_is_a_clone_is_one(world: World) -> None:
    initialize(world.root, dict(os.environ), FILES)
    clone = world.open("")
    assert clone.folder == "" and clone.file_path(b"README.md").contents_path == "README.md"


def test_a_root_inside_a_clone_reaches_only_its_own_files(world: World) -> None:
    workspace, _ = world.repository("project", FILES)
    clone = world.open("deep", root=workspace.top / "notebooks")
    assert clone.top == workspace.top and clone.folder is None
    assert clone.file_path(b"notebooks/deep/train.ipynb").contents_path == "deep/train.ipynb"
    assert clone.file_path(b"README.md").contents_path is None
    assert clone.path_of_contents("deep/train.ipynb") == b"notebooks/deep/train.ipynb"
    workspace.write("README.md", "changed\n")
    (row,) = clone.changes().files
    assert (row.path.id, row.path.contents_path) == ("README.md", None)


def test_a_folder_that_was_deleted_means_the_nearest_one_left(world: World) -> None:
    workspace, clone = world.repository("project", FILES)
    shutil.rmtree(workspace.top / "notebooks")
    assert world.open("project/notebooks/deep").top == clone.top


def test_no_repository_is_told_with_a_hint(world: World, refused: Refused) -> None:
    (world.root / "plain").mkdir()
    for folder in ("plain", "never/was", ""):
        refused(ErrorCode.NOT_A_REPOSITORY, world.open, folder)


def test_a_bare_repository_and_a_git_directory_are_none(world: World, refused: Refused) -> None:
    workspace, _ = world.repository("project", FILES)
    workspace.git("init", "-q", "--bare", "bare.git")
    clones = world.clones()
    clones.open("project")
    refused(ErrorCode.NOT_A_REPOSITORY, clones.open, "project/bare.git")
    refused(ErrorCode.NOT_A_REPOSITORY, clones.open, "project/bare.git/refs")
    refused(ErrorCode.NOT_A_REPOSITORY, clones.open, "project/.git/refs")


@pytest.mark.parametrize(
    "folder", ["..", "../outside", "project/../..", "a/../../b", "/etc", "/", "\\\\host\\x", "a\0b"]
)
def test_no_folder_leads_out_of_the_root(world: World, refused: Refused, folder: str) -> None:
    initialize(world.folder / "outside", dict(os.environ))
    world.repository("project")
    refused(ErrorCode.FORBIDDEN_PATH, world.open, folder)


def test_a_drive_is_no_folder_but_a_colon_in_a_name_is(world: World, refused: Refused) -> None:
    initialize(world.root, dict(os.environ))
    refused(ErrorCode.FORBIDDEN_PATH, world.open, "RTC:notebooks/x.ipynb")
    (world.root / "data:2026").mkdir()
    assert world.open("data:2026/gone").top == world.root


def test_a_link_out_of_the_root_is_refused(world: World, refused: Refused) -> None:
    elsewhere = initialize(world.folder / "elsewhere", dict(os.environ), {"sub/a.txt": "a\n"})
    (world.root / "link").symlink_to(elsewhere.top, target_is_directory=True)
    refused(ErrorCode.FORBIDDEN_PATH, world.open, "link")
    refused(ErrorCode.FORBIDDEN_PATH, world.open, "link/sub")
    refused(ErrorCode.FORBIDDEN_PATH, world.open, "link/sub/gone")


def test_a_link_inside_the_root_means_its_target(world: World) -> None:
    workspace, clone = world.repository("project", FILES)
    (world.root / "link").symlink_to(workspace.top / "notebooks", target_is_directory=True)
    assert world.open("link").id == clone.id
    assert clone.path_of_contents("link/deep/train.ipynb") == b"notebooks/deep/train.ipynb"


def test_a_root_that_is_a_link_is_resolved_once(world: World) -> None:
    world.repository("project", FILES)
    (world.folder / "home").symlink_to(world.root, target_is_directory=True)
    assert world.open("project", root=world.folder / "home").folder == "project"


def test_a_submodule_is_a_clone_of_its_own(world: World) -> None:
    inner, _ = world.repository("inner")
    outer, _ = world.repository("outer")
    outer.git("-c", "protocol.file.allow=always", "submodule", "add", "-q", str(inner.top), "lib")
    assert world.open("outer/lib").folder == "outer/lib"
    assert world.open("outer/lib").id != world.open("outer").id


def test_a_linked_work_tree_shares_the_repository_but_not_the_id(world: World) -> None:
    workspace, clone = world.repository("project")
    workspace.git("worktree", "add", "-q", "../second", "-b", "second")
    second = world.open("second")
    assert second.id != clone.id and second.describe().branch == "second"
    world.workspace(world.root / "second").write("x.txt", "x\n")
    second.stage(["x.txt"])
    assert second.commit("In the second").commit.title == "In the second"


def test_a_clone_in_a_folder_with_a_line_feed_is_found(world: World) -> None:
    _, clone = world.repository("odd\nname é")
    assert clone.folder == "odd\nname é"
    assert clone.changes().total == 0


def test_a_repository_of_somebody_else_names_the_command(
    world: World, refused: Refused, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace, _ = world.repository("with 'quote")
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    error = refused(ErrorCode.DUBIOUS_OWNERSHIP, world.open, "with 'quote")
    command = error.details["command"]
    assert command in error.hint
    monkeypatch.delenv("GIT_TEST_ASSUME_DIFFERENT_OWNER")
    subprocess.run(shlex.split(command), check=True)
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    assert world.open("with 'quote").top == workspace.top


def test_a_broken_configuration_is_not_taken_for_no_repository(world: World, refused: Refused) -> None:
    workspace, _ = world.repository()
    (workspace.top / ".git" / "config").write_text("[core\n")
    error = refused(ErrorCode.GIT_FAILED, world.open, "project")
    assert "config" in error.details["output"]


def test_a_machine_without_git_is_told_so(world: World, refused: Refused, monkeypatch: pytest.MonkeyPatch) -> None:
    world.repository()
    run.executable.cache_clear()
    monkeypatch.setenv("PATH", str(world.folder))
    refused(ErrorCode.GIT_MISSING, world.open, "project")
    monkeypatch.undo()
    assert run.executable()


def test_a_clone_whose_folder_vanishes_says_so(world: World, refused: Refused) -> None:
    workspace, clone = world.repository()
    shutil.rmtree(workspace.top)
    refused(ErrorCode.NOT_A_REPOSITORY, clone.changes)


@pytest.mark.parametrize(
    "path",
    [b"", b"/etc/passwd", b"../x", b"a/../../x", b"a/./b", b"a//b", b"a/", b".git/config", b"a/.GIT/config", b"a\0b"],
)
def test_a_path_id_names_only_files_of_the_work_tree(world: World, refused: Refused, path: bytes) -> None:
    _, clone = world.repository()
    refused(ErrorCode.FORBIDDEN_PATH, clone.path, encode_path(path))


@pytest.mark.parametrize(
    "path", [b"a b", b'quo"te', b"-rf", b"new\nline", b"\xff\xfe", "ü/é".encode(), b"..a", b"a.git"]
)
def test_a_path_id_names_any_file_of_the_work_tree(world: World, path: bytes) -> None:
    _, clone = world.repository()
    assert clone.path(encode_path(path)) == path
    assert clone.path(clone.file_path(path).id) == path


def test_contents_paths_follow_what_jupyter_can_name(world: World) -> None:
    world.repository()
    plain = world.open("project")
    assert plain.file_path(b"a/b.txt").contents_path == "project/a/b.txt"
    assert plain.file_path(b"\xff.txt").contents_path is None
    assert plain.file_path(b".gitignore").contents_path is None
    assert plain.file_path(b".github/x.txt").contents_path is None
    assert world.clones(hidden=True).open("project").file_path(b".gitignore").contents_path == "project/.gitignore"


def test_a_contents_path_of_another_clone_is_refused(world: World, refused: Refused) -> None:
    _, clone = world.repository("project")
    world.repository("other")
    for path in ("other/README.md", "../x", "project", "", "project/.git/config"):
        refused(ErrorCode.FORBIDDEN_PATH, clone.path_of_contents, path)


def test_many_clones_do_not_pile_up(world: World) -> None:
    clones = world.clones()
    for number in range(40):
        initialize(world.root / f"p{number}", dict(os.environ))
        clones.open(f"p{number}").read("HEAD", b"README.md")
    assert len(clones._by_top) == 32
    assert Path(clones.open("p0").top).name == "p0"
