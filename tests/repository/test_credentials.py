"""The token reaches git for one process and one host, and nothing else."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jupyterlab_gitlab.contract.errors import ErrorCode
from jupyterlab_gitlab.repository import Credential, credential_helper, credentials

from .conftest import Refused

SECRET = "glpat-the-secret"
CREDENTIAL = Credential(protocol="https", host="gitlab.example.com", password=SECRET)
URL = "https://gitlab.example.com/a/b.git"


def fill(options: tuple[str, ...], question: str) -> dict[str, str]:
    """What git would send to a server, by its own ``git credential fill``."""
    done = subprocess.run(
        ["git", *options, "credential", "fill"],
        input=question.encode(),
        capture_output=True,
        env=os.environ | {"GIT_TERMINAL_PROMPT": "0", "GIT_ASKPASS": ""},
    )
    return dict(line.split("=", 1) for line in done.stdout.decode().splitlines() if "=" in line)


def test_git_gets_the_token_for_its_host() -> None:
    with credentials.given(CREDENTIAL, URL) as options:
        answer = fill(options, "protocol=https\nhost=gitlab.example.com\n\n")
    assert (answer["username"], answer["password"]) == ("oauth2", SECRET)


@pytest.mark.parametrize(
    "question",
    [
        "protocol=http\nhost=gitlab.example.com\n\n",
        "protocol=https\nhost=gitlab.example.com:8443\n\n",
        "protocol=https\nhost=evil.example.com\n\n",
        "protocol=https\nhost=gitlab.example.com.evil.com\n\n",
        "protocol=https\nhost=xgitlab.example.com\n\n",
    ],
)
def test_no_other_host_gets_it(question: str) -> None:
    with credentials.given(CREDENTIAL, URL) as options:
        assert SECRET not in str(fill(options, question))


def test_the_users_own_helpers_neither_answer_nor_learn_it(gitconfig: Path, tmp_path: Path) -> None:
    log = tmp_path / "log"
    spy = f"!f() {{ cat >> '{log}'; echo password=of-the-user; }}; f"
    with gitconfig.open("a") as file:
        file.write(f'[credential]\n\thelper = "{spy}"\n[credential "https://gitlab.example.com"]\n\thelper = "{spy}"\n')
        file.write("\tusername = ada\n")
    question = "protocol=https\nhost=gitlab.example.com\nusername=ada\n\n"
    with credentials.given(CREDENTIAL, URL) as options:
        assert fill(options, question)["password"] == SECRET
        approve = f"protocol=https\nhost=gitlab.example.com\nusername=oauth2\npassword={SECRET}\n\n"
        subprocess.run(["git", *options, "credential", "approve"], input=approve.encode(), check=True)
    assert not log.exists()
    assert fill((), question)["password"] == "of-the-user"


def test_the_secret_is_in_no_argument_and_in_no_environment() -> None:
    before = dict(os.environ)
    with credentials.given(CREDENTIAL, URL) as options:
        assert SECRET not in str(options)
        assert dict(os.environ) == before


@pytest.mark.skipif(sys.platform == "win32", reason="modes are POSIX's")
def test_the_file_is_the_users_alone_and_goes_away(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    with pytest.raises(RuntimeError), credentials.given(CREDENTIAL, URL):
        (directory,) = tmp_path.iterdir()
        (file,) = directory.iterdir()
        assert stat.S_IMODE(directory.stat().st_mode) == 0o700
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
        raise RuntimeError
    assert list(tmp_path.iterdir()) == []


def test_the_secret_does_not_show_in_a_representation() -> None:
    assert SECRET not in repr(CREDENTIAL)


@pytest.mark.parametrize(
    "url",
    [
        "http://gitlab.example.com/a/b.git",
        "https://gitlab.example.com:8443/a/b.git",
        "https://other.example.com/a/b.git",
        "git@gitlab.example.com:a/b.git",
        "ssh://git@gitlab.example.com/a/b.git",
        "file:///a/b.git",
        "",
    ],
)
def test_a_remote_elsewhere_is_left_to_the_users_own_helpers(url: str) -> None:
    with credentials.given(CREDENTIAL, url) as options:
        assert options == ()
    with credentials.given(None, URL) as options:
        assert options == ()


@pytest.mark.parametrize(
    ("host", "url"),
    [
        ("gitlab.example.com:443", "https://gitlab.example.com/a/b"),
        ("GitLab.example.com", "https://gitlab.EXAMPLE.com:443/a/b"),
        ("127.0.0.1:8080", "https://127.0.0.1:8080/a/b"),
        ("[::1]:8080", "https://[::1]:8080/a/b"),
    ],
)
def test_the_same_host_in_another_spelling_is_the_same(host: str, url: str) -> None:
    assert credentials.belongs(Credential(protocol="https", host=host, password=SECRET), url)


@pytest.mark.parametrize("password", ["", "two\nlines", "a b", "a\0b", "a\rb"])
def test_a_token_that_is_none_is_refused(refused: Refused, password: str) -> None:
    def use() -> None:
        with credentials.given(Credential(protocol="https", host="gitlab.example.com", password=password), URL):
            pass

    refused(ErrorCode.TOKEN_INVALID, use)


def test_the_helper_answers_get_only(tmp_path: Path) -> None:
    file = tmp_path / "credential"
    file.write_text(f"https\ngitlab.example.com\noauth2\n{SECRET}\n")

    def ask(*arguments: str) -> bytes:
        argv = [sys.executable, "-I", "-S", credential_helper.__file__, *arguments]
        return subprocess.run(
            argv, input=b"protocol=https\nhost=gitlab.example.com\n", capture_output=True, check=True
        ).stdout

    assert SECRET.encode() in ask(str(file), "get")
    assert ask(str(file), "store") == ask(str(file), "erase") == ask(str(file)) == ask() == b""
    assert ask(str(tmp_path / "gone"), "get") == b""


def test_the_helper_imports_next_to_nothing() -> None:
    script = (
        "import runpy, sys; before = set(sys.modules); sys.argv = ['helper'];\n"
        f"exec(compile(open({credential_helper.__file__!r}).read(), 'helper', 'exec'), {{'__name__': 'helper'}})\n"
        "print(sorted(set(sys.modules) - before))"
    )
    done = subprocess.run([sys.executable, "-I", "-S", "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "['__future__']"


@given(st.binary(max_size=60))
def test_no_question_makes_the_helper_fail_or_talk(question: bytes) -> None:
    stored = f"https\ngitlab.example.com\noauth2\n{SECRET}\n".encode()
    answer = credential_helper.answer(stored, question)
    asked = question.splitlines()
    if SECRET.encode() in answer:
        assert b"protocol=https" in asked and any(line.startswith(b"host=gitlab.example.com") for line in asked)
