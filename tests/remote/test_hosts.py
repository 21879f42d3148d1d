"""Which GitLab a remote belongs to."""

from __future__ import annotations

from typing import Any

import pytest
from sandbox_server import SandboxGitlab

from jupyterlab_gitlab.contract.errors import ErrorCode, GitLabWorkflowError
from jupyterlab_gitlab.remote.hosts import HostFinder
from jupyterlab_gitlab.remote.settings import RemoteSettings

from .fault_server import UNAUTHORIZED, Answer, FaultServer
from .world import address


def finder(hosts: dict[str, dict[str, Any]] | None = None, **settings: Any) -> HostFinder:
    listed = RemoteSettings.from_traits(hosts=hosts or {}, tokens={}).hosts
    quick = {"environ": {}, "connect_timeout": 1.0, "read_timeout": 1.0, "total_timeout": 2.0}
    return HostFinder(RemoteSettings(hosts=listed, **{**quick, **settings}))


def found(finder: HostFinder, url: str) -> tuple[str, str]:
    host, path = finder.find(address(url))
    return host.base.url, path


def refused(finder: HostFinder, url: str) -> GitLabWorkflowError:
    with pytest.raises(GitLabWorkflowError) as caught:
        finder.find(address(url))
    return caught.value


@pytest.mark.parametrize(
    "url",
    [
        "https://gitlab.com/group/sub/project.git",
        "git@gitlab.com:group/sub/project.git",
        "ssh://git@altssh.gitlab.com:443/group/sub/project.git",
    ],
)
def test_gitlab_com_needs_no_probing(url: str) -> None:
    assert found(finder(), url) == ("https://gitlab.com", "group/sub/project")


def test_a_listed_host_gives_its_address_to_https_and_ssh_remotes() -> None:
    listed = finder({"git.example.org": {"url": "https://web.example.org/gitlab", "ca_file": "/etc/ca.pem"}})
    expected = ("https://web.example.org/gitlab", "group/project")
    assert found(listed, "git@git.example.org:group/project.git") == expected
    assert found(listed, "ssh://git@git.example.org:2222/group/project.git") == expected
    assert found(listed, "https://web.example.org/gitlab/group/project.git") == expected
    host, _ = listed.find(address("git@web.example.org:group/project.git"))
    assert (host.ca_file, host.verify) == ("/etc/ca.pem", True)


def test_among_two_gitlabs_on_one_host_the_longer_path_wins() -> None:
    listed = finder(
        {"a.example.org": {"url": "https://example.org"}, "b.example.org": {"url": "https://example.org/b"}}
    )
    assert found(listed, "https://example.org/b/group/project.git") == ("https://example.org/b", "group/project")
    assert found(listed, "https://example.org/bb/project.git") == ("https://example.org", "bb/project")


def test_plain_http_is_refused_unless_it_is_allowed_or_stays_on_this_machine() -> None:
    url = "http://gitlab.example.org/group/project.git"
    assert refused(finder(), url).code is ErrorCode.INSECURE_HOST
    assert found(finder({"gitlab.example.org": {"url": "http://gitlab.example.org"}}), url)[0] == (
        "http://gitlab.example.org"
    )
    # The listed address is https, so that the API is reached by https whatever the remote says.
    assert found(finder({"gitlab.example.org": {}}), url)[0] == "https://gitlab.example.org"


def test_a_host_that_is_not_listed_can_be_forbidden() -> None:
    only = finder({"gitlab.example.org": {}}, only_listed_hosts=True)
    assert found(only, "https://gitlab.example.org/group/project.git")[0] == "https://gitlab.example.org"
    error = refused(only, "https://gitlab.com/group/project.git")
    assert (error.code, "gitlab.com" in error.message) == (ErrorCode.HOST_UNKNOWN, True)


def test_the_host_of_the_environment_needs_no_probing() -> None:
    mine = finder(environ={"GITLAB_HOST": "https://example.org/gitlab"})
    assert found(mine, "https://example.org/gitlab/g/p.git") == ("https://example.org/gitlab", "g/p")


def test_an_unlisted_gitlab_is_recognised_by_its_answer(sandbox: SandboxGitlab) -> None:
    assert found(finder(), f"{sandbox.url}/group/project.git") == (sandbox.url, "group/project")


def test_a_gitlab_below_a_path_is_found_by_trying_without_a_token_and_remembered(faulty: FaultServer) -> None:
    faulty.rule = lambda asked: (
        Answer(401, UNAUTHORIZED) if asked.path == "/tools/gitlab/api/v4/version" else Answer(404, b"<html>")
    )
    unlisted = finder()
    for _ in range(2):
        assert found(unlisted, f"{faulty.url}/tools/gitlab/group/project.git") == (
            f"{faulty.url}/tools/gitlab",
            "group/project",
        )
    assert faulty.paths == [f"{prefix}/api/v4/version" for prefix in ("", "/tools", "/tools/gitlab")]
    assert not {"Authorization", "PRIVATE-TOKEN", "Cookie"} & {name for each in faulty.asked for name in each.headers}


def test_another_service_is_an_unknown_host_and_is_not_asked_again_at_once(faulty: FaultServer) -> None:
    faulty.always(Answer(200, b"<html>Welcome</html>"))
    unlisted = finder()
    for _ in range(2):
        error = refused(unlisted, f"{faulty.url}/group/project.git")
        assert (error.code, "GitLabConfig.hosts" in error.hint) == (ErrorCode.HOST_UNKNOWN, True)
    assert len(faulty.asked) == 1


def test_a_gitlab_with_a_fault_is_no_other_service(faulty: FaultServer) -> None:
    faulty.in_turn(Answer(500, {"message": "500 Internal Server Error"}), Answer(401, UNAUTHORIZED))
    unlisted = finder()
    assert refused(unlisted, f"{faulty.url}/group/project.git").code is ErrorCode.GITLAB_ERROR
    assert found(unlisted, f"{faulty.url}/group/project.git")[0] == faulty.url


def test_a_probe_follows_no_redirect_to_another_host(faulty: FaultServer, elsewhere: FaultServer) -> None:
    elsewhere.always(Answer(401, UNAUTHORIZED))
    faulty.always(Answer(302, headers={"Location": f"{elsewhere.url}/api/v4/version"}))
    assert refused(finder(), f"{faulty.url}/group/project.git").code is ErrorCode.HOST_UNKNOWN
    assert elsewhere.asked == []


def test_a_host_that_is_restarting_is_unreachable_and_not_unknown(faulty: FaultServer) -> None:
    faulty.always(Answer(503, b"<html>"))
    unlisted = finder()
    assert refused(unlisted, f"{faulty.url}/group/project.git").code is ErrorCode.GITLAB_UNREACHABLE
    faulty.always(Answer(401, UNAUTHORIZED))
    assert found(unlisted, f"{faulty.url}/group/project.git")[0] == faulty.url


def test_a_host_that_does_not_answer_is_said_to_be_slow_or_out_of_reach(faulty: FaultServer) -> None:
    faulty.always(Answer(hang=True))
    slow = finder(read_timeout=0.2)
    assert refused(slow, f"{faulty.url}/group/project.git").code is ErrorCode.GITLAB_TIMEOUT
    assert refused(slow, "http://127.0.0.1:9/group/project.git").code is ErrorCode.GITLAB_UNREACHABLE


def test_an_address_that_is_none_is_told_to_the_administrator() -> None:
    with pytest.raises(ValueError, match="ftp://"):
        RemoteSettings.from_traits(hosts={"example.org": {"url": "ftp://example.org"}}, tokens={})
