"""Real repositories made by the git binary, far from the configuration of whoever runs the tests."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest
from git_workspace import Workspace, initialize

from jupyterlab_gitlab.contract.errors import ErrorCode, GitLabWorkflowError
from jupyterlab_gitlab.repository import Clone, Clones, Limits, processes

Files = Mapping[str, str | bytes]


class World:
    """A server root with clones in it. *gitconfig* is the user's global configuration."""

    def __init__(self, folder: Path, gitconfig: Path) -> None:
        self.folder = folder
        self.gitconfig = gitconfig
        self.root = folder / "root"
        self.root.mkdir()
        self.limits = Limits()
        self._open: list[Clones] = []

    def configure(self, text: str) -> None:
        """Appends to the user's configuration."""
        with self.gitconfig.open("a", encoding="utf-8") as file:
            file.write(text)

    def clones(self, root: Path | None = None, **options: bool) -> Clones:
        clones = Clones(str(root or self.root), limits=self.limits, **options)
        self._open.append(clones)
        return clones

    def open(self, folder: str = "", root: Path | None = None) -> Clone:
        return self.clones(root).open(folder)

    def workspace(self, path: Path) -> Workspace:
        return Workspace(path, dict(os.environ))

    def repository(self, name: str = "project", files: Files | None = None) -> tuple[Workspace, Clone]:
        """A repository with one commit in the server root."""
        workspace = initialize(self.root / name, dict(os.environ), files)
        return workspace, self.open(name)

    def bare(self, name: str = "origin.git") -> Workspace:
        """A bare repository outside the server root."""
        path = self.folder / name
        self.workspace(self.folder).git("init", "-q", "--bare", "-b", "main", name)
        return self.workspace(path)

    def cloned(self, files: Files | None = None, name: str = "project") -> tuple[Workspace, Clone, Workspace]:
        """A clone with a pushed ``main``, and the bare repository behind it (over ``file://``)."""
        bare = self.bare()
        workspace = initialize(self.root / name, dict(os.environ), files)
        workspace.git("remote", "add", "origin", f"file://{bare.top}")
        workspace.git("push", "-q", "-u", "origin", "main")
        return workspace, self.open(name), bare

    def colleague(self, bare: Workspace, name: str = "colleague") -> Workspace:
        """Another clone, outside the server root."""
        self.workspace(self.folder).git("clone", "-q", f"file://{bare.top}", name)
        return self.workspace(self.folder / name)

    def close(self) -> None:
        for clones in self._open:
            clones.close()


@pytest.fixture(autouse=True)
def gitconfig(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Takes the user's own settings out of this process and gives it an empty home with an identity."""
    home = tmp_path_factory.mktemp("home")
    for name in list(os.environ):
        if name.startswith(("GIT_", "SSH_", "XDG_")) or name == "EMAIL":
            monkeypatch.delenv(name)
    config = home / "gitconfig"
    config.write_text("[user]\n\tname = Ada\n\temail = ada@example.com\n[init]\n\tdefaultBranch = main\n", "utf-8")
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(config))
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    return config


@pytest.fixture
def world(tmp_path: Path, gitconfig: Path) -> Iterator[World]:
    made = World(tmp_path, gitconfig)
    yield made
    made.close()


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """The argument lists of all processes that the code under test starts, as they start."""
    seen: list[list[str]] = []
    spawn = processes.spawn

    def watched(argv: list[str], **options: object) -> object:
        seen.append(list(argv))
        return spawn(argv, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(processes, "spawn", watched)
    return seen


Refused = Callable[..., GitLabWorkflowError]


@pytest.fixture
def refused() -> Refused:
    """Calls something that must fail with a code, and with words and a hint; the error for a closer look."""

    def call(code: ErrorCode, function: Callable[..., object], *args: object, **options: object) -> GitLabWorkflowError:
        with pytest.raises(GitLabWorkflowError) as caught:
            function(*args, **options)
        error = caught.value
        assert error.code == code, (error.code, error.message, error.details)
        assert error.message and error.hint
        return error

    return call
