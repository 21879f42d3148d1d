"""A home folder of the tests' own, and repositories whose user has it."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from git_workspace import Workspace, initialize, notebook, stream

from jupyterlab_gitlab.terminal import install

_KEPT_OUT = ("GIT_", "XDG_", "LESS", "PAGER", "COLUMNS", "NO_COLOR")

OLD = notebook("import math", "r = 1\nprint(r)", outputs={1: [stream("1\n")]})
NEW = notebook("import math", "r = 22\nprint(r)", outputs={1: [stream("22\n")]})


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The home folder of a user of whom git knows nothing but a name."""
    for name in os.environ:
        if name.startswith(_KEPT_OUT):
            monkeypatch.delenv(name)
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("USERPROFILE", str(home))
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    for role in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{role}_NAME", "Test Author")
        monkeypatch.setenv(f"GIT_{role}_EMAIL", "author@example.com")
    return home


@pytest.fixture
def make_repository(home: Path, tmp_path: Path) -> Callable[..., Workspace]:
    """Makes a repository of that user."""

    def make(files: Mapping[str, str | bytes] | None = None, name: str = "repository") -> Workspace:
        return initialize(tmp_path / name, os.environ, files or {"n.ipynb": OLD})

    return make


@pytest.fixture
def repository(make_repository: Callable[..., Workspace], capsys: pytest.CaptureFixture[str]) -> Workspace:
    """A repository with one notebook, whose user has installed the diff driver."""
    assert install.run("global", install=True, force=False) == 0
    capsys.readouterr()
    return make_repository()
