"""Remote URLs, and what belongs to a base URL."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jupyterlab_gitlab.remote.addresses import BaseUrl, RemoteAddress, is_loopback


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://gitlab.com/group/project.git", ("https", "gitlab.com", None, "group/project")),
        ("https://user:pass@GitLab.example.com:8443/a/b/c.git/", ("https", "gitlab.example.com", 8443, "a/b/c")),
        ("https://gitlab.com:443/group/project", ("https", "gitlab.com", None, "group/project")),
        ("http://localhost:8080/group/project.git", ("http", "localhost", 8080, "group/project")),
        ("ssh://git@gitlab.example.com:2222/group/project.git", ("ssh", "gitlab.example.com", 2222, "group/project")),
        ("git+ssh://git@gitlab.example.com/group/project.git", ("ssh", "gitlab.example.com", None, "group/project")),
        ("git@gitlab.com:group/sub/project.git", ("ssh", "gitlab.com", None, "group/sub/project")),
        ("gitlab.com:group/project", ("ssh", "gitlab.com", None, "group/project")),
        ("git@[::1]:group/project.git", ("ssh", "::1", None, "group/project")),
        ("https://[::1]:3000/group/project.git", ("https", "::1", 3000, "group/project")),
        ("https://gitlab.com/group/my%20project.git", ("https", "gitlab.com", None, "group/my project")),
        ("https://gitlab.bücher.example/g/p", ("https", "gitlab.xn--bcher-kva.example", None, "g/p")),
    ],
)
def test_a_remote_url_is_taken_apart(url: str, expected: tuple[str, str, int | None, str]) -> None:
    assert RemoteAddress.parse(url) == RemoteAddress(*expected)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "url",
    [
        "/srv/git/project.git",
        "../project.git",
        "file:///srv/git/project.git",
        "C:\\clones\\project",
        "C:/clones/project",
        "git://example.com/group/project.git",
        "ext::sh -c whatever",
        "https://gitlab.com/",
        "https://gitlab.com:port/group/project",
        "https://gitlab.com/group/../../etc",
        "https://gitlab.com/group/pro\nject",
        "",
    ],
)
def test_what_leads_to_no_gitlab_has_no_address(url: str) -> None:
    assert RemoteAddress.parse(url) is None


@given(st.text(max_size=60))
def test_any_text_is_parsed_without_failing(text: str) -> None:
    address = RemoteAddress.parse(text)
    assert address is None or (address.host and address.path)
    BaseUrl.parse(text)


@pytest.mark.parametrize(
    ("text", "url", "name"),
    [
        ("gitlab.com", "https://gitlab.com", "gitlab.com"),
        ("https://Example.org/gitlab/", "https://example.org/gitlab", "example.org/gitlab"),
        ("http://localhost:8080", "http://localhost:8080", "localhost:8080"),
        ("https://example.org:443", "https://example.org", "example.org"),
        ("https://[::1]:3000", "https://[::1]:3000", "[::1]:3000"),
    ],
)
def test_a_base_url_has_one_form(text: str, url: str, name: str) -> None:
    base = BaseUrl.parse(text)
    assert base is not None
    assert (base.url, base.name) == (url, name)


@pytest.mark.parametrize("text", ["", "ftp://example.org", "https://", "https://example.org?x=1", "https://a:b"])
def test_what_is_no_base_url_is_refused(text: str) -> None:
    assert BaseUrl.parse(text) is None


BASE = BaseUrl("https", "example.org", None, "gitlab")


@pytest.mark.parametrize(
    ("url", "inside"),
    [
        ("https://example.org/gitlab/api/v4/user", True),
        ("https://EXAMPLE.org:443/gitlab", True),
        ("https://example.org/gitlab2/api", False),
        ("https://example.org/", False),
        ("https://example.org/gitlab/../other", False),
        ("https://example.org/gitlab/%2e%2e/other", False),
        ("http://example.org/gitlab/api", False),
        ("https://example.org:8443/gitlab/api", False),
        ("https://example.org.evil.test/gitlab/api", False),
        ("https://example.org@evil.test/gitlab/api", False),
        ("https://evil.test/gitlab/api", False),
        ("https://example.org:x/gitlab/api", False),
    ],
)
def test_only_urls_at_or_below_the_base_belong_to_it(url: str, inside: bool) -> None:
    assert BASE.contains(url) is inside


@pytest.mark.parametrize("host", ["localhost", "gitlab.localhost", "127.0.0.1", "127.8.9.1", "::1"])
def test_this_machine_is_loopback(host: str) -> None:
    assert is_loopback(host)


@pytest.mark.parametrize("host", ["localhost.example.com", "10.0.0.1", "0.0.0.0", "gitlab.com", "127.0.0.1.nip.io"])
def test_other_machines_are_not_loopback(host: str) -> None:
    assert not is_loopback(host)
