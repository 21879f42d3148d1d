"""Staging and unstaging."""

from __future__ import annotations

import os
import sys

import pytest

from jupyterlab_gitlab.contract.errors import ErrorCode
from jupyterlab_gitlab.contract.paths import encode_path
from jupyterlab_gitlab.repository import Clone

from .conftest import Refused, World
from .test_status import ODD


def states(clone: Clone) -> dict[str, tuple[str | None, str | None]]:
    return {row.path.id: (row.staged, row.unstaged) for row in clone.changes().files}


def test_files_are_staged_and_unstaged(world: World) -> None:
    workspace, clone = world.repository("project", {"a.txt": "1\n", "gone.txt": "1\n"})
    workspace.write("a.txt", "2\n")
    workspace.write("new.txt", "n\n")
    (workspace.top / "gone.txt").unlink()
    clone.stage(["a.txt", "new.txt", "gone.txt"])
    assert states(clone) == {
        "a.txt": ("modified", None),
        "gone.txt": ("deleted", None),
        "new.txt": ("added", None),
    }
    clone.unstage(["a.txt", "new.txt", "gone.txt"])
    assert states(clone) == {
        "a.txt": (None, "modified"),
        "gone.txt": (None, "deleted"),
        "new.txt": (None, "untracked"),
    }


def test_only_the_named_files_are_touched_and_no_pattern_is_expanded(world: World) -> None:
    workspace, clone = world.repository()
    for name in ("*.txt", "a.txt", ":(top)b.txt", "[ab].txt"):
        workspace.write(name, "x\n")
    clone.stage([encode_path(b"*.txt"), encode_path(b":(top)b.txt"), encode_path(b"[ab].txt")])
    assert states(clone)["a.txt"] == (None, "untracked")
    assert sum(staged == "added" for staged, _ in states(clone).values()) == 3


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="the file system refuses such names")
def test_any_file_name_can_be_staged_and_unstaged(world: World) -> None:
    workspace, clone = world.repository()
    for name in ODD:
        (workspace.top / os.fsdecode(name)).write_bytes(b"x")
    ids = [encode_path(name) for name in ODD]
    clone.stage(ids)
    assert set(states(clone).values()) == {("added", None)} and len(states(clone)) == len(ODD)
    clone.unstage(ids)
    assert set(states(clone).values()) == {(None, "untracked")}


def test_before_the_first_commit_files_are_unstaged_too(world: World) -> None:
    (world.root / "new").mkdir()
    workspace = world.workspace(world.root / "new")
    workspace.git("init", "-q")
    workspace.write("a.txt", "a\n")
    clone = world.open("new")
    clone.stage(["a.txt"])
    assert states(clone) == {"a.txt": ("added", None)}
    clone.unstage(["a.txt"])
    assert states(clone) == {"a.txt": (None, "untracked")}


def test_a_rename_is_unstaged_on_both_sides(world: World) -> None:
    workspace, clone = world.repository("project", {"old.txt": "text\n" * 20})
    workspace.git("mv", "old.txt", "new.txt")
    clone.unstage(["new.txt"])
    assert states(clone) == {"new.txt": (None, "untracked"), "old.txt": (None, "deleted")}


def test_staging_resolves_a_conflict(world: World) -> None:
    workspace, clone = world.repository("project", {"a.txt": "1\n"})
    workspace.git("switch", "-qc", "side")
    workspace.commit("Side", {"a.txt": "2\n"})
    workspace.git("switch", "-q", "main")
    workspace.commit("Main", {"a.txt": "3\n"})
    workspace.git("merge", "side", check=False)
    workspace.write("a.txt", "23\n")
    clone.stage(["a.txt"])
    assert states(clone) == {"a.txt": ("modified", None)}


def test_a_file_that_has_no_change_any_more_is_passed_over(world: World) -> None:
    workspace, clone = world.repository("project", {"a.txt": "1\n", "b.txt": "1\n"})
    workspace.git("rm", "-q", "a.txt")
    workspace.write("c.txt", "c\n")
    clone.stage(["a.txt", "b.txt", "c.txt", "never.txt"])
    assert states(clone) == {"a.txt": ("deleted", None), "c.txt": ("added", None)}
    clone.unstage(["b.txt", "never.txt"])
    assert states(clone) == {"a.txt": ("deleted", None), "c.txt": ("added", None)}


def test_a_kept_file_taken_out_of_the_index_can_be_put_back(world: World) -> None:
    workspace, clone = world.repository("project", {"a.txt": "1\n"})
    workspace.git("rm", "-q", "--cached", "a.txt")
    assert states(clone) == {"a.txt": ("deleted", "untracked")}
    clone.stage(["a.txt"])
    assert states(clone) == {}


def test_a_repository_inside_is_not_staged(world: World, refused: Refused) -> None:
    workspace, clone = world.repository()
    workspace.git("init", "-q", "nested")
    world.workspace(workspace.top / "nested").commit("Inner", {"a.txt": "a\n"})
    error = refused(ErrorCode.BAD_REQUEST, clone.stage, ["nested"])
    assert "nested" in error.message


def test_a_file_behind_a_link_is_not_staged(world: World) -> None:
    workspace, clone = world.repository()
    outside = world.folder / "outside"
    outside.mkdir()
    (outside / "secret.txt").write_text("secret\n")
    (workspace.top / "link").symlink_to(outside, target_is_directory=True)
    clone.stage(["link/secret.txt"])
    assert states(clone) == {"link": (None, "untracked")}
    clone.stage(["link"])
    assert workspace.git("show", ":link") == str(outside)


def test_naming_no_file_is_refused(world: World, refused: Refused) -> None:
    _, clone = world.repository()
    refused(ErrorCode.BAD_REQUEST, clone.stage, [])
    refused(ErrorCode.FORBIDDEN_PATH, clone.stage, ["../outside"])
    refused(ErrorCode.FORBIDDEN_PATH, clone.unstage, [".git/config"])
