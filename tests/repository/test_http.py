"""Fetch, push and merge requests over HTTP with tokens, against the sandbox GitLab."""

from __future__ import annotations

import os
import threading
import urllib.parse
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from git_workspace import Workspace, initialize
from gitlab.v4.objects import Project
from sandbox_server import Person, SandboxGitlab

from jupyterlab_gitlab.contract.errors import ErrorCode
from jupyterlab_gitlab.repository import Clone, Credential

from .conftest import Refused, World


def credential(url: str, token: str) -> Credential:
    return Credential(protocol="http", host=urllib.parse.urlsplit(url).netloc, password=token)


class Place:
    """A project on the sandbox with a pushed ``main``, and a clone without any credential in it."""

    def __init__(self, world: World, gitlab: SandboxGitlab) -> None:
        self.gitlab = gitlab
        self.author: Person = gitlab.person()
        self.project: Project = gitlab.project(self.author)
        self.workspace: Workspace = initialize(world.root / "project", dict(os.environ), {"a.txt": "1\n"})
        self.workspace.git("remote", "add", "origin", str(self.project.http_url_to_repo))
        self.workspace.git("push", "-q", gitlab.remote(self.project, self.author.token), "main")
        self.project = self.author.gl.projects.get(self.project.id)
        self.clone: Clone = world.open("project")
        self.credential = credential(gitlab.url, self.author.token)

    @property
    def url(self) -> str:
        return str(self.project.http_url_to_repo)


@pytest.fixture
def place(world: World, gitlab_server: SandboxGitlab) -> Place:
    return Place(world, gitlab_server)


def everything(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


def test_a_branch_is_pushed_and_fetched_with_the_token(place: Place, started: list[list[str]]) -> None:
    place.clone.create_branch("feature")
    sha = place.workspace.commit("Mine", {"b.txt": "b\n"})
    pushed = place.clone.push(credential=place.credential)
    assert (pushed.branch, pushed.ahead) == ("feature", 0)
    assert place.project.branches.get("feature").commit["id"] == sha
    assert place.clone.fetch(credential=place.credential).behind == 0
    assert place.author.token not in str(started)
    assert place.author.token not in pushed.output
    assert place.author.token.encode() not in everything(place.workspace.top / ".git")


def test_without_a_token_the_answer_is_to_sign_in(place: Place, refused: Refused) -> None:
    error = refused(ErrorCode.GIT_AUTH_FAILED, place.clone.fetch)
    assert "token" in error.hint
    refused(ErrorCode.GIT_AUTH_FAILED, place.clone.push)


def test_a_wrong_token_is_told(place: Place, refused: Refused) -> None:
    wrong = credential(place.gitlab.url, "glpat-wrong")
    error = refused(ErrorCode.GIT_AUTH_FAILED, place.clone.fetch, credential=wrong)
    assert "glpat-wrong" not in str(error.details)


def test_the_token_of_another_host_is_not_sent(place: Place, refused: Refused) -> None:
    other = Credential(protocol="http", host="gitlab.example.com", password=place.author.token)
    refused(ErrorCode.GIT_AUTH_FAILED, place.clone.fetch, credential=other)


def test_a_project_without_access_is_told(place: Place, refused: Refused) -> None:
    stranger = place.gitlab.person()
    token = credential(place.gitlab.url, stranger.token)
    refused(ErrorCode.PROJECT_NOT_FOUND, place.clone.fetch, credential=token)


def test_a_reader_may_not_push(place: Place, refused: Refused) -> None:
    reader = place.gitlab.person()
    place.project.members.create({"user_id": reader.id, "access_level": 20})
    place.workspace.git("switch", "-qc", "feature")
    token = credential(place.gitlab.url, reader.token)
    place.clone.fetch(credential=token)
    refused(ErrorCode.GITLAB_FORBIDDEN, place.clone.push, credential=token)


def test_a_protected_branch_is_told(place: Place, refused: Refused) -> None:
    developer = place.gitlab.person()
    place.project.members.create({"user_id": developer.id, "access_level": 30})
    place.workspace.commit("Straight to main")
    error = refused(
        ErrorCode.PUSH_PROTECTED, place.clone.push, credential=credential(place.gitlab.url, developer.token)
    )
    assert "main" in error.message and "merge request" in error.hint


def test_a_rejected_push_over_http_is_told(place: Place, refused: Refused, world: World) -> None:
    world.workspace(world.folder).git("clone", "-q", place.gitlab.remote(place.project, place.author.token), "other")
    other = world.workspace(world.folder / "other")
    other.commit("Theirs")
    other.git("push", "-q")
    place.workspace.commit("Mine")
    refused(ErrorCode.PUSH_REJECTED, place.clone.push, credential=place.credential)


def open_merge_request(place: Place) -> tuple[int, str, str]:
    """A branch with two versions, pushed from elsewhere; iid and the head of each version."""
    elsewhere = Workspace(place.workspace.top.parent.parent / "elsewhere", place.workspace.environment)
    remote = place.gitlab.remote(place.project, place.author.token)
    place.workspace.git("clone", "-q", remote, str(elsewhere.top))
    elsewhere.git("switch", "-qc", "feature")
    first = elsewhere.commit("One", {"b.txt": "1\n"})
    elsewhere.git("push", "-q", "origin", "feature")
    made = place.project.mergerequests.create({"source_branch": "feature", "target_branch": "main", "title": "One"})
    elsewhere.git("commit", "-q", "--amend", "-m", "Two")
    second = elsewhere.git("rev-parse", "HEAD")
    elsewhere.git("push", "-q", "--force", "origin", "feature")
    return int(made.iid), first, second


def test_the_commits_of_a_merge_request_are_fetched_once(place: Place, started: list[list[str]]) -> None:
    iid, first, second = open_merge_request(place)
    base = place.workspace.git("rev-parse", "main")
    assert not place.clone.has_commits([base, second])
    slug = place.project.path_with_namespace
    place.clone.fetch_merge_request(place.url, slug, iid, [base, second], credential=place.credential)
    assert place.clone.has_commits([base, second])
    assert [file.path.id for file in place.clone.compare(base, second)] == ["b.txt"]

    def fetches() -> int:
        return sum("fetch" in argv for argv in started)

    assert fetches() == 1
    place.clone.fetch_merge_request(place.url, slug, iid, [base, second], credential=place.credential)
    assert fetches() == 1
    # the version before the forced push is on no branch any more: it comes by its id
    place.clone.fetch_merge_request(place.url, slug, iid, [base, first], credential=place.credential)
    assert place.clone.has_commits([first])
    refs = place.workspace.git("for-each-ref", "--format=%(refname) %(objectname)").splitlines()
    kept = f"refs/gitlab/merge-requests/{slug}/{iid}"
    assert {f"{kept}/head {second}", f"{kept}/{first} {first}"} <= set(refs)
    assert not any(ref.startswith("refs/tags") for ref in refs)
    assert not (place.workspace.top / ".git" / "FETCH_HEAD").exists()
    assert [branch.name for branch in place.clone.branches().branches] == ["main"]
    place.workspace.git("reflog", "expire", "--expire=now", "--all")
    place.workspace.git("gc", "-q", "--prune=now")
    assert place.clone.has_commits([first, second])


def test_a_commit_that_gitlab_no_longer_has_is_told(place: Place, refused: Refused) -> None:
    iid, *_ = open_merge_request(place)
    shas = ["1" * 40]
    fetch = place.clone.fetch_merge_request
    refused(ErrorCode.REVISION_UNKNOWN, fetch, place.url, "a/b", iid, shas, credential=place.credential)
    refused(ErrorCode.GIT_AUTH_FAILED, fetch, place.url, "a/b", iid, shas)
    refused(ErrorCode.BAD_REQUEST, fetch, place.url, "a/b", iid, ["HEAD"], credential=place.credential)


@pytest.mark.parametrize(
    "source", ["--upload-pack=touch pwned", "ext::touch pwned", "nowhere", "../x", "http://a:b@c/d"]
)
def test_only_an_address_or_a_remote_is_fetched_from(place: Place, refused: Refused, source: str, world: World) -> None:
    refused(ErrorCode.BAD_REQUEST, place.clone.fetch_merge_request, source, "a/b", 1, ["1" * 40])
    assert not list(world.folder.rglob("pwned"))


def test_a_partial_clone_gets_the_blobs_of_a_comparison_in_one_request(
    place: Place, world: World, started: list[list[str]]
) -> None:
    iid, _, second = open_merge_request(place)
    place.workspace.commit("More on main", {"a.txt": "2\n"})
    place.clone.push(credential=place.credential)
    remote = place.gitlab.remote(place.project, place.author.token)
    world.workspace(world.root).git("clone", "-q", "--filter=blob:none", "--no-checkout", remote, "partial")
    partial = world.workspace(world.root / "partial")
    partial.git("remote", "set-url", "origin", place.url)
    clone = world.open("partial")
    base = partial.git("rev-parse", "main~1")
    head = partial.git("rev-parse", "main")
    started.clear()
    clone.fetch_merge_request(place.url, "a/b", iid, [base, head], credential=place.credential)
    assert sum("fetch" in argv for argv in started) == 1
    assert [(file.path.id, file.additions) for file in clone.compare(base, head)] == [("a.txt", 1)]
    assert clone.read(base, b"a.txt").data == b"1\n" and clone.read(head, b"a.txt").data == b"2\n"
    clone.fetch_merge_request(place.url, "a/b", iid, [base, second], credential=place.credential)
    assert clone.read(second, b"b.txt").data == b"1\n"
    started.clear()
    clone.fetch_merge_request(place.url, "a/b", iid, [base, second], credential=place.credential)
    assert not any("fetch" in argv for argv in started)


def test_a_missing_blob_of_a_partial_clone_is_told_and_never_fetched(
    place: Place, world: World, refused: Refused
) -> None:
    remote = place.gitlab.remote(place.project, place.author.token)
    world.workspace(world.root).git("clone", "-q", "--filter=blob:none", "--no-checkout", remote, "partial")
    clone = world.open("partial")
    refused(ErrorCode.REVISION_UNKNOWN, clone.read, "HEAD", b"a.txt")
    assert clone.read("HEAD", b"absent").kind == "absent"  # reading goes on after that


class _Redirect(BaseHTTPRequestHandler):
    """Sends everybody to another host, and keeps what it was sent."""

    target = ""
    seen: list[str | None] = []

    def do_GET(self) -> None:
        self.seen.append(self.headers.get("Authorization"))
        self.send_response(302)
        self.send_header("Location", self.target + self.path)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


class _Thief(BaseHTTPRequestHandler):
    """Asks everybody for a password."""

    seen: list[str | None] = []

    def do_GET(self) -> None:
        self.seen.append(self.headers.get("Authorization"))
        self.send_response(401)
        self.send_header("WWW-Authenticate", 'Basic realm="GitLab"')
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def hosts() -> Iterator[tuple[str, str]]:
    """A server that redirects, and the one that it redirects to."""
    _Redirect.seen, _Thief.seen = [], []
    servers = [ThreadingHTTPServer(("127.0.0.1", 0), handler) for handler in (_Redirect, _Thief)]
    urls = [f"http://127.0.0.1:{server.server_port}" for server in servers]
    _Redirect.target = urls[1]
    for server in servers:
        threading.Thread(target=server.serve_forever, daemon=True).start()
    yield urls[0], urls[1]
    for server in servers:
        server.shutdown()
        server.server_close()


def test_a_redirect_to_another_host_gets_no_token(world: World, hosts: tuple[str, str], refused: Refused) -> None:
    workspace, clone = world.repository()
    workspace.git("remote", "add", "origin", f"{hosts[0]}/a/b.git")
    refused(ErrorCode.GIT_AUTH_FAILED, clone.fetch, credential=credential(hosts[0], "glpat-secret"))
    assert _Redirect.seen and _Thief.seen
    assert set(_Redirect.seen + _Thief.seen) == {None}


def test_the_token_is_in_no_trace_that_the_user_switched_on(
    place: Place, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("GIT_TRACE", "GIT_TRACE_CURL", "GIT_TRACE_PACKET", "GIT_CURL_VERBOSE", "GIT_TRACE2_EVENT"):
        monkeypatch.setenv(name, str(world.folder / "trace"))
    monkeypatch.setenv("GIT_TRACE_REDACT", "0")
    output = place.clone.fetch(credential=place.credential).output
    assert place.author.token not in output and not (world.folder / "trace").exists()
