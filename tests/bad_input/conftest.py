"""What can go wrong around the main job, over HTTP: each has its code, words for what happened and for what to do.

Real repositories and real servers; a server that misbehaves where GitLab itself can't be made to.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from api_client import Api, FailedError
from git_workspace import Workspace
from gitlab.v4.objects import Project
from jupyter_process import JupyterProcess
from sandbox_server import Person

Make = Callable[..., tuple[Workspace, Api]]
Clone = Callable[[JupyterProcess, Person], tuple[Workspace, Api]]

BODY = {"title": "Feature", "source_branch": "feature", "target_branch": "main"}


def told(api: Api, name: str, body: Any = None, **parameters: Any) -> tuple[str, str, str]:
    """Code, message and hint of an operation that must fail."""
    with pytest.raises(FailedError) as caught:
        api(name, body, **parameters)
    reply = caught.value.reply
    return caught.value.code, reply.message, reply.hint


@pytest.fixture
def clone(clone_into: Clone, author_lab: JupyterProcess, author: Person) -> tuple[Workspace, Api]:
    """The author's clone of a project of theirs, on ``main``."""
    return clone_into(author_lab, author)


@pytest.fixture
def stranger(clone_into: Clone, reviewer_lab: JupyterProcess, reviewer: Person) -> Iterator[tuple[Workspace, Api]]:
    """A Developer's clone, nobody signed in."""
    workspace, api = clone_into(reviewer_lab, reviewer)
    api("sign_out")
    yield workspace, api
    api("sign_out")


def meanwhile(project: Project, path: str = "README.md") -> None:
    """A commit to ``main`` by somebody else."""
    action = {"action": "update", "file_path": path, "content": "# Meanwhile\n"}
    project.commits.create({"branch": "main", "commit_message": "Meanwhile", "actions": [action]})


@pytest.fixture
def feature(clone: tuple[Workspace, Api]) -> tuple[Workspace, Api]:
    """The clone on a pushed branch ``feature`` that changes README.md."""
    workspace, api = clone
    api("create_branch", {"name": "feature"})
    workspace.commit("Feature", {"README.md": "# Feature\n"})
    api("push", {})
    return workspace, api
