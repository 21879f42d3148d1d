"""The clone in one reply."""

from __future__ import annotations

import os

from git_workspace import initialize

from .conftest import World


def test_a_clone_with_an_upstream_is_described(world: World) -> None:
    workspace, clone, bare = world.cloned()
    workspace.git("switch", "-qc", "feature/a.b+c#1")
    workspace.git("push", "-qu", "origin", "HEAD")
    workspace.commit("Two\nlines\n\nBody")
    workspace.commit("Three")
    other = world.colleague(bare)
    other.git("switch", "-q", "feature/a.b+c#1")
    other.commit("Theirs", {"b.txt": "b\n"})
    other.git("push", "-q")
    clone.fetch()
    found = clone.describe()
    assert (found.branch, found.name, found.folder) == ("feature/a.b+c#1", "project", "project")
    assert found.head is not None and found.head.title == "Three" and found.head.author_name == "Ada"
    assert found.head.sha == workspace.git("rev-parse", "HEAD") and found.head.committed_at.endswith("Z")
    assert found.upstream is not None
    assert (found.upstream.remote, found.upstream.branch) == ("origin", "feature/a.b+c#1")
    assert (found.upstream.ahead, found.upstream.behind, found.upstream.gone) == (2, 1, False)
    assert found.unpushed == 2 and found.operation is None
    assert (found.identity.name, found.identity.email) == ("Ada", "ada@example.com")
    assert [remote.name for remote in found.remotes] == ["origin"]
    assert found.remote is not None and found.remote.host is None


def test_describing_takes_a_bounded_number_of_processes(world: World, started: list[list[str]]) -> None:
    workspace, clone, _ = world.cloned()
    for number in range(30):
        workspace.git("branch", f"b{number}")
        workspace.git("remote", "add", f"r{number}", f"https://gitlab.com/g/p{number}.git")
    started.clear()
    clone.describe()
    assert len(started) == 5


def test_a_title_of_two_lines_is_one(world: World) -> None:
    workspace, clone = world.repository()
    workspace.commit("One\nline\n\nBody")
    head = clone.describe().head
    assert head is not None and head.title == "One line"


def test_an_unborn_branch_has_no_head(world: World) -> None:
    top = world.root / "new"
    top.mkdir()
    world.workspace(top).git("init", "-q", "-b", "trunk")
    found = world.open("new").describe()
    assert (found.branch, found.head, found.upstream, found.unpushed) == ("trunk", None, None, 0)
    assert found.remotes == [] and found.remote is None


def test_a_detached_head_has_no_branch(world: World) -> None:
    workspace, clone = world.repository()
    workspace.git("checkout", "-q", "--detach")
    found = clone.describe()
    assert found.branch is None and found.head is not None and found.head.title == "Start"


def test_a_gone_upstream_is_told(world: World) -> None:
    workspace, clone, bare = world.cloned()
    workspace.git("switch", "-qc", "feature")
    workspace.git("push", "-qu", "origin", "feature")
    bare.git("branch", "-D", "feature")
    clone.fetch()
    upstream = clone.describe().upstream
    assert upstream is not None and upstream.gone and upstream.branch == "feature"


def test_urls_are_what_git_uses_without_their_passwords(world: World) -> None:
    world.configure('[url "https://gitlab.example.com/"]\n\tinsteadOf = gl:\n')
    workspace, clone = world.repository()
    workspace.git("remote", "add", "origin", "gl:group/sub/project.git")
    workspace.git("remote", "add", "old", "https://ada:glpat-secret@gitlab.com/a/b.git")
    remotes = {remote.name: remote for remote in clone.describe().remotes}
    assert remotes["origin"].url == "https://gitlab.example.com/group/sub/project.git"
    assert (remotes["origin"].host, remotes["origin"].project_path) == ("gitlab.example.com", "group/sub/project")
    assert remotes["old"].url == "https://gitlab.com/a/b.git"
    assert clone.url_of("old") == "https://ada:glpat-secret@gitlab.com/a/b.git"
    assert clone.url_of("absent") is None and clone.url_of("--all") is None


def test_an_operation_under_way_is_named(world: World) -> None:
    workspace, clone = world.repository("project", {"a.txt": "1\n"})
    workspace.git("switch", "-qc", "side")
    workspace.commit("Side", {"a.txt": "2\n"})
    workspace.git("switch", "-q", "main")
    workspace.commit("Main", {"a.txt": "3\n"})
    workspace.git("merge", "side", check=False)
    assert clone.describe().operation == "merge"
    workspace.git("merge", "--abort")
    workspace.git("rebase", "side", check=False)
    found = clone.describe()
    assert (found.operation, found.branch) == ("rebase", None)
    workspace.git("rebase", "--abort")
    workspace.git("cherry-pick", "side", check=False)
    assert clone.describe().operation == "cherry-pick"
    workspace.git("cherry-pick", "--abort")
    workspace.git("revert", "--no-commit", "HEAD")
    assert clone.describe().operation == "revert"
    workspace.git("revert", "--abort")
    workspace.git("bisect", "start")
    assert clone.describe().operation == "bisect"


def test_the_identity_comes_from_where_git_takes_it(world: World) -> None:
    workspace, clone = world.repository()
    world.gitconfig.write_text("[user]\n\tname = Only\n")
    identity = clone.identity()
    assert (identity.name, identity.email) == ("Only", None)
    os.environ["EMAIL"] = "by@environment"
    try:
        assert clone.identity().email == "by@environment"
    finally:
        del os.environ["EMAIL"]
    workspace.git("config", "author.email", "author@local")
    assert clone.identity().email == "author@local"


def test_a_commit_time_that_no_calendar_has_does_no_harm(world: World) -> None:
    workspace = initialize(world.root / "old", dict(os.environ))
    tree = workspace.git("rev-parse", "HEAD^{tree}")
    raw = f"tree {tree}\nauthor A <a@b> 99999999999999999 +0000\ncommitter A <a@b> 99999999999999999 +0000\n\nLate\n"
    path = workspace.write("raw", raw)
    sha = workspace.git("hash-object", "-t", "commit", "-w", "--literally", str(path))
    workspace.git("update-ref", "refs/heads/late", sha)
    clone = world.open("old")
    assert clone.commits("late").items[0].title == "Late"
    assert any(branch.name == "late" for branch in clone.branches().branches)
