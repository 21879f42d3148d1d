"""Fixtures that several rooms share: Jupyter servers in processes of their own, a sandbox GitLab, little clones."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest
from api_client import Api
from git_workspace import Workspace, initialize
from jupyter_process import JupyterProcess, clean_environment, jupyter_server

pytest_plugins = ["pytest_jupyter.jupyter_server"]

_numbers = itertools.count(1)


@pytest.fixture(scope="session")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[JupyterProcess]:
    """A Jupyter server that knows no GitLab account."""
    home = tmp_path_factory.mktemp("lab")
    with jupyter_server(home, home / "root") as server:
        yield server


@pytest.fixture(scope="session")
def environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The environment that tests run git in: none of the user's own configuration."""
    return clean_environment(tmp_path_factory.mktemp("home"))


@pytest.fixture
def make_repository(lab: JupyterProcess, environment: dict[str, str]) -> Callable[..., tuple[Workspace, Api]]:
    """Makes a repository with one commit in the server root of *lab*; the work tree and the API at its folder."""

    def make(files: Mapping[str, str | bytes] | None = None, name: str = "") -> tuple[Workspace, Api]:
        folder = name or f"repository-{next(_numbers)}"
        return initialize(lab.root / folder, environment, files), lab.api.at(folder)

    return make


@pytest.fixture
def outside(tmp_path: Path) -> Path:
    """A folder outside of every server root."""
    return tmp_path
