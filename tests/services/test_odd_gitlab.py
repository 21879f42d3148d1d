"""GitLab that is away, slow, broken, or not one at all."""

from __future__ import annotations

import socket
import time
from collections.abc import Callable, Iterator

import pytest
from api_client import Api, FailedError
from conftest import host_of
from git_workspace import Workspace
from jupyter_process import JupyterProcess
from odd_gitlab import OddGitLab

Make = Callable[..., tuple[Workspace, Api]]
REMOTE_ONLY = ["get_project", "list_merge_requests", "count_merge_requests", "list_members", "list_labels"]


@pytest.fixture
def at_odd(make_repository: Make, odd: OddGitLab) -> Iterator[Api]:
    workspace, api = make_repository()
    workspace.git("remote", "add", "origin", f"{odd.url}/group/project.git")
    odd.mode = "good"
    yield api
    odd.mode = "good"


def failure(api: Api, name: str, body: object = None, **parameters: object) -> FailedError:
    with pytest.raises(FailedError) as caught:
        api(name, body, **parameters)
    return caught.value


@pytest.mark.parametrize(
    ("mode", "code", "status"),
    [
        ("html", "gitlab_error", 502),
        ("garbage", "gitlab_error", 502),
        ("500", "gitlab_error", 502),
        ("slow", "gitlab_timeout", 504),
        ("429", "rate_limited", 429),
        ("redirect", "gitlab_error", 502),
    ],
)
def test_what_is_wrong_with_gitlab_is_said_in_words(
    at_odd: Api, odd: OddGitLab, mode: str, code: str, status: int
) -> None:
    odd.mode = mode
    found = failure(at_odd, "list_merge_requests")
    assert (found.code, found.status) == (code, status)
    assert found.reply.hint
    if code == "rate_limited":
        assert int(found.headers["Retry-After"]) >= 1


def test_local_work_goes_on_while_gitlab_is_slow(at_odd: Api, odd: OddGitLab) -> None:
    odd.mode = "slow"
    started = time.monotonic()
    assert at_odd("get_repository").branch == "main"
    assert at_odd("list_changes").files == []
    assert time.monotonic() - started < 5


def test_a_project_without_access_is_told_from_a_missing_page(at_odd: Api) -> None:
    assert failure(at_odd, "get_project").code == "project_not_found"


def test_gitlab_that_does_not_answer_is_unreachable(make_repository: Make) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    workspace, api = make_repository()
    workspace.git("remote", "add", "origin", f"http://127.0.0.1:{port}/group/project.git")
    found = failure(api, "get_project")
    assert found.code == "gitlab_unreachable"
    assert found.reply.hint


def test_a_remote_that_is_no_gitlab_is_told_so(make_repository: Make, odd: OddGitLab) -> None:
    workspace, api = make_repository()
    # the same server under a name that nobody has a token for, answering like any web page
    workspace.git("remote", "add", "origin", f"{odd.url.replace('127.0.0.1', 'localhost')}/group/project.git")
    odd.mode = "html"
    try:
        assert failure(api, "get_account").code == "host_unknown"
    finally:
        odd.mode = "good"


def test_a_token_goes_to_its_own_host_only(make_repository: Make, odd: OddGitLab) -> None:
    workspace, api = make_repository()
    workspace.git("remote", "add", "origin", f"{odd.url.replace('127.0.0.1', 'localhost')}/group/project.git")
    odd.seen.clear()
    for name in REMOTE_ONLY:
        assert failure(api, name).code in ("not_signed_in", "host_unknown")
    failure(api, "fetch", {})
    assert odd.seen
    assert not any(token for _, token in odd.seen)


def test_a_typed_token_is_refused_for_another_host(at_odd: Api, odd: OddGitLab) -> None:
    odd.seen.clear()
    for host in ("gitlab.com", "127.0.0.1", "", f"{host_of(odd.url)}@gitlab.com", f"http://{host_of(odd.url)}.evil"):
        found = failure(at_odd, "sign_in", {"host": host, "token": "glpat-typed-into-the-form"})
        assert found.code == "bad_request"
        assert "glpat-typed" not in found.reply.message
    assert not any(token == "glpat-typed-into-the-form" for _, token in odd.seen)


def test_no_redirect_is_followed_to_another_host(at_odd: Api, odd: OddGitLab) -> None:
    odd.mode = "redirect"
    assert failure(at_odd, "get_project").code == "gitlab_error"


def test_no_token_ever_reaches_the_log(at_odd: Api, odd: OddGitLab, lab: JupyterProcess) -> None:
    for mode in ("html", "500", "good", "redirect"):
        odd.mode = mode
        for name in REMOTE_ONLY:
            failure(at_odd, name)
        failure(at_odd, "fetch", {})
    log = lab.log.read_text("utf-8", "replace")
    assert "token-for-the-odd-gitlab" not in log
    assert "glpat-typed" not in log
    assert "Traceback" not in log
