"""Requests that fit the committed OpenAPI document (and many that do not) against a running server: no answer is a
failure of the server's own, and each fits the document."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from git_workspace import initialize, notebook, stream
from hypothesis import HealthCheck, settings
from jupyter_process import JupyterProcess
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


@pytest.fixture(scope="module")
def fuzzed(lab: JupyterProcess, environment: dict[str, str]) -> JupyterProcess:
    """The server with a repository that has a remote nowhere: whatever is done to it hurts nobody."""
    files = {"train.ipynb": notebook("a = 1", "b", outputs={0: [stream("x\n")]}), "a b/-c.txt": "text\n"}
    workspace = initialize(lab.root / FOLDER, environment, files)
    workspace.write("train.ipynb", notebook("a = 2", "b"))
    return lab


@schema.parametrize()
@settings(
    max_examples=8,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)
def test_no_request_brings_the_server_to_fall(fuzzed: JupyterProcess, case: schemathesis.Case) -> None:
    response = case.call(base_url=fuzzed.url + PREFIX, headers={"Authorization": f"token {fuzzed.token}"})
    names = ["not_a_server_error", "status_code_conformance", "content_type_conformance", "response_schema_conformance"]
    case.validate_response(response, checks=CHECKS.get_by_names(names))


def test_the_document_describes_the_routes_below_the_prefix() -> None:
    assert json.loads(DOCUMENT.read_text("utf-8"))["servers"] == [{"url": PREFIX}]
