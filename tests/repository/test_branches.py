"""Branches: list, create, switch."""

from __future__ import annotations

import os
import sys

import pytest

from jupyterlab_gitlab.contract.errors import ErrorCode

from .conftest import Refused, World
from .test_commits import conflict, hook

NAMES = ["feature/a.b", "fix#12", "c++", "ünïcode/漢字", "a'b\"c", "100%", "x;rm", "$HOME", "v1.0-rc", "a@b", "{x}"]
INVALID = ["", "-x", "--upload-pack=evil", "a b", "a..b", "a~1", "a^", "a:b", "a?b", "a*b", "a[b", "a\\b", "/a", "a/"]
INVALID += ["a//b", ".a", "a/.b", "a.lock", "a.", "@", "a@{1}", "@{-1}", "-", "HEAD", "a\nb", "a\0b", "a\x7fb"]


@pytest.mark.parametrize("name", NAMES)
def test_any_name_that_git_takes_can_be_created_and_switched_to(world: World, name: str) -> None:
    workspace, clone = world.repository()
    assert clone.create_branch(name).branch == name
    assert clone.describe().branch == name == workspace.git("symbolic-ref", "--short", "HEAD")
    clone.switch_branch("main")
    assert clone.switch_branch(name).branch == name
    assert name in [branch.name for branch in clone.branches().branches if branch.current]


@pytest.mark.parametrize("name", INVALID)
def test_any_other_name_is_refused(world: World, refused: Refused, name: str) -> None:
    workspace, clone = world.repository()
    refused(ErrorCode.BRANCH_INVALID, clone.create_branch, name)
    refused(ErrorCode.BRANCH_INVALID, clone.switch_branch, name)
    assert workspace.git("for-each-ref", "--format=%(refname)") == "refs/heads/main"


def test_a_branch_is_created_where_it_should_start(world: World, refused: Refused) -> None:
    workspace, clone = world.repository("project", {"a.txt": "1\n"})
    first = workspace.git("rev-parse", "HEAD")
    workspace.commit("Second", {"a.txt": "2\n"})
    result = clone.create_branch("old", first)
    assert workspace.git("rev-parse", "HEAD") == first and result.changed_paths == ["project/a.txt"]
    stay = clone.create_branch("aside", "main", switch=False)
    assert clone.describe().branch == "old" and stay.changed_paths == []
    refused(ErrorCode.BRANCH_EXISTS, clone.create_branch, "aside")
    refused(ErrorCode.REVISION_UNKNOWN, clone.create_branch, "x", "nowhere")
    refused(ErrorCode.REVISION_UNKNOWN, clone.create_branch, "x", "--orphan")


def test_a_new_branch_follows_nothing_and_takes_changes_along(world: World) -> None:
    world.configure("[branch]\n\tautoSetupMerge = always\n")
    workspace, clone, _ = world.cloned({"a.txt": "1\n"})
    workspace.write("a.txt", "2\n")
    result = clone.create_branch("feature", "origin/main")
    assert clone.describe().upstream is None and result.changed_paths == []
    assert clone.changes().total == 1


def test_before_the_first_commit_the_branch_is_renamed(world: World, refused: Refused) -> None:
    (world.root / "new").mkdir()
    world.workspace(world.root / "new").git("init", "-q")
    clone = world.open("new")
    assert clone.create_branch("trunk").branch == "trunk"
    assert clone.describe().branch == "trunk"
    refused(ErrorCode.NO_COMMITS, clone.create_branch, "aside", switch=False)


def test_switching_tells_which_documents_changed(world: World) -> None:
    workspace, clone = world.repository(
        "project", {"a.ipynb": "1\n", "b.ipynb": "1\n", "kept.txt": "k\n", ".hidden": "1\n"}
    )
    clone.create_branch("side")
    (workspace.top / "b.ipynb").unlink()
    workspace.commit("Side", {"a.ipynb": "2\n", "new/c.ipynb": "c\n", ".hidden": "2\n"})
    workspace.write("kept.txt", "mine\n")
    result = clone.switch_branch("main")
    assert sorted(result.changed_paths) == ["project/a.ipynb", "project/b.ipynb", "project/new/c.ipynb"]
    assert (workspace.top / "kept.txt").read_text() == "mine\n"


def test_switching_never_overwrites_changes(world: World, refused: Refused) -> None:
    workspace, clone = world.repository("project", {"a.txt": "1\n", ".gitignore": "ignored.txt\n", "place": "p\n"})
    clone.create_branch("side")
    workspace.commit("Side", {"a.txt": "2\n", "new.txt": "n\n"})
    workspace.git("rm", "-q", "place")
    workspace.write("ignored.txt", "theirs\n")
    workspace.write("folder/x.txt", "x\n")
    workspace.git("add", "-f", "ignored.txt", "folder")
    workspace.git("commit", "-qm", "More")
    clone.switch_branch("main")
    for name in ("a.txt", "new.txt", "ignored.txt", "folder"):
        workspace.write(name, "mine\n")
        error = refused(ErrorCode.WOULD_OVERWRITE, clone.switch_branch, "side")
        assert error.details["names"] == [name], name
        assert name in error.message and error.details["contents_paths"] == [f"project/{name}"]
        assert (workspace.top / name).read_text() == "mine\n"
        (workspace.top / name).unlink()
        workspace.git("checkout", "-q", "--", ".")
    assert clone.switch_branch("side").branch == "side"


def test_a_branch_that_only_the_remote_has_is_followed(world: World, refused: Refused) -> None:
    _, clone, bare = world.cloned()
    other = world.colleague(bare)
    other.git("switch", "-qc", "theirs/x.y")
    other.commit("Theirs", {"b.ipynb": "{}"})
    other.git("push", "-q", "origin", "HEAD")
    refused(ErrorCode.BRANCH_UNKNOWN, clone.switch_branch, "theirs/x.y")
    clone.fetch()
    listed = {branch.name: branch for branch in clone.branches().branches}
    assert listed["theirs/x.y"].remote == "origin" and not listed["theirs/x.y"].current
    assert clone.switch_branch("theirs/x.y").changed_paths == ["project/b.ipynb"]
    upstream = clone.describe().upstream
    assert upstream is not None and (upstream.remote, upstream.branch) == ("origin", "theirs/x.y")
    listed = {branch.name: branch for branch in clone.branches().branches}
    assert listed["theirs/x.y"].remote is None and listed["theirs/x.y"].upstream == "origin/theirs/x.y"


def test_the_list_has_counts_order_and_the_default(world: World) -> None:
    workspace, clone, bare = world.cloned()
    os.environ["GIT_COMMITTER_DATE"] = "2030-01-01T00:00:00Z"
    try:
        clone.create_branch("newer")
        workspace.commit("Newer")
    finally:
        del os.environ["GIT_COMMITTER_DATE"]
    workspace.git("push", "-qu", "origin", "newer")
    workspace.git("reset", "-q", "--hard", "HEAD~1")
    workspace.git("remote", "set-head", "origin", "main")
    bare.git("branch", "only-there", "main")
    clone.fetch()
    found = clone.branches()
    assert found.default == "main"
    assert [(branch.name, branch.remote) for branch in found.branches] == [
        ("main", None),
        ("newer", None),
        ("only-there", "origin"),
    ]
    by_name = {branch.name: branch for branch in found.branches}
    assert (by_name["newer"].ahead, by_name["newer"].behind, by_name["newer"].current) == (0, 1, True)
    assert (by_name["main"].title, by_name["main"].upstream) == ("Start", "origin/main")


def test_a_remote_with_a_slash_in_its_name_is_understood(world: World) -> None:
    workspace, clone, bare = world.cloned()
    bare.git("branch", "feature/x", "main")
    workspace.git("remote", "add", "team/fork", f"file://{bare.top}")
    workspace.git("fetch", "-q", "team/fork")
    listed = [(branch.name, branch.remote) for branch in clone.branches().branches]
    assert ("feature/x", "team/fork") in listed


def test_switching_waits_for_a_merge_to_end(world: World, refused: Refused) -> None:
    _, clone = conflict(world)
    error = refused(ErrorCode.CONFLICTED, clone.switch_branch, "side")
    assert "merge --abort" in error.hint
    refused(ErrorCode.CONFLICTED, clone.create_branch, "other")


@pytest.mark.skipif(sys.platform == "win32", reason="hooks are shell scripts with an executable bit")
def test_a_hook_that_fails_after_the_switch_does_not_undo_it(world: World) -> None:
    workspace, clone = world.repository()
    hook(workspace, "post-checkout", "echo moaning; exit 1")
    result = clone.create_branch("side")
    assert result.branch == "side" and "moaning" in result.output
    assert clone.switch_branch("main").branch == "main"


def test_names_that_stand_in_each_others_way_are_told(world: World, refused: Refused) -> None:
    _, clone = world.repository()
    clone.create_branch("a", switch=False)
    error = refused(ErrorCode.GIT_FAILED, clone.create_branch, "a/b")
    assert "refs/heads/a" in error.details["output"]
