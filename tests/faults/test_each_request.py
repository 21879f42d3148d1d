"""Each request of a whole review goes wrong once, in each way: nothing is lost, and nothing is done twice."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from typing import get_args

import pytest
from conftest import host_of
from fault_proxy import AFTER, Fault, FaultProxy, fault_proxy, is_reading
from git_workspace import initialize
from jupyter_process import clean_environment, jupyter_server
from sandbox_server import Person, SandboxGitlab

from .play import Member, Play, copy_clone
from .story import NEW, NOTEBOOK, OLD, play_through

FAULTS: tuple[Fault, ...] = tuple(fault for fault in get_args(Fault) if fault != "delayed")

REQUESTS = [
    "GET /merge_requests",
    "GET /personal_access_tokens/self",
    "GET /projects/:id",
    "GET /projects/:id/labels",
    "GET /projects/:id/merge_requests",
    "GET /projects/:id/merge_requests/:id",
    "GET /projects/:id/merge_requests/:id/approvals",
    "GET /projects/:id/merge_requests/:id/commits",
    "GET /projects/:id/merge_requests/:id/discussions",
    "GET /projects/:id/merge_requests/:id/discussions/:id",
    "GET /projects/:id/merge_requests/:id/draft_notes",
    "GET /projects/:id/merge_requests/:id/draft_notes/:id",
    "GET /projects/:id/merge_requests/:id/notes",
    "GET /projects/:id/merge_requests/:id/notes/:id/award_emoji",
    "GET /projects/:id/merge_requests/:id/versions",
    "GET /todos",
    "GET /user",
    "GET /version",
    "GET info/refs service=git-receive-pack",
    "GET info/refs service=git-upload-pack",
    "HEAD /projects/:id/repository/files/:path",
    "POST /projects/:id/merge_requests/:id/approve",
    "POST /projects/:id/merge_requests/:id/discussions",
    "POST /projects/:id/merge_requests/:id/discussions/:id/notes",
    "POST /projects/:id/merge_requests/:id/draft_notes",
    "POST /projects/:id/merge_requests/:id/draft_notes/bulk_publish",
    "POST /projects/:id/merge_requests/:id/notes",
    "POST /projects/:id/repository/commits",
    "POST git-receive-pack",
    "POST git-upload-pack",
    "PUT /projects/:id/merge_requests/:id/discussions/:id",
    "PUT /projects/:id/merge_requests/:id/draft_notes/:id",
    "PUT /projects/:id/merge_requests/:id/merge",
]
"""Every request that the review sends to GitLab."""

WHEN_SOMETHING_FAILED = {
    "GET /projects/:id/merge_requests/:id/versions/:id",
    "GET /projects/:id/repository/branches/:branch",
    "PUT /projects/:id/merge_requests/:id/draft_notes/:id/publish",
}
"""What is sent besides to find out what has become of another request, or in its place."""

PAIRS = [(fault, request) for fault in FAULTS for request in REQUESTS if not (fault in AFTER and is_reading(request))]


@pytest.fixture(scope="module")
def plays(
    gitlab_server: SandboxGitlab, author: Person, reviewer: Person, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[Fault | None, Future[Play]]]:
    """The review with each fault and without any, side by side: most of the time is spent in waiting for time-outs."""
    home = tmp_path_factory.mktemp("faults")
    environment = clean_environment(home, "Test Author", "author@example.com")
    project = gitlab_server.project(author)
    project.members.create({"user_id": reviewer.id, "access_level": 30})
    first = initialize(home / "first", environment, {NOTEBOOK: OLD, "README.md": "# Circles\n"})
    first.git("push", "-q", gitlab_server.remote(project, author.token), "main")
    first.git("remote", "add", "origin", str(project.http_url_to_repo))
    path = project.path_with_namespace
    with ExitStack() as stack:

        def way() -> FaultProxy:
            return stack.enter_context(fault_proxy(gitlab_server.url))

        ways: dict[Fault | None, tuple[FaultProxy, FaultProxy]] = {fault: (way(), way()) for fault in (None, *FAULTS)}
        tokens = {
            host_of(proxy.url): person.token
            for pair in ways.values()
            for proxy, person in zip(pair, (author, reviewer), strict=True)
        }
        config = {"tokens": tokens, "api_timeout": 1.0, "pool_size": 16}
        lab = stack.enter_context(jupyter_server(home, home / "root", config, environment))

        def play(fault: Fault | None) -> Play:
            names = fault or "none"
            branch, target = f"topic-{names}", f"base-{names}"
            project.branches.create({"branch": target, "ref": "main"})
            action = {"action": "update", "file_path": NOTEBOOK, "content": NEW}
            project.commits.create(
                {"branch": branch, "start_branch": "main", "commit_message": "Use pi", "actions": [action]}
            )
            members = []
            for person, proxy in zip((author, reviewer), ways[fault], strict=True):
                folder = f"{person.username}-{names}"
                clone = copy_clone(first.top, lab.root / folder, environment, f"{proxy.url}/{path}.git")
                members.append(Member(person, lab.api.at(folder), proxy, clone))
            made = Play(fault, project, *members, branch, target)
            asked = {"source_branch": branch, "target_branch": target, "title": "Use pi", "reviewer_ids": [reviewer.id]}
            made.iid = project.mergerequests.create(asked).iid
            url = gitlab_server.remote(project, author.token)
            made.author.workspace.git("fetch", "-q", url, "+refs/heads/*:refs/remotes/origin/*")
            made.author.workspace.git("checkout", "-q", branch)
            play_through(made)
            return made

        pool = stack.enter_context(ThreadPoolExecutor(4))
        waiting_first = sorted(ways, key=lambda fault: not (fault or "").startswith("timeout"))
        yield {fault: pool.submit(play, fault) for fault in waiting_first}


def test_these_are_the_requests_of_the_review(plays: dict[Fault | None, Future[Play]]) -> None:
    assert sorted(plays[None].result().asked) == REQUESTS


def test_these_are_the_operations_of_the_review(plays: dict[Fault | None, Future[Play]]) -> None:
    """``ui-tests/test_review.py`` holds the pages' own against this list."""
    play = plays[None].result()
    known = (Path(__file__).parent / "operations.txt").read_text("utf-8").split()
    assert sorted(play.author.operations | play.reviewer.operations) == known


@pytest.mark.parametrize("fault", FAULTS)
def test_the_review_comes_to_its_end(plays: dict[Fault | None, Future[Play]], fault: Fault) -> None:
    play = plays[fault].result()
    assert play.author.told and play.reviewer.told
    assert play.failed <= {*REQUESTS, *WHEN_SOMETHING_FAILED}


@pytest.mark.parametrize(("fault", "request_"), PAIRS)
def test_it_has_gone_wrong_once(plays: dict[Fault | None, Future[Play]], fault: Fault, request_: str) -> None:
    assert request_ in plays[fault].result().failed
