"""Fetch, pull and push against a bare repository over ``file://``."""

from __future__ import annotations

import sys

import pytest
from git_workspace import Workspace

from jupyterlab_gitlab.contract.errors import ErrorCode
from jupyterlab_gitlab.repository import Clone

from .conftest import Refused, World
from .test_commits import conflict, hook

posix = pytest.mark.skipif(sys.platform == "win32", reason="hooks are shell scripts with an executable bit")


def moved_on(world: World, bare: Workspace, files: dict[str, str | bytes]) -> Workspace:
    """A colleague's push to ``main``."""
    other = world.colleague(bare)
    other.commit("Theirs", files)
    other.git("push", "-q")
    return other


def test_a_fetch_counts_what_is_new(world: World) -> None:
    _, clone, bare = world.cloned()
    moved_on(world, bare, {"b.txt": "b\n"})
    result = clone.fetch()
    assert (result.branch, result.ahead, result.behind, result.changed_paths) == ("main", 0, 1, [])


def test_a_fetch_forgets_branches_that_are_gone_and_nothing_of_the_users(world: World) -> None:
    workspace, clone, bare = world.cloned()
    bare.git("branch", "short-lived", "main")
    clone.fetch()
    workspace.git("branch", "mine")
    bare.git("branch", "-D", "short-lived")
    clone.fetch()
    assert [branch.name for branch in clone.branches().branches] == ["main", "mine"]
    workspace.git("config", "--replace-all", "remote.origin.fetch", "+refs/heads/*:refs/heads/kept-*")
    workspace.git("branch", "kept-mine")
    clone.fetch()
    assert "kept-mine" in workspace.git("branch", "--format=%(refname:short)").splitlines()


def test_a_pull_fast_forwards_and_tells_which_documents_changed(world: World) -> None:
    workspace, clone, bare = world.cloned({"a.ipynb": "1\n", "mine.txt": "m\n"})
    other = moved_on(world, bare, {"a.ipynb": "2\n", "new/b.ipynb": "b\n"})
    workspace.write("mine.txt", "changed\n")
    result = clone.pull()
    assert sorted(result.changed_paths) == ["project/a.ipynb", "project/new/b.ipynb"]
    assert (result.ahead, result.behind) == (0, 0)
    assert workspace.git("rev-parse", "HEAD") == other.git("rev-parse", "HEAD")
    assert (workspace.top / "mine.txt").read_text() == "changed\n"
    assert clone.pull().changed_paths == []


def test_a_pull_that_would_need_a_merge_says_so(world: World, refused: Refused) -> None:
    world.configure("[pull]\n\trebase = true\n[merge]\n\tff = false\n")
    workspace, clone, bare = world.cloned()
    moved_on(world, bare, {"b.txt": "b\n"})
    mine = workspace.commit("Mine", {"c.txt": "c\n"})
    error = refused(ErrorCode.NOT_FAST_FORWARD, clone.pull)
    assert (error.details["ahead"], error.details["behind"]) == (1, 1)
    assert workspace.git("rev-parse", "HEAD") == mine


def test_a_pull_never_makes_a_merge_commit_whatever_is_configured(world: World) -> None:
    world.configure('[merge]\n\tff = false\n\tautoStash = true\n[branch "main"]\n\tmergeOptions = --no-ff --squash\n')
    workspace, clone, bare = world.cloned()
    other = moved_on(world, bare, {"b.txt": "b\n"})
    clone.pull()
    assert workspace.git("rev-parse", "HEAD") == other.git("rev-parse", "HEAD")


@pytest.mark.parametrize("name", ["a.txt", "new.txt"])
def test_a_pull_never_overwrites_changes(world: World, refused: Refused, name: str) -> None:
    workspace, clone, bare = world.cloned({"a.txt": "1\n"})
    moved_on(world, bare, {"a.txt": "2\n", "new.txt": "n\n"})
    workspace.write(name, "mine\n")
    error = refused(ErrorCode.WOULD_OVERWRITE, clone.pull)
    assert error.details["names"] == [name] and error.details["contents_paths"] == [f"project/{name}"]
    assert (workspace.top / name).read_text() == "mine\n"


def test_a_pull_needs_a_branch_and_an_upstream(world: World, refused: Refused) -> None:
    workspace, clone, bare = world.cloned()
    workspace.git("switch", "-qc", "alone")
    refused(ErrorCode.NO_UPSTREAM, clone.pull)
    clone.push()
    bare.git("branch", "-D", "alone")
    error = refused(ErrorCode.NO_UPSTREAM, clone.pull)
    assert "no longer exists" in error.message
    workspace.git("checkout", "-q", "--detach")
    refused(ErrorCode.DETACHED_HEAD, clone.pull)
    refused(ErrorCode.DETACHED_HEAD, clone.push)


def test_a_pull_waits_for_a_merge_to_end(world: World, refused: Refused) -> None:
    workspace, clone = conflict(world)
    bare = world.bare()
    workspace.git("remote", "add", "origin", f"file://{bare.top}")
    workspace.git("push", "-q", "-u", "origin", "main")
    moved_on(world, bare, {"b.txt": "b\n"})
    refused(ErrorCode.CONFLICTED, clone.pull)


def test_the_first_pull_fills_a_clone_of_an_empty_project(world: World) -> None:
    bare = world.bare()
    world.workspace(world.root).git("clone", "-q", f"file://{bare.top}", "empty")
    clone = world.open("empty")
    assert clone.pull().changed_paths == []
    other = world.colleague(bare)
    other.commit("First", {"a.txt": "a\n"})
    other.git("push", "-q", "origin", "HEAD:main")
    assert clone.pull().changed_paths == ["empty/a.txt"]
    assert clone.describe().branch == "main"


def test_a_branch_that_follows_a_local_one_is_pulled_from_it(world: World) -> None:
    workspace, clone = world.repository("project", {"a.txt": "1\n"})
    workspace.git("switch", "-qc", "side", "--track", "main")
    workspace.git("switch", "-q", "main")
    workspace.commit("Ahead", {"a.txt": "2\n"})
    workspace.git("switch", "-q", "side")
    assert clone.pull().changed_paths == ["project/a.txt"]


def test_switching_can_pull_and_tells_all_changes(world: World, refused: Refused) -> None:
    workspace, clone, bare = world.cloned({"a.txt": "1\n", "b.txt": "1\n"})
    clone.create_branch("feature")
    workspace.commit("Mine", {"a.txt": "2\n"})
    other = moved_on(world, bare, {"b.txt": "2\n"})
    result = clone.switch_branch("main", pull=True)
    assert sorted(result.changed_paths) == ["project/a.txt", "project/b.txt"]
    assert clone.switch_branch("feature", pull=True).branch == "feature"  # follows nothing: nothing to pull
    workspace.git("branch", "-f", "main", "main~1")
    workspace.git("switch", "-q", "main")
    workspace.commit("Apart")
    other.commit("More")
    other.git("push", "-q")
    clone.switch_branch("feature")
    error = refused(ErrorCode.NOT_FAST_FORWARD, clone.switch_branch, "main", pull=True)
    assert error.details["switched"] is True and clone.describe().branch == "main"
    assert error.details["changed_paths"] == ["project/a.txt"]


def test_a_push_sets_the_upstream_and_sends_no_tags(world: World) -> None:
    world.configure("[push]\n\tfollowTags = true\n\tdefault = matching\n")
    workspace, clone, bare = world.cloned()
    workspace.git("branch", "other")
    workspace.git("switch", "-qc", "feature/x")
    workspace.commit("Mine", {"x.txt": "x\n"})
    workspace.git("tag", "-am", "v1", "v1")
    result = clone.push()
    assert (result.branch, result.ahead, result.behind) == ("feature/x", 0, 0)
    assert bare.git("for-each-ref", "--format=%(refname)").splitlines() == ["refs/heads/feature/x", "refs/heads/main"]
    upstream = clone.describe().upstream
    assert upstream is not None and upstream.branch == "feature/x"
    assert clone.push().ahead == 0  # once more: up to date


def test_a_branch_started_from_main_is_not_pushed_to_main(world: World) -> None:
    world.configure("[push]\n\tdefault = simple\n")
    workspace, clone, bare = world.cloned()
    before = bare.git("rev-parse", "main")
    workspace.git("switch", "-qc", "feature", "--track", "origin/main")
    workspace.commit("Mine")
    clone.push()
    assert bare.git("rev-parse", "main") == before
    assert bare.git("rev-parse", "feature") == workspace.git("rev-parse", "HEAD")


def test_the_upstreams_name_is_used_where_the_user_says_so(world: World) -> None:
    world.configure("[push]\n\tdefault = upstream\n")
    workspace, clone, bare = world.cloned()
    workspace.git("push", "-q", "origin", "main:team/feature")
    workspace.git("switch", "-qc", "feature", "--track", "origin/team/feature")
    sha = workspace.commit("Mine")
    clone.push()
    assert bare.git("rev-parse", "team/feature") == sha


def test_a_push_goes_to_the_configured_push_remote(world: World) -> None:
    workspace, clone, _ = world.cloned()
    fork = world.bare("fork.git")
    workspace.git("remote", "add", "fork", f"file://{fork.top}")
    workspace.git("config", "remote.pushDefault", "fork")
    workspace.commit("Mine")
    clone.push()
    assert fork.git("rev-parse", "main") == workspace.git("rev-parse", "HEAD")


def test_a_push_is_never_forced(world: World, refused: Refused) -> None:
    world.configure('[remote "origin"]\n\tpush = +refs/heads/*:refs/heads/*\n')
    workspace, clone, bare = world.cloned()
    other = moved_on(world, bare, {"b.txt": "b\n"})
    workspace.commit("Mine", {"c.txt": "c\n"})
    error = refused(ErrorCode.PUSH_REJECTED, clone.push)
    assert "Pull" in error.hint and error.details["reason"]
    clone.fetch()
    refused(ErrorCode.PUSH_REJECTED, clone.push)
    assert bare.git("rev-parse", "main") == other.git("rev-parse", "HEAD")


@posix
def test_a_hook_of_the_server_that_declines_is_quoted(world: World, refused: Refused) -> None:
    workspace, clone, bare = world.cloned()
    (bare.top / "hooks").mkdir(exist_ok=True)
    script = bare.write("hooks/pre-receive", "#!/bin/sh\necho 'Commit message must name an issue'; exit 1\n")
    script.chmod(0o755)
    workspace.commit("Mine")
    error = refused(ErrorCode.PUSH_HOOK_DECLINED, clone.push)
    assert "must name an issue" in error.details["output"]
    script.write_text("#!/bin/sh\necho 'GitLab: You are not allowed to push code to protected branches.'; exit 1\n")
    error = refused(ErrorCode.PUSH_PROTECTED, clone.push)
    assert "main" in error.message and "merge request" in error.hint


@posix
def test_a_local_pre_push_hook_runs_and_can_refuse(world: World, refused: Refused) -> None:
    workspace, clone, bare = world.cloned()
    before = bare.git("rev-parse", "main")
    script = hook(workspace, "pre-push", "echo 'tests are red'; exit 1")
    workspace.commit("Mine")
    error = refused(ErrorCode.HOOK_FAILED, clone.push)
    assert "tests are red" in error.details["output"] and bare.git("rev-parse", "main") == before
    script.write_text("#!/bin/sh\necho 'tests are green' >&2\n")
    assert "tests are green" in clone.push().output


def test_an_empty_repository_has_nothing_to_push(world: World, refused: Refused) -> None:
    (world.root / "new").mkdir()
    world.workspace(world.root / "new").git("init", "-q")
    refused(ErrorCode.NO_COMMITS, world.open("new").push)


def test_a_missing_remote_is_told(world: World, refused: Refused) -> None:
    workspace, clone = world.repository()
    for call in (clone.fetch, clone.push):
        assert "no remote" in refused(ErrorCode.NO_REMOTE, call).message
    workspace.git("remote", "add", "one", "https://gitlab.com/a/b.git")
    workspace.git("remote", "add", "two", "https://gitlab.com/c/d.git")
    for call in (clone.fetch, clone.push):
        assert "several" in refused(ErrorCode.NO_REMOTE, call).message


def test_a_remote_that_is_not_there_is_told(world: World, refused: Refused) -> None:
    workspace, clone = world.repository()
    workspace.git("remote", "add", "origin", f"file://{world.folder}/nowhere.git")
    refused(ErrorCode.PROJECT_NOT_FOUND, clone.fetch)
    refused(ErrorCode.PROJECT_NOT_FOUND, clone.push)


@pytest.mark.parametrize("url", ["http://127.0.0.1:9/a/b.git", "ssh://git@127.0.0.1:9/a/b.git"])
def test_a_server_that_does_not_answer_is_told(world: World, refused: Refused, url: str) -> None:
    workspace, clone = world.repository()
    workspace.git("remote", "add", "origin", url)
    refused(ErrorCode.GITLAB_UNREACHABLE, clone.fetch)


def evil(world: World, workspace: Workspace, clone: Clone, name: str) -> None:
    """Writes a remote that git itself would not make into the configuration."""
    config = workspace.top / ".git" / "config"
    url = f"file://{world.bare().top}"
    config.write_text(
        config.read_text() + f'[remote "{name}"]\n\turl = {url}\n\tfetch = +refs/heads/*:refs/remotes/x/*\n'
    )


@pytest.mark.parametrize(
    "name", ["--upload-pack=touch pwned;", "--receive-pack=touch pwned;", "--exec=touch pwned", "-q"]
)
def test_a_remotes_name_is_no_option(world: World, name: str) -> None:
    workspace, clone = world.repository()
    evil(world, workspace, clone, name)
    for call in (clone.fetch, clone.push, clone.describe, clone.branches):
        try:
            call()
        except Exception as error:
            assert getattr(error, "code", None) is not None, error
    assert not list(world.folder.rglob("pwned"))


@pytest.mark.parametrize(
    "url", ["ext::sh -c 'touch pwned'", "--upload-pack=touch pwned", "-oProxyCommand=touch pwned:x"]
)
def test_a_remotes_url_is_no_command(world: World, url: str) -> None:
    workspace, clone = world.repository()
    workspace.git("config", "remote.origin.url", url)
    for call in (clone.fetch, clone.push):
        with pytest.raises(Exception) as caught:
            call()
        assert getattr(caught.value, "code", None) is not None
    assert not list(world.folder.rglob("pwned"))
