"""Discarding, and getting everything back."""

from __future__ import annotations

import os
import sys

import pytest
from git_workspace import Workspace

from jupyterlab_gitlab.contract.errors import ErrorCode
from jupyterlab_gitlab.contract.paths import encode_path
from jupyterlab_gitlab.repository import Clone, discard

from .conftest import Refused, World
from .test_index import states
from .test_status import ODD


def contents(workspace: Workspace) -> dict[str, bytes]:
    """All files of the work tree; a link as its target."""
    found = {}
    for path in sorted(workspace.top.rglob("*")):
        name = path.relative_to(workspace.top).as_posix()
        if name == ".git" or name.startswith(".git/") or (path.is_dir() and not path.is_symlink()):
            continue
        found[name] = b"-> " + os.fsencode(path.readlink()) if path.is_symlink() else path.read_bytes()
    return found


def every_kind(world: World) -> tuple[Workspace, Clone]:
    lines = "".join(f"{n}\n" for n in range(30))
    files = {name: f"{name}\n{lines}" for name in ("mod", "staged", "both", "gone", "gone2", "old", "type", "kept")}
    workspace, clone = world.repository("project", {**files, "untouched": "u\n"})
    workspace.write("mod", "new\n")
    workspace.write("staged", "new\n")
    workspace.write("both", "one\n")
    workspace.git("add", "staged", "both")
    workspace.write("both", "two\n")
    (workspace.top / "gone").unlink()
    workspace.git("rm", "-q", "gone2")
    workspace.git("mv", "old", "renamed")
    (workspace.top / "type").unlink()
    (workspace.top / "type").symlink_to("mod")
    workspace.git("rm", "-q", "--cached", "kept")
    workspace.write("added", "a\n")
    workspace.git("add", "added")
    workspace.write("dir/new", b"\0binary\r\n")
    return workspace, clone


def test_every_kind_of_change_is_discarded_and_comes_back(world: World) -> None:
    workspace, clone = every_kind(world)
    before, changes = contents(workspace), states(clone)
    result = clone.discard([row.path.id for row in clone.changes().files])
    assert states(clone) == {}
    assert "dir/new" not in contents(workspace) and "added" not in contents(workspace)
    assert len(result.discarded) == len(changes)
    assert result.recovery_ref is not None
    assert workspace.git("stash", "list") == ""
    (workspace.top / "kept").unlink()  # as git stash itself: it does not write over a file that is there
    workspace.git("rm", "-q", "--cached", "kept")
    workspace.git("stash", "apply", result.recovery_ref)
    assert contents(workspace) == before


def test_only_the_named_files_are_discarded_and_come_back_beside_other_changes(world: World) -> None:
    workspace, clone = every_kind(world)
    before = contents(workspace)
    result = clone.discard(["both", "dir/new"])
    assert {row.id for row in result.discarded} == {"both", "dir/new"}
    after = contents(workspace)
    assert {name for name in before if before[name] != after.get(name)} == {"both", "dir/new"}
    workspace.git("stash", "apply", str(result.recovery_ref))
    assert contents(workspace) == before


def test_the_staged_version_is_kept_too(world: World) -> None:
    workspace, clone = every_kind(world)
    ref = clone.discard(["both"]).recovery_ref
    assert workspace.git("show", f"{ref}^2:both") == "one"
    assert workspace.git("show", f"{ref}:both") == "two"
    assert workspace.git("show", f"{ref}^1:both").startswith("both")


def test_the_users_stash_and_index_are_left_alone(world: World) -> None:
    workspace, clone = every_kind(world)
    workspace.git("stash", "push", "-q", "--", "mod")
    stash, index = workspace.git("rev-parse", "stash"), workspace.git("ls-files", "-s", "staged")
    clone.discard(["gone"])
    assert workspace.git("rev-parse", "stash") == stash
    assert workspace.git("ls-files", "-s", "staged") == index
    assert len(workspace.git("stash", "list").splitlines()) == 1


def test_each_discard_has_a_ref_of_its_own(world: World) -> None:
    workspace, clone = world.repository("project", {"a.txt": "1\n"})
    refs = set()
    for number in range(3):
        workspace.write("a.txt", f"{number + 2}\n")
        refs.add(clone.discard(["a.txt"]).recovery_ref)
    listed = workspace.git("for-each-ref", "--format=%(refname)", discard.REFS).splitlines()
    assert set(listed) == refs and len(refs) == 3


def test_without_an_identity_it_works_too(world: World) -> None:
    workspace, clone = world.repository("project", {"a.txt": "1\n"})
    world.gitconfig.write_text("[user]\n\tuseConfigOnly = true\n")
    workspace.write("a.txt", "2\n")
    assert clone.discard(["a.txt"]).recovery_ref


def test_before_the_first_commit_files_are_removed_and_kept_in_the_ref(world: World) -> None:
    (world.root / "new").mkdir()
    workspace = world.workspace(world.root / "new")
    workspace.git("init", "-q")
    workspace.write("staged.txt", "s\n")
    workspace.write("new.txt", "n\n")
    workspace.git("add", "staged.txt")
    clone = world.open("new")
    ref = clone.discard(["staged.txt", "new.txt"]).recovery_ref
    assert contents(workspace) == {} and states(clone) == {}
    assert workspace.git("show", f"{ref}:staged.txt") == "s"
    assert workspace.git("show", f"{ref}^3:new.txt") == "n"


def test_a_conflicted_file_goes_back_to_ours(world: World) -> None:
    workspace, clone = world.repository("project", {"a.txt": "1\n"})
    workspace.git("switch", "-qc", "side")
    workspace.commit("Side", {"a.txt": "2\n"})
    workspace.git("switch", "-q", "main")
    workspace.commit("Main", {"a.txt": "3\n"})
    workspace.git("merge", "side", check=False)
    ref = clone.discard(["a.txt"]).recovery_ref
    assert contents(workspace)["a.txt"] == b"3\n" and states(clone) == {}
    assert "<<<<<<<" in workspace.git("show", f"{ref}:a.txt")


def test_an_intent_to_add_is_discarded(world: World) -> None:
    workspace, clone = world.repository()
    workspace.write("intent", "i\n")
    workspace.git("add", "-N", "intent")
    ref = clone.discard(["intent"]).recovery_ref
    assert states(clone) == {} and not (workspace.top / "intent").exists()
    assert workspace.git("show", f"{ref}:intent") == "i"


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="the file system refuses such names")
def test_any_file_name_can_be_discarded(world: World) -> None:
    workspace, clone = world.repository()
    for name in ODD:
        (workspace.top / os.fsdecode(name)).write_bytes(b"x")
    before = contents(workspace)
    ref = clone.discard([encode_path(name) for name in ODD]).recovery_ref
    assert states(clone) == {}
    workspace.git("stash", "apply", str(ref))
    assert contents(workspace) == before


def test_a_file_where_a_folder_was_is_discarded(world: World, refused: Refused) -> None:
    workspace, clone = world.repository("project", {"place/a.txt": "a\n", "file": "f\n"})
    (workspace.top / "place" / "a.txt").unlink()
    (workspace.top / "place").rmdir()
    workspace.write("place", "now a file\n")
    (workspace.top / "file").unlink()
    workspace.write("file/inner.txt", "i\n")
    before = contents(workspace)
    for alone in ("file", "place/a.txt"):  # git would remove what stands there, unseen and unsaved
        error = refused(ErrorCode.WOULD_OVERWRITE, clone.discard, [alone])
        assert error.details["names"] == [{"file": "file/inner.txt", "place/a.txt": "place"}[alone]]
    assert contents(workspace) == before
    ref = clone.discard([row.path.id for row in clone.changes().files]).recovery_ref
    assert states(clone) == {}
    assert contents(workspace) == {"file": b"f\n", "place/a.txt": b"a\n"}
    assert ref is not None and before["place"] == workspace.git("show", f"{ref}^3:place").encode() + b"\n"


def test_a_submodule_is_not_discarded(world: World, refused: Refused) -> None:
    inner, _ = world.repository("inner")
    outer, clone = world.repository("outer")
    outer.git("-c", "protocol.file.allow=always", "submodule", "add", "-q", str(inner.top), "lib")
    outer.commit("With a submodule")
    sha = world.workspace(outer.top / "lib").commit("Inside")
    refused(ErrorCode.BAD_REQUEST, clone.discard, ["lib"])
    assert world.workspace(outer.top / "lib").git("rev-parse", "HEAD") == sha


def test_nothing_is_discarded_if_a_file_is_saved_meanwhile(
    world: World, refused: Refused, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace, clone = world.repository("project", {"a.txt": "1\n"})
    workspace.write("a.txt", "2\n")
    store = discard._store

    def saved_meanwhile(*args: object) -> str:
        ref = store(*args)  # type: ignore[arg-type]
        workspace.write("a.txt", "longer than before\n")
        return ref

    monkeypatch.setattr(discard, "_store", saved_meanwhile)
    refused(ErrorCode.FILE_CHANGED, clone.discard, ["a.txt"])
    assert contents(workspace)["a.txt"] == b"longer than before\n"


def test_what_has_no_change_is_not_discarded(world: World) -> None:
    workspace, clone = world.repository("project", {"a.txt": "1\n", ".gitignore": "ignored\n"})
    workspace.write("ignored", "i\n")
    result = clone.discard(["a.txt", "ignored"])
    assert (result.discarded, result.recovery_ref) == ([], None)
    assert (workspace.top / "ignored").exists()
