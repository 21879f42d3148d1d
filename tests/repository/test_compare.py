"""The files between two commits."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from jupyterlab_gitlab.contract.errors import ErrorCode
from jupyterlab_gitlab.contract.paths import decode_path
from jupyterlab_gitlab.repository import compare

from .conftest import Refused, World
from .test_status import ODD


def test_every_kind_of_change_is_told(world: World, started: list[list[str]]) -> None:
    lines = "".join(f"{n}\n" for n in range(30))
    files = {
        "mod.ipynb": lines,
        "gone.txt": "g\n",
        "old.txt": lines + "tail\n" * 10,
        "type": "t\n",
        "bin": b"\0\1",
        "x.sh": "x\n",
    }
    workspace, clone = world.repository("project", files)
    base = workspace.git("rev-parse", "HEAD")
    workspace.git("mv", "old.txt", "new.txt")
    workspace.git("rm", "-q", "gone.txt", "type")
    (workspace.top / "type").symlink_to("mod.ipynb")
    (workspace.top / "x.sh").chmod(0o755)
    workspace.git("update-index", "--chmod=+x", "x.sh")
    head = workspace.commit(
        "All", {"mod.ipynb": lines + "30\n31\n", "new.txt": lines + "changed\n" * 10, "bin": b"\0\2", "added": "a\n"}
    )
    started.clear()
    found = clone.compare(base, head)
    assert len(started) == 1
    told = {file.path.id: (file.status, file.additions, file.deletions) for file in found}
    assert told == {
        "added": ("added", 1, 0),
        "bin": ("modified", None, None),
        "gone.txt": ("deleted", 0, 1),
        "mod.ipynb": ("modified", 2, 0),
        "new.txt": ("renamed", 10, 10),
        "type": ("type_changed", 1, 1),
        "x.sh": ("modified", 0, 0),
    }
    by_id = {file.path.id: file for file in found}
    assert by_id["new.txt"].old_path is not None and by_id["new.txt"].old_path.id == "old.txt"
    assert by_id["mod.ipynb"].notebook and not by_id["added"].notebook
    assert by_id["added"].old_blob is None and by_id["gone.txt"].new_blob is None
    assert by_id["mod.ipynb"].new_blob == workspace.git("rev-parse", "HEAD:mod.ipynb")
    assert clone.read_blob(str(by_id["mod.ipynb"].old_blob)).data == lines.encode()


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="the file system refuses such names")
def test_any_file_name_comes_through(world: World) -> None:
    workspace, clone = world.repository("project", {"before": "text\n" * 20})
    base = workspace.git("rev-parse", "HEAD")
    for name in ODD:
        (workspace.top / os.fsdecode(name)).write_bytes(b"x\n" + name)
    (workspace.top / "before").rename(workspace.top / os.fsdecode(b"after\n\xff\t"))
    head = workspace.commit("Odd")
    found = {decode_path(file.path.id): file for file in clone.compare(base, head)}
    assert set(found) == {*ODD, b"after\n\xff\t"}
    renamed = found[b"after\n\xff\t"]
    assert (renamed.status, renamed.additions, renamed.deletions) == ("renamed", 0, 0)


def test_a_submodule_has_its_commits_for_blobs(world: World) -> None:
    inner, _ = world.repository("inner")
    outer, clone = world.repository("outer")
    base = outer.git("rev-parse", "HEAD")
    outer.git("-c", "protocol.file.allow=always", "submodule", "add", "-q", str(inner.top), "lib")
    head = outer.commit("With a submodule")
    by_id = {file.path.id: file for file in clone.compare(base, head)}
    assert by_id["lib"].new_blob == inner.git("rev-parse", "HEAD")


def test_equal_commits_have_no_files_and_unknown_ones_are_told(world: World, refused: Refused) -> None:
    workspace, clone = world.repository()
    sha = workspace.git("rev-parse", "HEAD")
    assert clone.compare(sha, sha) == []
    for bad in ("1" * 40, "HEAD", "--stat", ""):
        refused(ErrorCode.REVISION_UNKNOWN, clone.compare, sha, bad)
        refused(ErrorCode.REVISION_UNKNOWN, clone.compare, bad, sha)


def test_the_merge_base_is_found_or_null(world: World, refused: Refused) -> None:
    workspace, clone = world.repository()
    base = workspace.git("rev-parse", "HEAD")
    workspace.git("switch", "-qc", "side")
    side = workspace.commit("Side")
    workspace.git("switch", "-q", "main")
    main = workspace.commit("Main")
    assert clone.merge_base(main, side) == base
    workspace.git("switch", "-q", "--orphan", "other")
    assert clone.merge_base(main, workspace.commit("Unrelated")) is None
    refused(ErrorCode.REVISION_UNKNOWN, clone.merge_base, "1" * 40, main)


def test_renames_are_those_of_git_itself_at_30_percent(world: World) -> None:
    lines = [f"line {number}\n" for number in range(100)]
    workspace, clone = world.repository(
        "project", {f"old{n}": "".join(f"{n} {line}" for line in lines) for n in range(5)}
    )
    base = workspace.git("rev-parse", "HEAD")
    for n, kept in enumerate((100, 60, 35, 25, 5)):
        workspace.git("rm", "-q", f"old{n}")
        body = [f"{n} {line}" for line in lines[:kept]] + [f"new {n} {line}" for line in lines[kept:]]
        workspace.write(f"new{n}", "".join(body))
    head = workspace.commit("Renamed")
    plain = subprocess.run(
        ["git", "diff", "--name-status", "--find-renames=30%", base, head],
        cwd=workspace.top,
        capture_output=True,
        text=True,
        check=True,
    )
    expected = {line.split("\t")[-1] for line in plain.stdout.splitlines() if line.startswith("R")}
    found = {file.path.id for file in clone.compare(base, head) if file.status == "renamed"}
    assert found == expected and {"new0", "new1"} <= found and "new4" not in found


def test_nothing_at_all_is_parsed_to_nothing(world: World) -> None:
    _, clone = world.repository()
    assert compare.parse(clone._tree, b"") == []
