"""Time-outs, repetitions, redirects and everything that is not GitLab's JSON."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from jupyterlab_gitlab.contract.errors import ErrorCode, GitLabWorkflowError
from jupyterlab_gitlab.contract.merge_requests import MergeBody
from jupyterlab_gitlab.remote import Connections, GitLabProject, HostSettings, Secret
from jupyterlab_gitlab.remote.addresses import BaseUrl
from jupyterlab_gitlab.remote.transport import MOST_BYTES

from .conftest import Connect
from .fault_server import CERTIFICATE, Answer, Asked, FaultServer, fault_server
from .world import TOKEN, address

PROJECT = {"id": 5, "name": "p", "path_with_namespace": "g/p", "web_url": "http://x/g/p"}


@pytest.fixture
def project(faulty: FaultServer, signed_in: Connections) -> GitLabProject:
    return signed_in.project(address(f"{faulty.url}/g/p.git"))


def failure(project: GitLabProject) -> GitLabWorkflowError:
    with pytest.raises(GitLabWorkflowError) as caught:
        project.project()
    return caught.value


def test_a_server_that_does_not_answer_times_out(faulty: FaultServer, project: GitLabProject) -> None:
    faulty.always(Answer(hang=True))
    start = time.monotonic()
    assert failure(project).code is ErrorCode.GITLAB_TIMEOUT
    assert time.monotonic() - start < 5


def test_a_body_that_trickles_in_for_ever_times_out(faulty: FaultServer, project: GitLabProject) -> None:
    faulty.always(Answer(200, b" " * 1_000_000, {"Content-Type": "application/json"}, drip=True))
    start = time.monotonic()
    assert failure(project).code is ErrorCode.GITLAB_TIMEOUT
    assert time.monotonic() - start < 8


def test_a_port_where_nobody_listens_is_out_of_reach(connect: Connect) -> None:
    connections = connect(tokens={"127.0.0.1:9": Secret(TOKEN)}, environ={"GITLAB_HOST": "http://127.0.0.1:9"})
    error = failure(connections.project(address("http://127.0.0.1:9/g/p.git")))
    assert (error.code, error.status) == (ErrorCode.GITLAB_UNREACHABLE, 502)


@pytest.mark.parametrize(
    "answer",
    [
        Answer(200, b"<html>Sign in</html>"),
        Answer(200, b"{", {"Content-Type": "application/json"}),
        Answer(200, b"", {"Content-Type": "application/json"}),
        Answer(200, ["a list"]),
        Answer(200, {"id": "no number"}),
        Answer(401, b"<html>Proxy</html>"),
        Answer(403, b"<html>Firewall</html>"),
        Answer(404, b"<html>nginx</html>"),
        Answer(500, {"message": "500 Internal Server Error"}),
        Answer(500, b"<html>Whoops</html>"),
        Answer(200, b"\x1f\x8b", {"Content-Encoding": "gzip"}),
    ],
)
def test_what_gitlab_would_not_say_is_a_fault_of_the_host(
    faulty: FaultServer, project: GitLabProject, answer: Answer
) -> None:
    faulty.always(answer)
    error = failure(project)
    assert (error.code, error.status) == (ErrorCode.GITLAB_ERROR, 502)
    assert f"127.0.0.1:{faulty.port}" in error.message
    assert error.hint


@pytest.mark.parametrize("first", [Answer(502, b"<html>"), Answer(503, b""), Answer(504, b""), Answer(cut=True)])
def test_a_reading_call_is_repeated_after_a_passing_fault(
    faulty: FaultServer, project: GitLabProject, first: Answer
) -> None:
    faulty.in_turn(first, Answer(200, PROJECT))
    assert project.project().id == 5
    assert len(faulty.asked) == 2


def test_a_fault_that_stays_is_reported_after_a_few_tries(faulty: FaultServer, project: GitLabProject) -> None:
    faulty.always(Answer(502, b"<html>"))
    assert failure(project).code is ErrorCode.GITLAB_ERROR
    assert len(faulty.asked) == 3


@pytest.mark.parametrize("fault", [Answer(502, b"<html>"), Answer(cut=True), Answer(429, b"", {"Retry-After": "0"})])
def test_a_writing_call_is_never_repeated(faulty: FaultServer, project: GitLabProject, fault: Answer) -> None:
    faulty.rule = lambda asked: Answer(200, PROJECT) if asked.method == "GET" else fault
    with pytest.raises(GitLabWorkflowError):
        project.merge(1, MergeBody(sha="0" * 40))
    assert [each.method for each in faulty.asked].count("PUT") == 1


def test_a_short_rate_limit_is_waited_for(faulty: FaultServer, project: GitLabProject) -> None:
    faulty.in_turn(Answer(429, b"Retry later", {"Retry-After": "0"}), Answer(200, PROJECT))
    assert project.project().id == 5


def test_a_long_rate_limit_is_told_with_its_time(faulty: FaultServer, project: GitLabProject) -> None:
    faulty.always(Answer(429, b"Retry later", {"Retry-After": "57"}))
    error = failure(project)
    assert (error.code, error.status, error.details["retry_after"]) == (ErrorCode.RATE_LIMITED, 429, 57)
    assert "57" in error.hint
    assert len(faulty.asked) == 1


def test_a_rate_limit_without_a_time_is_told(faulty: FaultServer, project: GitLabProject) -> None:
    body = {"message": {"error": "This endpoint has been requested too many times. Try again later."}}
    faulty.always(Answer(429, body))
    assert failure(project).code is ErrorCode.RATE_LIMITED


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_no_redirect_leads_to_another_host(
    faulty: FaultServer, elsewhere: FaultServer, project: GitLabProject, status: int
) -> None:
    elsewhere.always(Answer(200, PROJECT))
    faulty.always(Answer(status, headers={"Location": f"{elsewhere.url}/api/v4/projects/5"}))
    error = failure(project)
    assert (error.code, f"127.0.0.1:{elsewhere.port}" in error.message) == (ErrorCode.GITLAB_ERROR, True)
    assert elsewhere.asked == []


def test_no_redirect_leads_to_another_scheme(faulty: FaultServer, project: GitLabProject) -> None:
    faulty.always(Answer(302, headers={"Location": f"https://127.0.0.1:{faulty.port}/api/v4/projects/5"}))
    assert failure(project).code is ErrorCode.GITLAB_ERROR


def test_a_redirect_on_the_same_host_is_followed(faulty: FaultServer, project: GitLabProject) -> None:
    """GitLab answers so for a project that was renamed."""

    def rule(asked: Asked) -> Answer:
        if asked.path == "/api/v4/projects/g%2Fp":
            return Answer(301, headers={"Location": f"{faulty.url}/api/v4/projects/5"})
        return Answer(200, PROJECT)

    faulty.rule = rule
    assert project.project().id == 5
    assert [each.headers["Authorization"] for each in faulty.asked] == [f"Bearer {TOKEN}"] * 2


def test_a_loop_of_redirects_ends(faulty: FaultServer, project: GitLabProject) -> None:
    faulty.always(Answer(302, headers={"Location": f"{faulty.url}/api/v4/projects/g%2Fp"}))
    assert failure(project).code is ErrorCode.GITLAB_ERROR
    assert len(faulty.asked) < 6


def test_a_redirected_writing_call_is_not_turned_into_a_reading_one(
    faulty: FaultServer, project: GitLabProject
) -> None:
    moved = Answer(302, headers={"Location": f"{faulty.url}/api/v4/user"})
    faulty.rule = lambda asked: moved if asked.method == "PUT" else Answer(200, PROJECT)
    with pytest.raises(GitLabWorkflowError) as caught:
        project.merge(1, MergeBody(sha="0" * 40))
    assert caught.value.code is ErrorCode.GITLAB_ERROR


def test_a_next_page_at_another_host_is_not_asked_for(
    faulty: FaultServer, elsewhere: FaultServer, project: GitLabProject
) -> None:
    headers = {"Link": f'<{elsewhere.url}/api/v4/x?page=2>; rel="next"', "X-Next-Page": ""}
    faulty.rule = lambda asked: Answer(200, PROJECT) if asked.path.endswith("g%2Fp") else Answer(200, [], headers)
    assert project.members().users == []
    assert elsewhere.asked == []


def test_pages_are_followed_to_the_end_and_no_further(faulty: FaultServer, project: GitLabProject) -> None:
    def rule(asked: Asked) -> Answer:
        if asked.path.endswith("g%2Fp"):
            return Answer(200, PROJECT)
        page = int(parse_qs(urlsplit(asked.path).query)["page"][0])
        users = [{"id": page * 100 + number, "username": f"u{number}", "name": f"U{number}"} for number in range(50)]
        return Answer(200, users, {"X-Next-Page": str(page + 1), "X-Total": "10000"})

    faulty.rule = rule
    assert len(project.members().users) == 100
    assert len(faulty.asked) == 3


def test_cookies_are_not_kept(faulty: FaultServer, project: GitLabProject) -> None:
    faulty.always(Answer(200, PROJECT, {"Set-Cookie": "_gitlab_session=1; Path=/"}))
    project.project()
    faulty.always(Answer(200, []))
    project.members()
    assert all("Cookie" not in each.headers for each in faulty.asked)


def test_netrc_does_not_replace_the_token(
    faulty: FaultServer, project: GitLabProject, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text("default login somebody password something\n")
    monkeypatch.setenv("NETRC", str(netrc))
    faulty.always(Answer(200, PROJECT))
    project.project()
    assert faulty.asked[0].headers["Authorization"] == f"Bearer {TOKEN}"


def test_a_proxy_never_sees_what_goes_to_this_machine(
    faulty: FaultServer, elsewhere: FaultServer, project: GitLabProject, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", elsewhere.url)
    monkeypatch.setenv("http_proxy", elsewhere.url)
    monkeypatch.setenv("ALL_PROXY", elsewhere.url)
    faulty.always(Answer(200, PROJECT))
    assert project.project().id == 5
    assert elsewhere.asked == []


def test_a_proxy_of_the_environment_is_used_for_other_machines(
    elsewhere: FaultServer, connect: Connect, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", elsewhere.url)
    monkeypatch.delenv("no_proxy", raising=False)
    monkeypatch.delenv("NO_PROXY", raising=False)
    elsewhere.always(Answer(200, PROJECT))
    connections = connect(
        tokens={"gitlab.test": Secret(TOKEN)}, environ={"GITLAB_HOST": "http://gitlab.test"}, read_timeout=2.0
    )
    assert connections.project(address("http://gitlab.test/g/p.git")).project().id == 5
    assert elsewhere.paths == ["http://gitlab.test/api/v4/projects/g%2Fp"]


def test_an_answer_without_end_is_cut_off(
    faulty: FaultServer, project: GitLabProject, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert MOST_BYTES > 100_000_000, "a notebook of 30 MB must pass as base64"
    monkeypatch.setattr("jupyterlab_gitlab.remote.transport.MOST_BYTES", 100_000)
    faulty.always(Answer(200, b" " * 200_000, {"Content-Type": "application/json"}))
    error = failure(project)
    assert (error.code, "too large" in error.message) == (ErrorCode.GITLAB_ERROR, True)


def tls_project(connect: Connect, port: int, **options: Any) -> GitLabProject:
    base = BaseUrl("https", "127.0.0.1", port, "")
    connections = connect(hosts=(HostSettings(base.name, base, **options),), tokens={base.name: Secret(TOKEN)})
    return connections.project(address(f"{base.url}/g/p.git"))


def test_a_certificate_that_can_not_be_verified_says_what_to_do(connect: Connect) -> None:
    with fault_server(tls=True) as server:
        error = failure(tls_project(connect, server.port))
        assert (error.code, "certificate" in error.message) == (ErrorCode.GITLAB_UNREACHABLE, True)
        assert "ca_file" in error.hint
        assert server.asked == []


def test_an_authority_of_ones_own_is_trusted_where_it_is_configured(
    connect: Connect, monkeypatch: pytest.MonkeyPatch
) -> None:
    with fault_server(tls=True) as server:
        server.always(Answer(200, PROJECT))
        assert tls_project(connect, server.port, ca_file=str(CERTIFICATE)).project().id == 5
        monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(CERTIFICATE))
        assert tls_project(connect, server.port).project().id == 5


def test_a_file_of_authorities_that_is_not_there_is_named(connect: Connect, faulty: FaultServer) -> None:
    error = failure(tls_project(connect, faulty.port, ca_file="/nowhere/ca.pem"))
    assert error.code is ErrorCode.GITLAB_UNREACHABLE
    assert ("/nowhere/ca.pem" in error.message, "ca_file" in error.hint) == (True, True)


@pytest.mark.filterwarnings("ignore:Unverified HTTPS request")
def test_certificate_checks_can_be_switched_off_for_a_host(connect: Connect, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", "/nowhere.pem")
    with fault_server(tls=True) as server:
        server.always(Answer(200, PROJECT))
        assert tls_project(connect, server.port, verify=False).project().id == 5


def test_https_to_a_port_without_it_fails_in_words(faulty: FaultServer, connect: Connect) -> None:
    error = failure(tls_project(connect, faulty.port))
    assert (error.code, "encrypted" in error.message) == (ErrorCode.GITLAB_UNREACHABLE, True)
    assert faulty.asked == []
