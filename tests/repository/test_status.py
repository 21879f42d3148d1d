"""The list of changes."""

from __future__ import annotations

import dataclasses
import os
import sys

import pytest

from jupyterlab_gitlab.contract.changes import ChangedFile
from jupyterlab_gitlab.contract.paths import decode_path
from jupyterlab_gitlab.repository import Clone

from .conftest import World

ODD = [b"with space.txt", b'quo"te.txt', b"new\nline.txt", b"-rf", b"--force", b"\xff\xfe.bin", "ü é.ipynb".encode()]
posix_names = pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="the file system refuses such names")


def rows(clone: Clone) -> dict[str, ChangedFile]:
    return {row.path.id: row for row in clone.changes().files}


def test_every_kind_of_change_is_told(world: World) -> None:
    lines = "".join(f"{n}\n" for n in range(30))
    files = {name: f"{name}\n{lines}" for name in ("mod", "staged", "both", "gone", "gone2", "old", "type", "kept")}
    workspace, clone = world.repository("project", files)
    workspace.write("mod", "new\n")
    workspace.write("staged", "new\n")
    workspace.write("both", "one\n")
    workspace.git("add", "staged", "both")
    workspace.write("both", "two\n")
    (workspace.top / "gone").unlink()
    workspace.git("rm", "-q", "gone2")
    workspace.git("mv", "old", "renamed.ipynb")
    (workspace.top / "type").unlink()
    (workspace.top / "type").symlink_to("mod")
    workspace.git("rm", "-q", "--cached", "kept")
    workspace.write("added", "a\n")
    workspace.git("add", "added")
    workspace.write("intent", "i\n")
    workspace.git("add", "-N", "intent")
    workspace.write("dir/new.ipynb", "{}")
    found = rows(clone)
    told = {name: (row.status, row.staged, row.unstaged) for name, row in found.items()}
    assert told == {
        "mod": ("modified", None, "modified"),
        "staged": ("modified", "modified", None),
        "both": ("modified", "modified", "modified"),
        "gone": ("deleted", None, "deleted"),
        "gone2": ("deleted", "deleted", None),
        "renamed.ipynb": ("renamed", "renamed", None),
        "type": ("type_changed", None, "type_changed"),
        "kept": ("modified", "deleted", "untracked"),
        "added": ("added", "added", None),
        "intent": ("added", None, "added"),
        "dir/new.ipynb": ("untracked", None, "untracked"),
    }
    assert found["renamed.ipynb"].old_path is not None and found["renamed.ipynb"].old_path.id == "old"
    assert [name for name, row in found.items() if row.notebook] == ["dir/new.ipynb", "renamed.ipynb"]
    assert found["gone"].size is None and found["mod"].size == 4
    assert list(found) == sorted(found)


def test_conflicts_carry_gits_two_letters(world: World) -> None:
    workspace, clone = world.repository("project", {"both": "1\n", "theirs": "1\n"})
    workspace.git("switch", "-qc", "side")
    workspace.write("both", "2\n")
    workspace.git("rm", "-q", "theirs")
    workspace.commit("Side", {"new": "2\n"})
    workspace.git("switch", "-q", "main")
    workspace.commit("Main", {"both": "3\n", "theirs": "3\n", "new": "3\n"})
    workspace.git("merge", "side", check=False)
    told = {name: (row.status, row.conflict, row.staged) for name, row in rows(clone).items()}
    assert told == {
        "both": ("conflicted", "UU", None),
        "new": ("conflicted", "AA", None),
        "theirs": ("conflicted", "UD", None),
    }


@posix_names
def test_any_file_name_comes_through(world: World) -> None:
    workspace, clone = world.repository()
    for name in ODD:
        (workspace.top / os.fsdecode(name)).write_bytes(b"x")
    assert sorted(decode_path(row.path.id) for row in clone.changes().files) == sorted(ODD)
    assert {row.path.display for row in clone.changes().files} >= {"\\xff\\xfe.bin", "new\nline.txt"}


def test_a_list_of_5000_files_is_one_process_and_is_cut(world: World, started: list[list[str]]) -> None:
    workspace, _ = world.repository()
    for folder in range(50):
        (workspace.top / f"d{folder}").mkdir()
        for number in range(100):
            (workspace.top / f"d{folder}" / f"{number}.txt").touch()
    world.limits = dataclasses.replace(world.limits, changes=100)
    clone = world.open("project")
    started.clear()
    changes = clone.changes()
    assert len(started) == 1
    assert (changes.total, len(changes.files), changes.truncated) == (5000, 100, True)


def test_large_files_are_marked_unless_lfs_keeps_them(world: World, started: list[list[str]]) -> None:
    workspace, _ = world.repository("project", {".gitattributes": "*.lfs filter=lfs\n"})
    world.limits = dataclasses.replace(world.limits, large_file=1000)
    clone = world.open("project")
    for name, size in (("big.csv", 1001), ("fits.csv", 1000), ("big.lfs", 5000)):
        workspace.write(name, b"x" * size)
    started.clear()
    assert {name: row.large for name, row in rows(clone).items()} == {
        "big.csv": True,
        "fits.csv": False,
        "big.lfs": False,
    }
    assert len(started) == 2


def test_a_submodule_is_shown_when_it_stands_elsewhere(world: World) -> None:
    inner, _ = world.repository("inner")
    outer, clone = world.repository("outer")
    outer.git("-c", "protocol.file.allow=always", "submodule", "add", "-q", str(inner.top), "lib")
    outer.commit("With a submodule")
    lib = world.workspace(outer.top / "lib")
    lib.write("dirty.txt", "x\n")
    assert rows(clone) == {}
    lib.commit("Inside")
    row = rows(clone)["lib"]
    assert (row.submodule, row.status, row.size, row.notebook) == (True, "modified", None, False)


def test_a_repository_inside_is_one_row(world: World) -> None:
    workspace, clone = world.repository()
    workspace.git("init", "-q", "nested")
    world.workspace(workspace.top / "nested").commit("Inner", {"a.txt": "a\n"})
    row = rows(clone)["nested"]
    assert row.submodule and row.status == "untracked"


def test_before_the_first_commit_all_is_new(world: World) -> None:
    (world.root / "new").mkdir()
    workspace = world.workspace(world.root / "new")
    workspace.git("init", "-q")
    workspace.write("a.txt", "a\n")
    workspace.write("b.txt", "b\n")
    workspace.git("add", "a.txt")
    assert {name: row.status for name, row in rows(world.open("new")).items()} == {
        "a.txt": "added",
        "b.txt": "untracked",
    }
