"""Files that Jupyter serves, in no clone."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from jupyterlab_gitlab.contract.errors import ErrorCode

from .conftest import Refused, World

posix = pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege there")


def test_a_file_is_read_as_it_lies_there(world: World) -> None:
    (world.root / "data").mkdir()
    (world.root / "data" / "a b.txt").write_bytes(b"one\r\ntwo")
    found = world.clones().read_file("data/a b.txt")
    assert (found.kind, found.size, found.data) == ("file", 8, b"one\r\ntwo")
    expected = subprocess.run(
        ["git", "hash-object", "--no-filters", str(world.root / "data" / "a b.txt")],
        check=True,
        capture_output=True,
        text=True,
    )
    assert found.oid == expected.stdout.strip()


def test_what_is_no_file_is_told(world: World) -> None:
    (world.root / "folder").mkdir()
    clones = world.clones()
    assert clones.read_file("folder").kind == "directory"
    assert clones.read_file("nothing").kind == "absent"
    assert clones.read_file("folder/nothing/deeper").kind == "absent"


def test_a_file_beyond_the_limit_has_a_size_only(world: World) -> None:
    (world.root / "large.bin").write_bytes(b"x")
    os.truncate(world.root / "large.bin", world.limits.blob + 1)
    found = world.clones().read_file("large.bin")
    assert (found.kind, found.size, found.data) == ("file", world.limits.blob + 1, None)


@pytest.mark.parametrize(
    "path", ["../outside.txt", "a/../../outside.txt", "/etc/passwd", "", "a//b", ".hidden", "a/.b/c", "./a"]
)
def test_nothing_outside_the_root_and_nothing_hidden_is_read(world: World, path: str, refused: Refused) -> None:
    (world.folder / "outside.txt").write_text("secret")
    (world.root / ".hidden").write_text("secret")
    refused(ErrorCode.FORBIDDEN_PATH, world.clones().read_file, path)


def test_hidden_files_are_read_where_jupyter_serves_them(world: World) -> None:
    (world.root / ".hidden").write_text("text")
    assert world.clones(hidden=True).read_file(".hidden").data == b"text"


@posix
def test_a_link_is_followed_inside_the_root_only(world: World, refused: Refused) -> None:
    (world.folder / "outside.txt").write_text("secret")
    (world.root / "inside.txt").write_text("text")
    (world.root / "good").symlink_to("inside.txt")
    (world.root / "bad").symlink_to(world.folder / "outside.txt")
    (world.root / "circle").symlink_to("circle")
    assert world.clones().read_file("good").data == b"text"
    for name in ("bad", "circle"):
        refused(ErrorCode.FORBIDDEN_PATH, world.clones().read_file, name)
