"""A merge request that the author has opened."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from api_client import Api
from git_workspace import Workspace, notebook
from jupyter_process import JupyterProcess
from sandbox_server import Person

Clone = Callable[[JupyterProcess, Person], tuple[Workspace, Api]]


@dataclass
class Opened:
    """The author's clone on the branch ``feature``, with an open merge request into ``main``."""

    workspace: Workspace
    api: Api
    iid: int
    sha: str


@pytest.fixture
def opened(clone_into: Clone, author_lab: JupyterProcess, author: Person) -> Opened:
    workspace, api = clone_into(author_lab, author)
    api("create_branch", {"name": "feature"})
    workspace.write("train.ipynb", notebook("import math", "def area(r):\n    return math.pi * r * r\n", "area(2)"))
    workspace.write("new file.txt", "one\ntwo\n")
    api("stage", {"paths": ["train.ipynb", "new%20file.txt"]})
    sha = api("commit", {"message": "Use pi"}).commit.sha
    api("push", {})
    body = {"title": "Use pi", "source_branch": "feature", "target_branch": "main"}
    return Opened(workspace, api, api("create_merge_request", body).iid, sha)
