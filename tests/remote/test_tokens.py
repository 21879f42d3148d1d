"""Where tokens come from and where they are kept."""

from __future__ import annotations

import json
import os
import stat
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import keyring
import keyring.backend
import keyring.errors
import pytest

from jupyterlab_gitlab.contract.errors import ErrorCode, GitLabWorkflowError
from jupyterlab_gitlab.remote import RemoteSettings, Secret
from jupyterlab_gitlab.remote.addresses import BaseUrl
from jupyterlab_gitlab.remote.tokens import TokenStore

HERE = BaseUrl("https", "gitlab.example.org", None, "")
MINE = Secret("glpat-mine-0123456789")
OTHER = Secret("glpat-other-0123456789")


class MemoryKeyring(keyring.backend.KeyringBackend):
    """A keyring in memory; *fault* is called before each use."""

    priority = 9  # type: ignore[assignment]

    def __init__(self, fault: Callable[[], None] = lambda: None) -> None:
        super().__init__()
        self.kept: dict[tuple[str, str], str] = {}
        self.fault = fault

    def get_password(self, service: str, username: str) -> str | None:
        self.fault()
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.fault()
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        self.fault()
        del self.kept[service, username]


@pytest.fixture
def use_keyring() -> Iterator[Callable[[keyring.backend.KeyringBackend], None]]:
    """Makes *backend* the process's keyring for the test."""
    before = keyring.get_keyring()
    yield keyring.set_keyring
    keyring.set_keyring(before)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "gitlab-workflow" / "tokens.json"


@pytest.fixture
def store(file: Path) -> Callable[..., TokenStore]:
    def made(**settings: Any) -> TokenStore:
        defaults = {"environ": {}, "use_keyring": False, "token_file": file, "keyring_timeout": 0.3}
        return TokenStore(RemoteSettings(**{**defaults, **settings}))

    return made


def test_configuration_comes_before_environment_before_keyring_before_file(
    store: Callable[..., TokenStore], use_keyring: Callable[..., None], file: Path
) -> None:
    store().keep(HERE, OTHER)
    ring = MemoryKeyring()
    use_keyring(ring)
    ring.set_password("jupyterlab-gitlab-workflow", HERE.url, OTHER.reveal())
    environ = {"GITLAB_TOKEN": OTHER.reveal(), "GITLAB_HOST": "gitlab.example.org"}
    everything = {"tokens": {HERE.name: MINE}, "environ": environ, "use_keyring": True}
    sources = []
    for left_out in ("", "tokens", "environ", "use_keyring"):
        everything.pop(left_out, None)
        found = store(**everything).find(HERE)
        assert found is not None
        sources.append(found.source)
    assert sources == ["config", "environment", "keyring", "file"]


@pytest.mark.parametrize(
    ("gitlab_host", "base", "given"),
    [
        (None, "https://gitlab.com", True),
        ("", "https://gitlab.com", True),
        (None, "https://gitlab.example.org", False),
        ("gitlab.example.org", "https://gitlab.example.org", True),
        ("https://gitlab.example.org", "https://gitlab.example.org", True),
        ("https://gitlab.example.org/", "https://gitlab.example.org", True),
        ("gitlab.example.org", "https://gitlab.com", False),
        ("gitlab.example.org", "https://gitlab.example.org:8443", False),
        ("gitlab.example.org", "https://gitlab.example.org/gitlab", False),
        ("https://gitlab.example.org/gitlab", "https://gitlab.example.org/gitlab", True),
        ("https://gitlab.example.org", "http://gitlab.example.org", False),
        ("gitlab.example.org", "https://gitlab.example.org.evil.test", False),
        ("http://127.0.0.1:8080", "http://127.0.0.1:8080", True),
        ("not a host", "https://gitlab.com", False),
    ],
)
def test_the_token_of_the_environment_goes_to_its_host_and_nowhere_else(
    store: Callable[..., TokenStore], gitlab_host: str | None, base: str, given: bool
) -> None:
    environ = {"GITLAB_TOKEN": MINE.reveal(), **({} if gitlab_host is None else {"GITLAB_HOST": gitlab_host})}
    parsed = BaseUrl.parse(base)
    assert parsed is not None
    assert (store(environ=environ).find(parsed) is not None) is given


def test_a_configured_token_belongs_to_one_port_and_path(store: Callable[..., TokenStore]) -> None:
    settings = RemoteSettings.from_traits(hosts={}, tokens={"https://example.org:8443/gitlab/": " glpat-x "})
    tokens = store(tokens=settings.tokens)
    found = tokens.find(BaseUrl("https", "example.org", 8443, "gitlab"))
    assert found is not None and found.token.reveal() == "glpat-x"
    assert tokens.find(BaseUrl("https", "example.org", 8443, "")) is None
    assert tokens.find(BaseUrl("https", "example.org", None, "gitlab")) is None


def test_a_typed_token_goes_to_the_keyring_and_leaves_the_file(
    store: Callable[..., TokenStore], use_keyring: Callable[..., None], file: Path
) -> None:
    store().keep(HERE, OTHER)
    ring = MemoryKeyring()
    use_keyring(ring)
    tokens = store(use_keyring=True)
    assert tokens.keep(HERE, MINE) == "keyring"
    assert json.loads(file.read_text()) == {HERE.url: ""}
    assert tokens.kept() == [HERE.url]
    assert list(ring.kept.values()) == [MINE.reveal()]
    assert "keyring" in tokens.place()
    found = tokens.find(HERE)
    assert found is not None and (found.token, found.source) == (MINE, "keyring")
    assert tokens.find(BaseUrl("https", "gitlab.com", None, "")) is None
    tokens.forget(HERE)
    assert tokens.find(HERE) is None and ring.kept == {} and tokens.kept() == []


def broken() -> None:
    raise keyring.errors.KeyringLocked("no display")


def test_a_keyring_that_fails_means_the_file(
    store: Callable[..., TokenStore], use_keyring: Callable[..., None], file: Path
) -> None:
    use_keyring(MemoryKeyring(broken))
    tokens = store(use_keyring=True)
    assert tokens.keep(HERE, MINE) == "file"
    found = tokens.find(HERE)
    assert found is not None and (found.token, found.source) == (MINE, "file")
    tokens.forget(HERE)
    assert tokens.find(HERE) is None


def test_a_keyring_that_hangs_is_waited_for_once(
    store: Callable[..., TokenStore], use_keyring: Callable[..., None]
) -> None:
    asked: list[int] = []
    free = threading.Event()

    def hang() -> None:
        asked.append(1)
        free.wait(10)

    use_keyring(MemoryKeyring(hang))
    tokens = store(use_keyring=True)
    try:
        assert tokens.keep(HERE, MINE) == "file"
        assert tokens.find(HERE) is not None
        tokens.forget(HERE)
        assert len(asked) == 1
        assert "file" in tokens.place()
    finally:
        free.set()


def test_without_a_usable_backend_there_is_no_keyring(
    store: Callable[..., TokenStore], use_keyring: Callable[..., None]
) -> None:
    from keyring.backends.fail import Keyring

    use_keyring(Keyring())
    tokens = store(use_keyring=True)
    assert tokens.keep(HERE, MINE) == "file"
    assert "readable only by you" in tokens.place()


@pytest.mark.skipif(os.name != "posix", reason="modes are POSIX's")
def test_the_file_is_for_the_user_alone(store: Callable[..., TokenStore], file: Path) -> None:
    store().keep(HERE, MINE)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    assert [each.name for each in file.parent.iterdir()] == ["tokens.json"]
    file.chmod(0o644)
    assert store().find(HERE) is not None
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


@pytest.mark.parametrize("content", ["", "{", "[]", "\x00", '{"https://gitlab.example.org": 3}'])
def test_a_damaged_file_is_none_and_is_replaced(store: Callable[..., TokenStore], file: Path, content: str) -> None:
    file.parent.mkdir()
    file.write_text(content)
    tokens = store()
    assert tokens.find(HERE) is None
    tokens.keep(HERE, MINE)
    found = tokens.find(HERE)
    assert found is not None and found.token == MINE


def test_two_hosts_keep_their_own_tokens_in_the_file(store: Callable[..., TokenStore]) -> None:
    tokens, there = store(), BaseUrl("http", "localhost", 8080, "")
    tokens.keep(HERE, MINE)
    tokens.keep(there, OTHER)
    tokens.forget(HERE)
    found = tokens.find(there)
    assert tokens.find(HERE) is None and found is not None and found.token == OTHER


def test_a_file_that_cannot_be_written_says_where(store: Callable[..., TokenStore], tmp_path: Path) -> None:
    blocked = tmp_path / "a-file"
    blocked.write_text("")
    with pytest.raises(GitLabWorkflowError) as caught:
        store(token_file=blocked / "tokens.json").keep(HERE, MINE)
    assert (caught.value.code, str(blocked) in caught.value.hint) == (ErrorCode.INTERNAL, True)


def test_by_default_the_file_lies_in_jupyters_data_directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JUPYTER_DATA_DIR", str(tmp_path / "data"))
    TokenStore(RemoteSettings(environ={}, use_keyring=False)).keep(HERE, MINE)
    assert (tmp_path / "data" / "gitlab-workflow" / "tokens.json").is_file()
