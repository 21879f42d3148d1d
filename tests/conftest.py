"""Fixtures that several rooms share: Jupyter servers in processes of their own, a sandbox GitLab, little clones."""

from __future__ import annotations

import itertools
import urllib.parse
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest
from api_client import Api
from git_workspace import Workspace, initialize, notebook
from gitlab.v4.objects import Project
from jupyter_process import JupyterProcess, clean_environment, jupyter_server
from odd_gitlab import OddGitLab, odd_gitlab
from sandbox_server import Person, SandboxGitlab, sandbox_gitlab

pytest_plugins = ["pytest_jupyter.jupyter_server"]

_numbers = itertools.count(1)


def host_of(url: str) -> str:
    """``host[:port]`` of a URL."""
    return urllib.parse.urlsplit(url).netloc


@pytest.fixture(scope="session")
def odd() -> Iterator[OddGitLab]:
    """A GitLab that misbehaves when it is told to."""
    with odd_gitlab() as server:
        yield server


@pytest.fixture(scope="session")
def lab(tmp_path_factory: pytest.TempPathFactory, odd: OddGitLab) -> Iterator[JupyterProcess]:
    """A Jupyter server whose only account is one on the odd GitLab; it waits a second for answers."""
    home = tmp_path_factory.mktemp("lab")
    host = host_of(odd.url)
    config = {"hosts": {host: {"url": odd.url}}, "tokens": {host: "token-for-the-odd-gitlab"}, "api_timeout": 1.0}
    with jupyter_server(home, home / "root", config) as server:
        yield server


@pytest.fixture
def lab_gitconfig(lab: JupyterProcess) -> Iterator[Path]:
    """The git configuration of the user that *lab* runs for, brought back afterwards."""
    path = lab.root.parent / "gitconfig"
    before = path.read_bytes()
    yield path
    path.write_bytes(before)


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


@pytest.fixture(scope="session")
def gitlab_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SandboxGitlab]:
    """A sandbox GitLab without projects."""
    with sandbox_gitlab(tmp_path_factory.mktemp("gitlab")) as server:
        yield server


@pytest.fixture(scope="session")
def author(gitlab_server: SandboxGitlab) -> Person:
    return gitlab_server.person("author")


@pytest.fixture(scope="session")
def reviewer(gitlab_server: SandboxGitlab) -> Person:
    return gitlab_server.person("reviewer")


@pytest.fixture(scope="session")
def author_lab(
    tmp_path_factory: pytest.TempPathFactory, gitlab_server: SandboxGitlab, author: Person
) -> Iterator[JupyterProcess]:
    """The author's Jupyter server; the token comes from its configuration."""
    home = tmp_path_factory.mktemp("author")
    environment = clean_environment(home, "Test Author", "author@example.com")
    config = {"tokens": {host_of(gitlab_server.url): author.token}}
    with jupyter_server(home, home / "root", config, environment) as server:
        yield server


@pytest.fixture(scope="session")
def reviewer_lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[JupyterProcess]:
    """The reviewer's Jupyter server, nobody signed in."""
    home = tmp_path_factory.mktemp("reviewer")
    environment = clean_environment(home, "Test Reviewer", "reviewer@example.com")
    with jupyter_server(home, home / "root", {}, environment) as server:
        yield server


TRAIN = notebook("import math", "def area(r):\n    return 3 * r * r\n", "area(2)", "print('done')")


@pytest.fixture
def project(
    gitlab_server: SandboxGitlab, author: Person, reviewer: Person, environment: dict[str, str], tmp_path: Path
) -> Project:
    """A project of the author with one commit on ``main``; the reviewer is a Developer."""
    found = gitlab_server.project(author)
    found.members.create({"user_id": reviewer.id, "access_level": 30})
    workspace = initialize(tmp_path / "first", environment, {"README.md": "# Circles\n", "train.ipynb": TRAIN})
    workspace.git("push", "-q", gitlab_server.remote(found, author.token), "main")
    return author.gl.projects.get(found.id)


@pytest.fixture
def clone_into(
    gitlab_server: SandboxGitlab, project: Project
) -> Callable[[JupyterProcess, Person], tuple[Workspace, Api]]:
    """Clones the project into a server's root; no credential stays in the clone."""

    def clone(server: JupyterProcess, person: Person, name: str = "") -> tuple[Workspace, Api]:
        folder = name or f"{project.path}-{next(_numbers)}"
        environment = clean_environment(server.root.parent)
        outside = Workspace(server.root, environment)
        outside.git("clone", "-q", gitlab_server.remote(project, person.token), folder)
        workspace = Workspace(server.root / folder, environment)
        workspace.git("remote", "set-url", "origin", str(project.http_url_to_repo))
        return workspace, server.api.at(folder)

    return clone
