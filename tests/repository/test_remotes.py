"""Remote URLs in all their forms."""

from __future__ import annotations

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jupyterlab_gitlab.contract.repositories import Remote
from jupyterlab_gitlab.repository import remotes
from jupyterlab_gitlab.repository.remotes import Address, parse_url

CASES = {
    "https://gitlab.com/group/project.git": ("https", "gitlab.com", None, "group/project"),
    "https://gitlab.com/group/project": ("https", "gitlab.com", None, "group/project"),
    "https://gitlab.com/group/project/": ("https", "gitlab.com", None, "group/project"),
    "https://gitlab.com/group/project.git/": ("https", "gitlab.com", None, "group/project"),
    "https://GitLab.Example.com:443/a/b.git": ("https", "gitlab.example.com", None, "a/b"),
    "https://gitlab.example.com:8443/a/b.git": ("https", "gitlab.example.com", 8443, "a/b"),
    "http://127.0.0.1:8080/a/b.git": ("http", "127.0.0.1", 8080, "a/b"),
    "http://[::1]:8080/a/b.git": ("http", "::1", 8080, "a/b"),
    "https://oauth2:glpat-secret@gitlab.com/a/b.git": ("https", "gitlab.com", None, "a/b"),
    "https://user:p@ss@gitlab.com/a/b.git": ("https", "gitlab.com", None, "a/b"),
    "https://gitlab.com/group/sub/deeper/project.git": ("https", "gitlab.com", None, "group/sub/deeper/project"),
    "https://example.com/gitlab/group/project.git": ("https", "example.com", None, "gitlab/group/project"),
    "ssh://git@gitlab.com/a/b.git": ("ssh", "gitlab.com", None, "a/b"),
    "ssh://git@gitlab.com:2222/a/b.git": ("ssh", "gitlab.com", 2222, "a/b"),
    "git+ssh://git@gitlab.com/a/b.git": ("ssh", "gitlab.com", None, "a/b"),
    "git@gitlab.com:a/b.git": ("ssh", "gitlab.com", None, "a/b"),
    "gitlab.com:a/b": ("ssh", "gitlab.com", None, "a/b"),
    "git@gitlab.com:/a/b.git": ("ssh", "gitlab.com", None, "a/b"),
    "git@[::1]:a/b.git": ("ssh", "::1", None, "a/b"),
    "git@gitlab.com:group/sub/project.git": ("ssh", "gitlab.com", None, "group/sub/project"),
    "git://gitlab.com/a/b.git": ("git", "gitlab.com", None, "a/b"),
}
NOWHERE = [
    "",
    "/srv/git/project.git",
    "../project.git",
    "file:///srv/git/project.git",
    "C:/Users/ada/project.git",
    "C:\\Users\\ada\\project.git",
    "ext::sh -c evil",
    "https://",
    "https:///a/b",
    "https://gitlab.com/",
    "https://gitlab.com/.git",
    "https://gitlab.com:port/a/b",
    "https://[::1/a/b",
    "git@gitlab.com:",
    "https://gitlab.com/a\nb",
    "ssh://git@gitlab.com/~ada/project.git",
]


@pytest.mark.parametrize(("url", "expected"), CASES.items())
def test_a_url_gives_host_port_and_project(url: str, expected: tuple[str, str, int | None, str]) -> None:
    assert parse_url(url) == Address(*expected)


@pytest.mark.parametrize("url", NOWHERE)
def test_what_leads_to_no_host_is_no_address(url: str) -> None:
    assert parse_url(url) is None


names = st.text(string.ascii_letters + string.digits + "_-.", min_size=1, max_size=12).filter(
    lambda name: not name.endswith(".git") and name.strip(".") == name
)
hosts = st.from_regex(r"[a-z0-9]([a-z0-9-]{0,8}[a-z0-9])?(\.[a-z]{2,6}){1,2}", fullmatch=True)


@given(
    host=hosts,
    port=st.none() | st.integers(1, 65535).filter(lambda port: port not in (80, 443, 22)),
    parts=st.lists(names, min_size=2, max_size=5),
    user=st.sampled_from(["", "git@", "oauth2:glpat-x@"]),
    end=st.sampled_from(["", ".git", "/", ".git/"]),
)
def test_all_forms_of_one_address_agree(host: str, port: int | None, parts: list[str], user: str, end: str) -> None:
    path = "/".join(parts)
    place = host if port is None else f"{host}:{port}"
    for scheme in ("https", "http", "ssh"):
        assert parse_url(f"{scheme}://{user}{place}/{path}{end}") == Address(scheme, host, port, path)
    assert parse_url(f"git@{host}:{path}{end}") == Address("ssh", host, None, path)


@given(st.text(max_size=60) | st.from_regex(r"(https?|ssh|git)://.{0,40}"))
def test_no_text_breaks_the_parser(url: str) -> None:
    address = parse_url(url)
    if address is not None:
        assert address.host and address.path and not address.path.startswith("/")


@given(st.text(string.ascii_letters + string.digits + "!$%&@:-_.", min_size=1, max_size=20), hosts)
def test_a_password_is_never_shown(password: str, host: str) -> None:
    url = f"https://user:secret{password}@{host}/a/b.git"
    assert "secret" not in remotes.remote("origin", url).url
    assert "secret" not in remotes.without_credentials(f"fatal: unable to access '{url}/': 401")


def test_a_relative_url_install_keeps_its_prefix_until_the_base_is_known() -> None:
    web = parse_url("https://example.com/gitlab/group/project.git")
    ssh = parse_url("git@example.com:group/project.git")
    assert web is not None and ssh is not None
    assert web.project_path("gitlab") == web.project_path("/gitlab/") == "group/project"
    assert web.project_path() == "gitlab/group/project"
    assert web.project_path("other") is None
    assert ssh.project_path("gitlab") == "group/project"


def test_only_a_web_port_belongs_to_the_host() -> None:
    assert remotes.remote("origin", "https://git.example.com:8443/a/b").host == "git.example.com:8443"
    assert remotes.remote("origin", "ssh://git@git.example.com:2222/a/b").host == "git.example.com"
    assert remotes.remote("origin", "http://[::1]:8080/a/b").host == "[::1]:8080"


def remote(name: str) -> Remote:
    return remotes.remote(name, f"https://gitlab.com/{name}/project")


def test_the_remote_is_the_upstreams_else_origin_else_the_only_one() -> None:
    three = [remote("fork"), remote("origin"), remote("other")]
    assert remotes.choose(three, "fork") is three[0]
    assert remotes.choose(three, None) is three[1]
    assert remotes.choose(three, "gone") is three[1]
    assert remotes.choose([three[2]], None) is three[2]
    assert remotes.choose([three[0], three[2]], None) is None
    assert remotes.choose([], None) is None
