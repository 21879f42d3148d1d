"""Requests that fit the committed OpenAPI document (and many that do not) against a running server: no answer is a
failure of the server's own, and each fits the document."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from git_workspace import initialize, notebook, stream
from hypothesis import HealthCheck, Phase, settings
from jupyter_process import JupyterProcess, clean_environment
from sandbox_server import Person, SandboxGitlab
from schemathesis.checks import CHECKS

from jupyterlab_gitlab.contract.operations import PREFIX

DOCUMENT = Path(__file__).parents[2] / "docs" / "openapi.json"
FOLDER = "fuzzed"
VALUES = {
    "folder": FOLDER,
    "path": "train.ipynb",
    "old_path": "train.ipynb",
    "new_path": "train.ipynb",
    "revision": "HEAD",
    "old": "HEAD",
    "new": "WORKTREE",
}
schema = schemathesis.openapi.from_path(DOCUMENT)


@schema.hook
def map_query(context: Any, query: Any) -> Any:
    """Made-up values seldom name anything: every other one is replaced by one that does."""
    return query and {
        name: VALUES[name] if name in VALUES and len(str(value)) % 2 == 0 else value for name, value in query.items()
    }


@schema.hook
def map_path_parameters(context: Any, path_parameters: Any) -> Any:
    """The same for the number of a merge request."""
    return path_parameters and {
        name: 1 if name == "iid" and len(str(value)) % 2 else value for name, value in path_parameters.items()
    }


@pytest.fixture(scope="module")
def fuzzed(author_lab: JupyterProcess, author: Person, gitlab_server: SandboxGitlab) -> JupyterProcess:
    """A server, signed in, with a clone of a project of its own that has a merge request and a change."""
    project = gitlab_server.project(author)
    files = {"train.ipynb": notebook("a = 1", "b", outputs={0: [stream("x\n")]}), "a b/-c.txt": "text\n"}
    environment = clean_environment(author_lab.root.parent)
    workspace = initialize(author_lab.root / FOLDER, environment, files)
    workspace.git("remote", "add", "origin", str(project.http_url_to_repo))
    address = gitlab_server.remote(project, author.token)
    workspace.git("push", "-q", address, "main")
    workspace.git("switch", "-q", "-c", "feature")
    workspace.commit("Change", {"train.ipynb": notebook("a = 3", "b")})
    workspace.git("push", "-q", address, "feature")
    project.mergerequests.create({"title": "Change", "source_branch": "feature", "target_branch": "main"})
    workspace.write("train.ipynb", notebook("a = 2", "b"))
    return author_lab


@schema.parametrize()
@settings(
    max_examples=8,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.generate],  # making a failing request smaller may take as long as that request takes, many times
    suppress_health_check=list(HealthCheck),
)
def test_no_request_brings_the_server_to_fall(fuzzed: JupyterProcess, case: schemathesis.Case) -> None:
    response = case.call(base_url=fuzzed.url + PREFIX, headers={"Authorization": f"token {fuzzed.token}"})
    names = ["not_a_server_error", "status_code_conformance", "content_type_conformance", "response_schema_conformance"]
    case.validate_response(response, checks=CHECKS.get_by_names(names))


def test_the_document_describes_the_routes_below_the_prefix() -> None:
    assert json.loads(DOCUMENT.read_text("utf-8"))["servers"] == [{"url": PREFIX}]
