"""One sandbox GitLab for all tests that do not stop it; each test makes its own projects and people."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterator

import pytest
from git_workspace import Workspace
from sandbox_server import SandboxGitlab, sandbox_gitlab

from .review_world import Branches, World, review_world

Git = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture(scope="session")
def gitlab_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SandboxGitlab]:
    """A sandbox GitLab with nothing in it but root."""
    with sandbox_gitlab(tmp_path_factory.mktemp("gitlab")) as server:
        yield server


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """People and projects of one module, on a sandbox that runs inside the test."""
    with review_world(tmp_path_factory.mktemp("world")) as found:
        yield found


@pytest.fixture
def project(world: World) -> Branches:
    """A project with branches to merge."""
    return world.project()


@pytest.fixture
def run_git() -> Git:
    """Runs git in a workspace and gives the finished process, whatever its exit code."""

    def run(workspace: Workspace, *arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            ["git", *arguments],
            cwd=workspace.top,
            env=dict(workspace.environment),
            capture_output=True,
            text=True,
            timeout=120,
        )

    return run
