"""Versions of files from git objects, the index and the work tree."""

from __future__ import annotations

import dataclasses
import os
import sys
import threading
import time
from pathlib import Path

import pytest

from jupyterlab_gitlab.contract.errors import ErrorCode
from jupyterlab_gitlab.repository import Clone, readers

from .conftest import Refused, World
from .test_commits import conflict
from .test_status import ODD

posix = pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX files")


def test_each_revision_has_its_own_version(world: World) -> None:
    workspace, clone = world.repository("project", {"dir/a.ipynb": "one\n"})
    first = workspace.git("rev-parse", "HEAD")
    workspace.commit("Two", {"dir/a.ipynb": "two\n"})
    workspace.write("dir/a.ipynb", "three\n")
    workspace.git("add", ".")
    workspace.write("dir/a.ipynb", "four\n")
    path = b"dir/a.ipynb"
    found = {revision: clone.read(revision, path).data for revision in (first, "HEAD", "INDEX", "WORKTREE", "EMPTY")}
    assert found == {first: b"one\n", "HEAD": b"two\n", "INDEX": b"three\n", "WORKTREE": b"four\n", "EMPTY": None}
    version = clone.read("WORKTREE", path)
    assert version.oid == workspace.git("hash-object", "dir/a.ipynb")
    assert (version.kind, version.size, version.mode) == ("file", 5, "100644")
    assert clone.read_blob(clone.read("HEAD", path).oid).data == b"two\n"


def test_reading_objects_starts_one_process_for_many(world: World, started: list[list[str]]) -> None:
    workspace, clone = world.repository("project", {f"d/{n}.txt": f"{n}\n" for n in range(50)})
    sha = workspace.git("rev-parse", "HEAD")
    started.clear()
    assert [clone.read(sha, b"d/%d.txt" % n).data for n in range(50)] == [b"%d\n" % n for n in range(50)]
    assert len(started) == 1


def test_what_is_not_there_is_absent(world: World) -> None:
    workspace, clone = world.repository("project", {"dir/a.txt": "a\n"})
    sha = workspace.git("rev-parse", "HEAD")
    for revision in (sha, "HEAD", "INDEX", "WORKTREE"):
        for path in (b"none", b"dir/none", b"none/a.txt", b"dir/a.txt/below"):
            assert clone.read(revision, path).kind == "absent", (revision, path)
    assert clone.read("HEAD", b"dir").kind == clone.read("WORKTREE", b"dir").kind == "directory"


def test_an_unknown_revision_is_told(world: World, refused: Refused) -> None:
    workspace, clone = world.repository()
    refused(ErrorCode.REVISION_UNKNOWN, clone.read, "1" * 40, b"README.md")
    refused(ErrorCode.REVISION_UNKNOWN, clone.read, workspace.git("rev-parse", "HEAD:README.md"), b"README.md")
    refused(ErrorCode.REVISION_UNKNOWN, clone.read_blob, "1" * 40)
    refused(ErrorCode.REVISION_UNKNOWN, clone.read_blob, workspace.git("rev-parse", "HEAD"))
    for revision in ("main", "HEAD~1", "", "--all", "HEAD\n"):
        refused(ErrorCode.BAD_REQUEST, clone.read, revision, b"README.md")


def test_before_the_first_commit_there_is_no_head(world: World, refused: Refused) -> None:
    (world.root / "new").mkdir()
    workspace = world.workspace(world.root / "new")
    workspace.git("init", "-q")
    workspace.write("a.txt", "a\n")
    workspace.git("add", "a.txt")
    clone = world.open("new")
    refused(ErrorCode.NO_COMMITS, clone.read, "HEAD", b"a.txt")
    assert clone.read("INDEX", b"a.txt").data == clone.read("WORKTREE", b"a.txt").data == b"a\n"


@posix
@pytest.mark.skipif(sys.platform == "darwin", reason="the file system refuses such names")
def test_any_file_name_can_be_read(world: World) -> None:
    workspace, clone = world.repository()
    names = [*ODD, b"dir/" + ODD[2], b"*.txt", b":(top)x"]
    for name in names:
        path = workspace.top / os.fsdecode(name)
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"content of " + name)
    workspace.commit("Odd")
    for name in names:
        for revision in ("HEAD", "INDEX", "WORKTREE"):
            assert clone.read(revision, name).data == b"content of " + name


@posix
def test_a_link_is_its_text_and_is_never_followed(world: World, refused: Refused) -> None:
    workspace, clone = world.repository()
    outside = world.folder / "outside"
    outside.mkdir()
    (outside / "secret.txt").write_text("secret\n")
    (workspace.top / "file").symlink_to(outside / "secret.txt")
    (workspace.top / "folder").symlink_to(outside, target_is_directory=True)
    workspace.commit("Links")
    for revision in ("HEAD", "INDEX", "WORKTREE"):
        version = clone.read(revision, b"file")
        assert (version.kind, version.data) == ("symlink", os.fsencode(outside / "secret.txt"))
        assert version.oid == workspace.git("rev-parse", "HEAD:file")
    assert clone.read("HEAD", b"folder/secret.txt").kind == "absent"
    refused(ErrorCode.FORBIDDEN_PATH, clone.read, "WORKTREE", b"folder/secret.txt")


def test_a_submodule_is_its_commit(world: World) -> None:
    inner, _ = world.repository("inner")
    outer, clone = world.repository("outer")
    outer.git("-c", "protocol.file.allow=always", "submodule", "add", "-q", str(inner.top), "lib")
    outer.commit("With a submodule")
    sha = inner.git("rev-parse", "HEAD")
    for revision in ("HEAD", "INDEX", "WORKTREE"):
        version = clone.read(revision, b"lib")
        assert (version.kind, version.oid, version.data) == ("submodule", sha, None)


@posix
def test_a_pipe_and_an_unreadable_file_do_no_harm(world: World, refused: Refused) -> None:
    workspace, clone = world.repository()
    os.mkfifo(workspace.top / "pipe")
    assert clone.read("WORKTREE", b"pipe").kind == "absent"
    path = workspace.write("locked.txt", "x\n")
    path.chmod(0)
    if os.geteuid() != 0:  # root reads everything
        refused(ErrorCode.FORBIDDEN_PATH, clone.read, "WORKTREE", b"locked.txt")


def test_a_file_above_the_bound_has_a_size_and_no_data(world: World) -> None:
    workspace, _ = world.repository("project", {"big.bin": b"x" * 5000, "small.bin": b"y" * 1000})
    world.limits = dataclasses.replace(world.limits, blob=1000)
    clone = world.open("project")
    for revision in ("HEAD", "INDEX", "WORKTREE"):
        big, small = clone.read(revision, b"big.bin"), clone.read(revision, b"small.bin")
        assert (big.kind, big.size, big.data) == ("file", 5000, None)
        assert small.data == b"y" * 1000
    assert clone.read("HEAD", b"big.bin").oid == workspace.git("rev-parse", "HEAD:big.bin")


def test_a_conflicted_files_index_version_is_ours(world: World) -> None:
    _, clone = conflict(world)
    assert clone.read("INDEX", b"a.txt").data == b"3\n"
    assert b"<<<<<<<" in (clone.read("WORKTREE", b"a.txt").data or b"")


@pytest.mark.parametrize("how", ["attribute", "configuration"])
def test_line_ends_are_read_as_git_would_store_them(world: World, how: str) -> None:
    files = {"a.txt": "one\ntwo\n"}
    if how == "attribute":
        files[".gitattributes"] = "*.txt text\n"
    else:
        world.configure("[core]\n\tautocrlf = true\n")
    workspace, clone = world.repository("project", files)
    workspace.write("a.txt", b"one\r\ntwo\r\nthree\r\n")
    workspace.write("b.bin", b"\0\r\n")
    version = clone.read("WORKTREE", b"a.txt")
    assert version.data == b"one\ntwo\nthree\n" and version.size == 14
    assert version.oid == workspace.git("hash-object", "a.txt")
    assert clone.read("WORKTREE", b"b.bin").data == b"\0\r\n"
    head = clone.read("HEAD", b"a.txt")
    workspace.write("a.txt", b"one\r\ntwo\r\n")
    assert clone.read("WORKTREE", b"a.txt").oid == head.oid
    assert list((workspace.top / ".git").glob("gitlab-workflow-*")) == []
    assert workspace.git("cat-file", "-t", version.oid, check=False) == ""  # nothing was written


def test_without_conversion_the_bytes_are_as_they_are(world: World) -> None:
    workspace, clone = world.repository("project", {".gitattributes": "*.txt text\n"})
    workspace.write("a.ipynb", b"one\r\ntwo\r\n")
    assert clone.read("WORKTREE", b"a.ipynb").data == b"one\r\ntwo\r\n"


@posix
def test_a_filter_cleans_what_is_read_and_a_broken_one_is_passed_over(world: World) -> None:
    workspace, clone = world.repository("project", {".gitattributes": "*.ipynb filter=strip\n"})
    workspace.git("config", "filter.strip.clean", "sed s/secret/clean/")
    workspace.write("sub/a.ipynb", "secret\n")
    assert clone.read("WORKTREE", b"sub/a.ipynb").data == b"clean\n"
    workspace.git("config", "filter.strip.clean", "false")
    workspace.git("config", "filter.strip.required", "true")
    assert clone.read("WORKTREE", b"sub/a.ipynb").data == b"secret\n"


def test_a_repository_with_sha256_is_read(world: World) -> None:
    (world.root / "new").mkdir()
    workspace = world.workspace(world.root / "new")
    workspace.git("init", "-q", "--object-format=sha256")
    sha = workspace.commit("First", {"dir/a.txt": "a\n"})
    clone = world.open("new")
    assert len(sha) == 64
    assert clone.read(sha, b"dir/a.txt").oid == clone.read("WORKTREE", b"dir/a.txt").oid
    workspace.write("dir/a.txt", "b\n")
    workspace.write("new.txt", "n\n")
    (workspace.top / "dir" / "a.txt").unlink()
    assert clone.discard(["dir/a.txt", "new.txt"]).recovery_ref
    assert clone.changes().files == []


def test_replacement_objects_are_seen_through(world: World) -> None:
    workspace, clone = world.repository("project", {"a.txt": "true\n"})
    sha = workspace.git("rev-parse", "HEAD")
    other = workspace.commit("Other", {"a.txt": "false\n"})
    workspace.git("replace", sha, other)
    assert clone.read(sha, b"a.txt").data == b"true\n"


def test_objects_that_come_later_are_seen(world: World) -> None:
    workspace, clone = world.repository("project", {"a.txt": "1\n"})
    assert clone.read("HEAD", b"a.txt").data == b"1\n"
    for number in range(2, 5):
        workspace.commit("More", {"a.txt": f"{number}\n"})
        workspace.git("repack", "-adq")
        workspace.git("pack-refs", "--all")
        assert clone.read("HEAD", b"a.txt").data == b"%d\n" % number


def test_many_threads_read_at_once(world: World, started: list[list[str]]) -> None:
    workspace, clone = world.repository("project", {f"{n}.txt": f"{n}\n" * 2000 for n in range(20)})
    sha = workspace.git("rev-parse", "HEAD")
    started.clear()
    wrong: list[int] = []

    def read() -> None:
        for _ in range(10):
            for n in range(20):
                if clone.read(sha, b"%d.txt" % n).data != b"%d\n" % n * 2000:
                    wrong.append(n)

    threads = [threading.Thread(target=read) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == [] and len(started) <= world.limits.readers


def held(clone: Clone) -> list[int]:
    """The process ids of a clone's readers."""
    return [reader._process.pid for reader in clone._readers._free]


def test_a_reader_that_dies_is_replaced(world: World) -> None:
    _, clone = world.repository()
    clone.read("HEAD", b"README.md")
    os.kill(held(clone)[0], 9)
    time.sleep(0.1)
    assert clone.read("HEAD", b"README.md").kind == "file"


def test_readers_end_when_idle_and_when_closed(world: World) -> None:
    world.repository()
    world.limits = dataclasses.replace(world.limits, idle=0.0)
    clone = world.open("project")
    clone.read("HEAD", b"README.md")
    first = clone._readers._free[0]._process if clone._readers._free else None
    assert clone._readers.sweep()
    assert held(clone) == [] and (first is None or first.poll() is not None)
    clone.read("HEAD", b"README.md")
    clone.close()
    assert held(clone) == []
    assert clone.read("HEAD", b"README.md").kind == "file"


def test_a_reader_that_hangs_is_stopped(world: World, refused: Refused, monkeypatch: pytest.MonkeyPatch) -> None:
    world.repository()
    world.limits = dataclasses.replace(world.limits, local=0.5)
    monkeypatch.setattr(readers, "_SWEEP", 0.1)
    clone = world.open("project")
    clone.changes()
    if not Path("/bin/sleep").exists():
        pytest.skip("needs a program that never answers")
    popen = clone._tree.git.popen
    spawned = readers.processes.spawn

    def silent(*_: str) -> object:
        return spawned(["/bin/sleep", "600"], cwd="/", env={}, stdin=-1, stderr=-3)

    monkeypatch.setattr(clone._tree.git, "popen", silent)
    readers._sweeper._running = False  # so that a sweep with the short interval begins
    refused(ErrorCode.GIT_TIMEOUT, clone.read, "HEAD", b"README.md")
    monkeypatch.setattr(clone._tree.git, "popen", popen)
    assert clone.read("HEAD", b"README.md").kind == "file"
