"""GitLab that is down, slow, broken, or not one at all; towards its API and towards git."""

from __future__ import annotations

import socket
from collections.abc import Iterator

import pytest
from api_client import Api
from conftest import host_of
from odd_gitlab import OddGitLab

from .conftest import Make, told


@pytest.fixture
def at_odd(make_repository: Make, odd: OddGitLab) -> Iterator[Api]:
    workspace, api = make_repository()
    workspace.git("remote", "add", "origin", f"{odd.url}/group/project.git")
    yield api
    odd.mode = "good"


NOT_GITLAB = "Something else than GitLab answers at this address: perhaps a proxy or a sign-in page."
ITS_FAULT = "This is a fault of the GitLab server. Try again later; if it stays, tell its administrator."
PATIENCE = "Try again. If it stays slow, ask its administrator or raise GitLabConfig.api_timeout."


@pytest.mark.parametrize(
    ("mode", "code", "message", "hint"),
    [
        ("html", "gitlab_error", "{} sent an answer that is not of GitLab's API.", f"{NOT_GITLAB} Open it"),
        ("garbage", "gitlab_error", "{} sent an answer that is not of GitLab's API.", f"{NOT_GITLAB} Open it"),
        ("500", "gitlab_error", "{} failed to answer (HTTP 500: 500 Internal Server Error).", ITS_FAULT),
        ("slow", "gitlab_timeout", "{} did not answer in time.", PATIENCE),
        ("429", "rate_limited", "{} received too many requests.", "Try again in 33 seconds."),
        ("redirect", "gitlab_error", "{} leads to another address (localhost:9), where", "If GitLab has moved there"),
    ],
)
def test_gitlab_misbehaves(at_odd: Api, odd: OddGitLab, mode: str, code: str, message: str, hint: str) -> None:
    odd.mode = mode
    found = told(at_odd, "list_merge_requests")
    assert found[0] == code
    assert found[1].startswith(message.format(host_of(odd.url)))
    assert found[2].startswith(hint)
    problem = at_odd("get_account").problem
    assert (problem.code.value, problem.message, problem.hint) == found
    # Local work goes on.
    assert at_odd("list_changes").files == []
    assert at_odd("create_branch", {"name": "meanwhile"}).branch == "meanwhile"


@pytest.mark.parametrize(
    ("mode", "code", "message", "hint"),
    [
        ("html", "gitlab_error", "“{}” answers, but not as git does.", "Something else than GitLab may stand at this"),
        ("garbage", "gitlab_error", "“{}” answers, but not as git does.", "Something else than GitLab may stand"),
        ("500", "gitlab_error", "“{}” failed to answer (HTTP 500).", ITS_FAULT),
        ("429", "rate_limited", "“{}” received too many requests.", "Try again in a minute."),
        ("redirect", "gitlab_unreachable", "“{}” can't be reached.", "Check the network, VPN and proxy"),
        ("good", "project_not_found", "“{}” has no such project", "Check the remote's URL with “git remote -v”"),
    ],
)
def test_gitlab_misbehaves_towards_git(
    at_odd: Api, odd: OddGitLab, mode: str, code: str, message: str, hint: str
) -> None:
    odd.mode = mode
    found = told(at_odd, "push", {})
    assert found[0] == code
    assert found[1].startswith(message.format(host_of(odd.url)))
    assert found[2].startswith(hint)


def test_gitlab_is_down(make_repository: Make) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        host = f"127.0.0.1:{probe.getsockname()[1]}"
    workspace, api = make_repository()
    workspace.git("remote", "add", "origin", f"http://{host}/group/project.git")
    for name, body in (("get_account", None), ("get_project", None), ("push", {}), ("fetch", {})):
        assert told(api, name, body) == (
            "gitlab_unreachable",
            f"{host} can't be reached.",
            "Check the network of the machine that Jupyter runs on. Local work goes on meanwhile.",
        )
