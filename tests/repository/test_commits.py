"""Commits through the git binary, with hooks and signing, and history."""

from __future__ import annotations

import dataclasses
import os
import shutil
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from git_workspace import Workspace

from jupyterlab_gitlab.contract.errors import ErrorCode
from jupyterlab_gitlab.contract.paths import encode_path
from jupyterlab_gitlab.repository import Clone

from .conftest import Refused, World

posix = pytest.mark.skipif(sys.platform == "win32", reason="hooks are shell scripts with an executable bit")


def hook(workspace: Workspace, name: str, script: str) -> Path:
    path = workspace.write(f".git/hooks/{name}", f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
    return path


def staged(world: World, text: str = "2\n") -> tuple[Workspace, Clone]:
    workspace, clone = world.repository("project", {"a.txt": "1\n"})
    workspace.write("a.txt", text)
    clone.stage(["a.txt"])
    return workspace, clone


def test_a_commit_is_made_and_described(world: World) -> None:
    workspace, clone = staged(world)
    parent = workspace.git("rev-parse", "HEAD")
    result = clone.commit("Raise a to 2\n\nOne was not enough.\r\nReally.")
    commit = result.commit
    assert commit.sha == workspace.git("rev-parse", "HEAD") and commit.parents == [parent]
    assert (commit.title, commit.body) == ("Raise a to 2", "One was not enough.\nReally.")
    assert (commit.author_name, commit.author_email) == ("Ada", "ada@example.com")
    assert commit.short_sha == commit.sha[:8] and "1 file changed" in result.output
    assert workspace.git("log", "-1", "--format=%B").splitlines()[2:] == ["One was not enough.", "Really."]


def test_restaged_files_are_committed_in_their_newest_version(world: World) -> None:
    workspace, clone = staged(world)
    workspace.write("a.txt", "3\n")
    workspace.write("b.txt", "b\n")
    clone.commit("Newest", ["a.txt"])
    assert workspace.git("show", "HEAD:a.txt") == "3"
    assert workspace.git("status", "--porcelain") == "?? b.txt"


@pytest.mark.parametrize("message", ["#12 is fixed", "-m", "--amend", "ü 漢 🎉", "line\n# not a comment\nline"])
def test_any_message_is_kept_as_it_is(world: World, message: str) -> None:
    world.configure("[commit]\n\tcleanup = strip\n\tverbose = true\n[core]\n\tcommentChar = l\n\teditor = false\n")
    workspace, clone = staged(world)
    clone.commit(message)
    assert workspace.git("log", "-1", "--format=%B").strip() == message
    assert len(workspace.git("rev-list", "HEAD").splitlines()) == 2


def test_the_first_commit_can_be_made(world: World) -> None:
    (world.root / "new").mkdir()
    workspace = world.workspace(world.root / "new")
    workspace.git("init", "-q")
    workspace.write("a.txt", "a\n")
    clone = world.open("new")
    assert clone.commit("First", ["a.txt"]).commit.parents == []


def test_nothing_staged_is_nothing_to_commit(world: World, refused: Refused) -> None:
    workspace, clone = world.repository()
    workspace.write("new.txt", "n\n")
    refused(ErrorCode.NOTHING_TO_COMMIT, clone.commit, "Nothing")
    refused(ErrorCode.BAD_REQUEST, clone.commit, " \n ")


def test_a_missing_identity_is_asked_for_and_set(world: World, refused: Refused) -> None:
    workspace, clone = staged(world)
    world.gitconfig.write_text("")
    error = refused(ErrorCode.IDENTITY_MISSING, clone.commit, "Who?")
    assert "name" in error.message
    identity = clone.set_identity("  Grace Hopper ", "grace@example.com")
    assert (identity.name, identity.email) == ("Grace Hopper", "grace@example.com")
    assert clone.commit("Me").commit.author_name == "Grace Hopper"
    assert workspace.git("config", "--local", "user.email") == "grace@example.com"
    assert "Grace" not in world.gitconfig.read_text()


@pytest.mark.parametrize(
    ("name", "email"),
    [
        ("", "a@b"),
        ("  ", "a@b"),
        (".,", "a@b"),
        ("A", ""),
        ("A", "a b@c"),
        ("A <x>", "a@b"),
        ("A\nB", "a@b"),
        ("A", "<a@b>"),
    ],
)
def test_an_identity_that_git_could_not_use_is_refused(world: World, refused: Refused, name: str, email: str) -> None:
    _, clone = world.repository()
    refused(ErrorCode.BAD_REQUEST, clone.set_identity, name, email)


def test_an_identity_that_looks_like_an_option_is_a_value(world: World) -> None:
    workspace, clone = world.repository()
    clone.set_identity("--unset", "--global")
    assert workspace.git("config", "--local", "user.name") == "--unset"


@posix
def test_hooks_run_and_their_output_is_shown(world: World) -> None:
    workspace, clone = staged(world)
    hook(workspace, "pre-commit", "echo checking; echo loudly >&2; printf 3 > a.txt; git add 'a.*'")
    hook(workspace, "post-commit", "echo after")
    result = clone.commit("With hooks")
    assert all(word in result.output for word in ("checking", "loudly", "after"))
    assert workspace.git("show", "HEAD:a.txt") == "3"


@posix
@pytest.mark.parametrize("name", ["pre-commit", "commit-msg", "prepare-commit-msg"])
def test_a_hook_that_refuses_is_named_with_what_it_printed(world: World, refused: Refused, name: str) -> None:
    workspace, clone = staged(world)
    hook(workspace, name, "echo 'no notebooks with outputs, please'; exit 1")
    error = refused(ErrorCode.HOOK_FAILED, clone.commit, "Refused")
    assert error.details["hooks"] == [name] and name in error.message
    assert "no notebooks with outputs, please" in error.details["output"]
    assert len(workspace.git("rev-list", "HEAD").splitlines()) == 1


@posix
def test_hooks_from_a_configured_folder_count(world: World, refused: Refused) -> None:
    workspace, clone = staged(world)
    path = workspace.write("../hooks/pre-commit", "#!/bin/sh\nexit 1\n")
    path.chmod(0o755)
    workspace.git("config", "core.hooksPath", str(path.parent))
    assert refused(ErrorCode.HOOK_FAILED, clone.commit, "Refused").details["hooks"] == ["pre-commit"]


@posix
def test_a_hook_that_hangs_is_ended_with_its_children(world: World, refused: Refused) -> None:
    workspace, _ = staged(world)
    world.limits = dataclasses.replace(world.limits, hooks=1.0)
    clone = world.open("project")
    hook(workspace, "pre-commit", "sleep 600 & echo $! > child; wait")
    refused(ErrorCode.GIT_TIMEOUT, clone.commit, "Hangs")
    child = int((workspace.top / "child").read_text())
    for _ in range(200):
        if not Path(f"/proc/{child}").exists():
            break
        time.sleep(0.02)
    assert not Path(f"/proc/{child}").exists()
    assert not (workspace.top / ".git" / "index.lock").exists()
    (workspace.top / ".git" / "hooks" / "pre-commit").unlink()
    assert clone.commit("Goes on").commit.title == "Goes on"


@posix
def test_a_commit_can_be_cancelled(world: World, refused: Refused) -> None:
    workspace, clone = staged(world)
    hook(workspace, "pre-commit", "sleep 600")
    cancel = threading.Event()
    threading.Timer(0.5, cancel.set).start()
    refused(ErrorCode.CANCELLED, clone.commit, "Never mind", cancel=cancel)
    assert len(workspace.git("rev-list", "HEAD").splitlines()) == 1


@posix
def test_a_commit_is_signed_as_the_user_configured(world: World, tmp_path: Path) -> None:
    if shutil.which("ssh-keygen") is None:
        pytest.skip("ssh-keygen is not installed")
    workspace, clone = staged(world)
    key = tmp_path / "key"
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(key)], check=True)
    world.configure(f"[gpg]\n\tformat = ssh\n[user]\n\tsigningKey = {key}\n[commit]\n\tgpgSign = true\n")
    clone.commit("Signed")
    assert "gpgsig" in workspace.git("cat-file", "commit", "HEAD")
    assert clone.commits().items[0].title == "Signed"


def test_a_signature_that_fails_is_told(world: World, refused: Refused) -> None:
    workspace, clone = staged(world)
    world.configure("[gpg]\n\tprogram = false\n[commit]\n\tgpgSign = true\n")
    refused(ErrorCode.SIGNING_FAILED, clone.commit, "Unsigned")
    assert len(workspace.git("rev-list", "HEAD").splitlines()) == 1


def conflict(world: World) -> tuple[Workspace, Clone]:
    workspace, clone = world.repository("project", {"a.txt": "1\n"})
    workspace.git("switch", "-qc", "side")
    workspace.commit("Side", {"a.txt": "2\n"})
    workspace.git("switch", "-q", "main")
    workspace.commit("Main", {"a.txt": "3\n"})
    workspace.git("merge", "side", check=False)
    return workspace, clone


def test_a_merge_is_concluded_once_its_conflicts_are_resolved(world: World, refused: Refused) -> None:
    workspace, clone = conflict(world)
    error = refused(ErrorCode.CONFLICTED, clone.commit, "Merge")
    assert error.details["paths"] == ["a.txt"] and "a.txt" in error.message
    workspace.write("a.txt", "3\n")  # ours: nothing differs from HEAD, and yet there is a merge to commit
    assert len(clone.commit("Merge side", ["a.txt"]).commit.parents) == 2
    assert clone.describe().operation is None


def test_a_detached_head_is_not_committed_on(world: World, refused: Refused) -> None:
    workspace, clone = staged(world)
    workspace.git("checkout", "-q", "--detach")
    refused(ErrorCode.DETACHED_HEAD, clone.commit, "Lost")
    clone.create_branch("kept")
    assert clone.commit("Kept").commit.title == "Kept"


def test_a_lock_of_another_git_is_waited_for_and_then_named(world: World, refused: Refused) -> None:
    workspace, _ = staged(world)
    world.limits = dataclasses.replace(world.limits, busy=0.2)
    clone = world.open("project")
    lock = workspace.write(".git/index.lock", "")
    error = refused(ErrorCode.GIT_BUSY, clone.commit, "Locked")
    assert error.details["lock"] == str(lock) and str(lock) in error.hint
    refused(ErrorCode.GIT_BUSY, clone.stage, ["a.txt"])
    refused(ErrorCode.GIT_BUSY, clone.discard, ["a.txt"])
    assert clone.changes().total == 1  # reading goes on
    world.limits = dataclasses.replace(world.limits, busy=20.0)
    threading.Timer(0.3, lock.unlink).start()
    assert world.open("project").commit("Free again").commit.title == "Free again"


def test_a_lock_that_git_itself_meets_is_busy_too(world: World, refused: Refused) -> None:
    workspace, clone = staged(world)
    workspace.write(".git/HEAD.lock", "")
    assert refused(ErrorCode.GIT_BUSY, clone.commit, "Locked").details["lock"].endswith("HEAD.lock")


def test_two_commits_at_once_take_turns(world: World) -> None:
    workspace, clone = world.repository()
    other = world.open("project")
    for number in range(6):
        workspace.write(f"{number}.txt", "x\n")
    errors: list[BaseException] = []

    def commit(number: int) -> None:
        try:
            (clone, other)[number % 2].commit(f"Number {number}", [f"{number}.txt"])
        except BaseException as error:
            errors.append(error)

    threads = [threading.Thread(target=commit, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    # The first in line may take another's staged file along: then the other finds nothing left to commit.
    assert all(getattr(error, "code", None) == ErrorCode.NOTHING_TO_COMMIT for error in errors)
    assert workspace.git("status", "--porcelain") == ""


def test_history_comes_in_pages(world: World) -> None:
    workspace, clone = world.repository()
    shas = [workspace.commit(f"Number {number}", {f"{number % 2}.txt": f"{number}\n"}) for number in range(7)]
    first = clone.commits(per_page=3)
    assert [commit.sha for commit in first.items] == shas[:3:-1] and first.next_page == 2
    third = clone.commits(page=3, per_page=3)
    assert len(third.items) == 2 and third.next_page is None
    assert [commit.title for commit in clone.commits(since=shas[4]).items] == ["Number 6", "Number 5"]
    assert [commit.title for commit in clone.commits(path_id="1.txt").items] == ["Number 5", "Number 3", "Number 1"]
    assert [commit.title for commit in clone.commits(shas[1], path_id="0.txt").items] == ["Number 0"]


def test_history_of_an_odd_file_name_is_found(world: World) -> None:
    workspace, clone = world.repository()
    workspace.commit("Odd", {"-rf": "x\n", "*.txt": "x\n"})
    workspace.commit("Other", {"b.txt": "x\n"})
    assert [commit.title for commit in clone.commits(path_id="-rf").items] == ["Odd"]
    assert [commit.title for commit in clone.commits(path_id=encode_path(b"*.txt")).items] == ["Odd"]


@pytest.mark.parametrize(
    "revision", ["", "nonsense", "--all", "-1", "HEAD:README.md", "HEAD\nHEAD", "0" * 40, "HEAD..HEAD", "@{upstream}"]
)
def test_an_unknown_revision_is_told(world: World, refused: Refused, revision: str) -> None:
    _, clone = world.repository()
    refused(ErrorCode.REVISION_UNKNOWN, clone.commits, revision)
    refused(ErrorCode.REVISION_UNKNOWN, clone.commits, "HEAD", since=revision)


def test_an_empty_history_has_its_own_words(world: World, refused: Refused) -> None:
    (world.root / "new").mkdir()
    world.workspace(world.root / "new").git("init", "-q")
    refused(ErrorCode.NO_COMMITS, world.open("new").commits)


@pytest.mark.parametrize(("page", "per_page"), [(0, 10), (1, 0), (1, 501)])
def test_a_page_that_does_not_exist_is_refused(world: World, refused: Refused, page: int, per_page: int) -> None:
    _, clone = world.repository()
    refused(ErrorCode.BAD_REQUEST, clone.commits, page=page, per_page=per_page)


@posix
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full")
def test_a_full_disk_is_told(world: World, refused: Refused) -> None:
    workspace, clone = staged(world)
    hook(workspace, "pre-commit", "LC_ALL=C cat a.txt > /dev/full")
    error = refused(ErrorCode.DISK_FULL, clone.commit, "Full")
    assert os.strerror(28) in error.details["output"]
