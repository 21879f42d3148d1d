"""git over HTTP: who may, what is refused and how, and how much goes through."""

from __future__ import annotations

import gzip
import json
import os
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import gitlab
import pytest
import requests
from git_workspace import Workspace, initialize
from gitlab.v4.objects import Project
from sandbox_server import SandboxGitlab

Git = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def clone(tmp_path: Path, environment: dict[str, str]) -> Workspace:
    """A repository with one commit on main, and no remote."""
    return initialize(tmp_path / "clone", environment)


@pytest.fixture
def project(gitlab_server: SandboxGitlab, clone: Workspace) -> Project:
    """A project whose main is the clone's."""
    project = gitlab_server.project()
    clone.git("push", "-q", gitlab_server.remote(project), "main")
    return project


def test_the_first_push_makes_the_default_branch_protected(gitlab_server: SandboxGitlab, project: Project) -> None:
    found = gitlab_server.root.gl.projects.get(project.id)
    assert (found.default_branch, found.empty_repo) == ("main", False)
    assert found.branches.get("main").protected is True


def test_a_first_push_under_another_name_makes_that_the_default(gitlab_server: SandboxGitlab, clone: Workspace) -> None:
    project = gitlab_server.project()
    clone.git("push", "-q", gitlab_server.remote(project), "main:trunk")
    assert gitlab_server.root.gl.projects.get(project.id).default_branch == "trunk"
    assert clone.git("ls-remote", "--symref", gitlab_server.remote(project), "HEAD").startswith("ref: refs/heads/trunk")


def test_anyone_clones_a_public_project_and_only_members_a_private_one(
    gitlab_server: SandboxGitlab, project: Project, clone: Workspace, run_git: Git
) -> None:
    plain = str(project.http_url_to_repo)
    done = run_git(clone, "ls-remote", plain)
    assert done.returncode != 0
    answer = requests.get(f"{plain}/info/refs?service=git-upload-pack", timeout=10)
    assert (answer.status_code, answer.headers["WWW-Authenticate"]) == (401, 'Basic realm="GitLab"')
    assert answer.text.startswith("HTTP Basic: Access denied")
    stranger = gitlab_server.person()
    assert "could not be found" in run_git(clone, "ls-remote", gitlab_server.remote(project, stranger.token)).stderr
    project.visibility = "public"
    project.save()
    assert clone.git("ls-remote", plain, "main").endswith("refs/heads/main")
    assert run_git(clone, "push", plain, "main:other").returncode != 0
    refused = run_git(clone, "push", gitlab_server.remote(project, stranger.token), "main:other")
    assert "You are not allowed to push code to this project." in refused.stderr


def test_a_project_that_is_not_there_looks_like_a_private_one(gitlab_server: SandboxGitlab) -> None:
    answer = requests.get(f"{gitlab_server.url}/no/project.git/info/refs?service=git-upload-pack", timeout=10)
    assert answer.status_code == 401


@pytest.mark.parametrize(
    ("scopes", "reads", "writes"),
    [
        (["api"], True, True),
        (["read_api"], True, False),
        (["read_repository"], True, False),
        (["write_repository"], True, True),
        (["read_user"], False, False),
    ],
)
def test_scopes_open_reading_and_writing(
    gitlab_server: SandboxGitlab,
    project: Project,
    clone: Workspace,
    run_git: Git,
    scopes: list[str],
    reads: bool,
    writes: bool,
) -> None:
    token, _ = gitlab_server.token(gitlab_server.root.id, scopes)
    remote = gitlab_server.remote(project, token)
    assert (run_git(clone, "ls-remote", remote).returncode == 0) is reads
    assert (run_git(clone, "push", remote, "main:by-scope").returncode == 0) is writes


def test_a_token_that_ended_is_denied(
    gitlab_server: SandboxGitlab, project: Project, clone: Workspace, run_git: Git
) -> None:
    expired, _ = gitlab_server.token(gitlab_server.root.id, expires_at=date.today().isoformat())
    revoked, gl = gitlab_server.token(gitlab_server.root.id)
    gl.http_delete("/personal_access_tokens/self")
    for token in (expired, revoked, "wrong"):
        done = run_git(clone, "ls-remote", gitlab_server.remote(project, token))
        assert "Access denied" in done.stderr or "Authentication failed" in done.stderr


def test_developers_are_kept_off_the_protected_branch(
    gitlab_server: SandboxGitlab, project: Project, clone: Workspace, run_git: Git
) -> None:
    dev = gitlab_server.person()
    project.members.create({"user_id": dev.id, "access_level": 30})
    remote = gitlab_server.remote(project, dev.token)
    before = clone.git("rev-parse", "HEAD")
    clone.commit("More")
    done = run_git(clone, "push", remote, "main")
    assert done.returncode != 0
    assert "GitLab: You are not allowed to push code to protected branches on this project." in done.stderr
    assert "[remote rejected] main -> main (pre-receive hook declined)" in done.stderr
    assert project.branches.get("main").commit["id"] == before
    assert run_git(clone, "push", remote, "main:feature").returncode == 0
    assert "not allowed to delete protected" in _delete(gitlab_server, project, clone, run_git, dev.token, "keep")


def _delete(
    gitlab_server: SandboxGitlab, project: Project, clone: Workspace, run_git: Git, token: str, branch: str
) -> str:
    clone.git("push", "-q", gitlab_server.remote(project), f"main:{branch}")
    project.protectedbranches.create({"name": branch})
    return run_git(clone, "push", gitlab_server.remote(project, token), f":{branch}").stderr


def test_a_developer_may_not_make_the_first_branch(
    gitlab_server: SandboxGitlab, clone: Workspace, run_git: Git
) -> None:
    project, dev = gitlab_server.project(), gitlab_server.person()
    project.members.create({"user_id": dev.id, "access_level": 30})
    done = run_git(clone, "push", gitlab_server.remote(project, dev.token), "main")
    assert "not allowed to push code to protected branches" in done.stderr


def test_nobody_rewinds_a_protected_branch_unless_it_is_allowed(
    gitlab_server: SandboxGitlab, project: Project, clone: Workspace, run_git: Git
) -> None:
    remote = gitlab_server.remote(project)
    clone.git("commit", "-q", "--amend", "--allow-empty", "-m", "Other")
    done = run_git(clone, "push", "-f", remote, "main")
    assert "GitLab: You are not allowed to force push code to a protected branch on this project." in done.stderr
    assert run_git(clone, "push", remote, ":main").stderr.count("The default branch of a project cannot be deleted.")
    gitlab_server.call(
        "PATCH", f"/projects/{project.id}/protected_branches/main", json={"allow_force_push": True}
    ).raise_for_status()
    assert run_git(clone, "push", "-f", remote, "main").returncode == 0
    assert run_git(clone, "push", "-q", remote, "main:free").returncode == 0
    clone.git("commit", "-q", "--amend", "--allow-empty", "-m", "Again")
    assert run_git(clone, "push", "-f", remote, "main:free").returncode == 0


def test_a_push_of_a_new_branch_is_told_where_to_open_a_merge_request(
    gitlab_server: SandboxGitlab, project: Project, clone: Workspace, run_git: Git
) -> None:
    said = run_git(clone, "push", gitlab_server.remote(project), "main:feature/a").stderr
    assert "remote: To create a merge request for feature/a, visit:" in said
    assert f"{project.web_url}/-/merge_requests/new?merge_request%5Bsource_branch%5D=feature%2Fa" in said
    clone.commit("More")
    again = run_git(clone, "push", gitlab_server.remote(project), "HEAD:feature/a")
    assert again.returncode == 0
    assert "To create" not in again.stderr


def test_gitlabs_own_refs_are_not_for_pushing(
    gitlab_server: SandboxGitlab, project: Project, clone: Workspace, run_git: Git
) -> None:
    repository = gitlab_server.instance.repository({"id": project.id})
    head = clone.git("rev-parse", "HEAD")
    repository.keep_around(head)
    repository.keep_around(head)
    repository.update_ref("refs/merge-requests/1/head", head)
    listed = clone.git("ls-remote", gitlab_server.remote(project))
    assert "refs/merge-requests/1/head" in listed
    assert "keep-around" not in listed
    for ref in ("refs/merge-requests/1/head", "refs/keep-around/x"):
        assert (
            "deny updating a hidden ref" in run_git(clone, "push", gitlab_server.remote(project), f"main:{ref}").stderr
        )


def test_any_commit_can_be_fetched_by_its_sha(
    gitlab_server: SandboxGitlab, project: Project, clone: Workspace, environment: dict[str, str], tmp_path: Path
) -> None:
    remote = gitlab_server.remote(project)
    clone.git("checkout", "-q", "-b", "feature")
    lost = clone.commit("Lost", {"a.txt": "1"})
    clone.git("push", "-q", remote, "feature")
    clone.git("reset", "-q", "--hard", "main")
    clone.commit("Kept", {"a.txt": "2"})
    clone.git("push", "-q", "-f", remote, "feature")
    other = initialize(tmp_path / "other", environment)
    other.git("fetch", "-q", remote, lost)
    assert other.git("show", f"{lost}:a.txt") == "1"


def test_a_partial_clone_leaves_blobs_for_later(
    gitlab_server: SandboxGitlab, project: Project, clone: Workspace, tmp_path: Path
) -> None:
    target = str(tmp_path / "partial")
    clone.git("clone", "-q", "--bare", "--filter=blob:none", gitlab_server.remote(project), target)
    missing = clone.git("-C", target, "rev-list", "--objects", "--missing=print", "main")
    assert any(line.startswith("?") for line in missing.splitlines())


def test_an_address_without_git_is_sent_on(gitlab_server: SandboxGitlab, project: Project, clone: Workspace) -> None:
    remote = gitlab_server.remote(project).removesuffix(".git")
    assert clone.git("ls-remote", remote, "main").endswith("refs/heads/main")


def test_the_dumb_protocol_is_not_served(gitlab_server: SandboxGitlab, project: Project) -> None:
    base, auth = str(project.http_url_to_repo), ("git", gitlab_server.root.token)
    assert requests.get(f"{base}/info/refs", auth=auth, timeout=10).status_code == 403
    assert requests.get(f"{base}/HEAD", auth=auth, timeout=10).status_code == 404
    assert requests.get(f"{base}/git-upload-pack", auth=auth, timeout=10).status_code == 405


def test_gzipped_requests_are_understood_both_ways(
    gitlab_server: SandboxGitlab, project: Project, clone: Workspace
) -> None:
    base, auth = str(project.http_url_to_repo), ("git", gitlab_server.root.token)
    head = clone.git("rev-parse", "main")
    want = f"0032want {head}\n".encode() + b"00000009done\n"
    kind = "application/x-git-upload-pack-request"
    headers = {"Content-Type": kind, "Content-Encoding": "gzip"}
    answer = requests.post(f"{base}/git-upload-pack", gzip.compress(want), headers=headers, auth=auth, timeout=10)
    assert (answer.status_code, answer.content[:8]) == (200, b"0008NAK\n")
    assert b"PACK" in answer.content
    command = f"{'0' * 40} {head} refs/heads/zipped\0report-status\n".encode()
    pack = subprocess.run(
        ["git", "pack-objects", "--stdout", "-q"], input=b"", cwd=clone.top, capture_output=True, check=True
    ).stdout
    body = b"%04x" % (len(command) + 4) + command + b"0000" + pack
    headers["Content-Type"] = "application/x-git-receive-pack-request"
    answer = requests.post(f"{base}/git-receive-pack", gzip.compress(body), headers=headers, auth=auth, timeout=10)
    assert b"ok refs/heads/zipped" in answer.content
    assert project.branches.get("zipped").commit["id"] == head


@pytest.mark.parametrize("body", [b"", b"0000", b"zzzz", b"0003", b"0009hello", b"00"])
def test_a_body_that_is_no_push_changes_nothing(gitlab_server: SandboxGitlab, project: Project, body: bytes) -> None:
    answer = requests.post(
        f"{project.http_url_to_repo}/git-receive-pack",
        body,
        headers={"Content-Type": "application/x-git-receive-pack-request"},
        auth=("git", gitlab_server.root.token),
        timeout=10,
    )
    assert answer.status_code == 200
    assert [branch.name for branch in project.branches.list()] == ["main"]


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="the peak of memory is read from /proc")
def test_more_than_a_hundred_megabytes_go_both_ways_without_being_held(clone: Workspace, tmp_path: Path) -> None:
    size = 104 * 1024 * 1024
    with (clone.top / "big.bin").open("wb") as file:
        for _ in range(13):
            file.write(os.urandom(size // 13))
    clone.git("config", "core.compression", "0")
    clone.git("add", "big.bin")
    clone.git("commit", "-q", "-m", "Big")
    command = [sys.executable, "-m", "jupyterlab_gitlab.sandbox", "--data", str(tmp_path / "data")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as server:
        try:
            assert server.stdout is not None
            line = json.loads(server.stdout.readline())
            token = line["users"][0]["token"]
            project = gitlab.Gitlab(line["url"], private_token=token).projects.create({"name": "big"})
            remote = str(project.http_url_to_repo).replace("://", f"://git:{token}@")
            before = _peak(server.pid)
            clone.git("push", "-q", remote, "main")
            clone.git("clone", "-q", "--bare", remote, str(tmp_path / "copy"))
            grown = _peak(server.pid) - before
        finally:
            server.terminate()
    assert clone.git("-C", str(tmp_path / "copy"), "cat-file", "-s", "main:big.bin") == str(size)
    assert grown < 40 * 1024, f"the server's memory grew by {grown} kB"


def _peak(pid: int) -> int:
    """The most memory that a process has held so far, in kB."""
    status = Path(f"/proc/{pid}/status").read_text()
    return int(next(line for line in status.splitlines() if line.startswith("VmHWM:")).split()[1])
