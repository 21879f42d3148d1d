"""The GitLabs that are known without a repository."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from jupyterlab_gitlab.remote import Connections, RemoteSettings

from .world import address


def connections(tmp_path: Path, kept: dict[str, str] | None = None, **settings: Any) -> Connections:
    file = tmp_path / "tokens.json"
    file.write_text(json.dumps(kept or {}), "utf-8")
    traits: dict[str, Any] = {"hosts": {}, "tokens": {}, "use_keyring": False}
    given = RemoteSettings.from_traits(**{key: settings.pop(key, value) for key, value in traits.items()})
    return Connections(
        RemoteSettings(
            **{"hosts": given.hosts, "tokens": given.tokens, "use_keyring": False, "environ": {}, "token_file": file}
            | settings
        )
    )


def urls(found: Connections) -> list[str]:
    return [host.url for host in found.known_hosts()]


def test_without_anything_gitlab_com_is_known(tmp_path: Path) -> None:
    assert urls(connections(tmp_path)) == ["https://gitlab.com"]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("gitlab.example.org", "https://gitlab.example.org"),
        ("https://example.org/gitlab/", "https://example.org/gitlab"),
        ("localhost:8929", "http://localhost:8929"),
        ("http://gitlab.example.org", "http://gitlab.example.org"),
    ],
)
def test_the_host_of_the_environment_comes_first(tmp_path: Path, text: str, first: str) -> None:
    assert urls(connections(tmp_path, environ={"GITLAB_HOST": text})) == [first, "https://gitlab.com"]


def test_those_with_a_token_come_before_the_others(tmp_path: Path) -> None:
    found = connections(
        tmp_path,
        kept={"https://signed-in.example.org": "a", "https://in-the-keyring.example.org": ""},
        hosts={"listed.example.org": {}, "listed-too.example.org": {}},
        tokens={"listed-too.example.org": "b", "127.0.0.1:8929": "c"},
    )
    assert [(host.name, host.has_token) for host in found.known_hosts()] == [
        ("listed-too.example.org", True),
        ("127.0.0.1:8929", True),
        ("signed-in.example.org", True),
        ("listed.example.org", False),
        ("in-the-keyring.example.org", False),
        ("gitlab.com", False),
    ]


def test_where_a_clone_led_is_known_and_each_host_once(tmp_path: Path) -> None:
    found = connections(
        tmp_path, hosts={"git.example.org": {"url": "https://web.example.org"}}, tokens={"web.example.org": "a"}
    )
    found.host(address("git@gitlab.com:group/project.git"))
    assert urls(found) == ["https://web.example.org", "https://gitlab.com"]


def test_only_listed_hosts_are_known_where_no_others_may_be_asked(tmp_path: Path) -> None:
    found = connections(
        tmp_path,
        kept={"https://signed-in.example.org": "a"},
        hosts={"listed.example.org": {}},
        tokens={"other.example.org": "b"},
        environ={"GITLAB_HOST": "gitlab.example.org"},
        only_listed_hosts=True,
    )
    assert urls(found) == ["https://listed.example.org"]
    assert found.named_host("other.example.org") is None


def test_a_token_does_not_go_over_plain_http(tmp_path: Path) -> None:
    found = connections(tmp_path, kept={"http://gitlab.example.org": "a", "http://localhost:8929": "b"})
    assert urls(found) == ["http://localhost:8929", "https://gitlab.com"]


def test_only_known_names_lead_anywhere(tmp_path: Path) -> None:
    found = connections(tmp_path, tokens={"gitlab.example.org": "a"})
    named = found.named_host("gitlab.example.org")
    assert named is not None and named.url == "https://gitlab.example.org"
    assert found.named_host("evil.example") is None
