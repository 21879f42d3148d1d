"""The door: who gets in, what is refused, and how refusals look."""

from __future__ import annotations

import re
from typing import Any

import pytest
import requests
from jupyter_process import JupyterProcess

from jupyterlab_gitlab.contract.operations import OPERATIONS, PREFIX, Operation
from jupyterlab_gitlab.handlers.routes import ROUTES

WITH_BODY = [operation for operation in OPERATIONS if operation.body not in (None, bytes)]


def address(operation: Operation) -> str:
    path = operation.path.replace("{discussion_id}", "a" * 40).replace("{secret}", "b" * 32)
    return re.sub(r"\{\w+\}", "1", path)


def failure(response: requests.Response) -> dict[str, Any]:
    reply = response.json()
    assert set(reply) == {"code", "message", "hint", "details"}
    assert response.headers["Content-Type"] == "application/json"
    assert response.headers["Cache-Control"] == "no-store"
    assert isinstance(reply, dict)
    return reply


def test_every_operation_is_bound_exactly_once() -> None:
    bound = [binding.operation.name for binding in ROUTES.bindings]
    assert sorted(bound) == sorted(operation.name for operation in OPERATIONS)


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.name)
def test_nobody_gets_in_without_jupyters_token(lab: JupyterProcess, operation: Operation) -> None:
    response = requests.request(
        operation.method, lab.url + PREFIX + address(operation), json={}, timeout=30, allow_redirects=False
    )
    assert response.status_code in (401, 403)
    assert failure(response)["code"] == "unauthorized"


def test_the_openapi_document_is_served_to_those_who_may_use_it(lab: JupyterProcess) -> None:
    assert requests.get(f"{lab.url}{PREFIX}/openapi.json", timeout=30).status_code == 403
    document = lab.api.send("GET", "/openapi.json").json()
    assert set(document["paths"]) == {operation.path for operation in OPERATIONS}


@pytest.mark.parametrize("path", ["", "/", "/nothing", "/status/", "/merge-requests/0", "/merge-requests/x", "/../x"])
def test_an_unknown_address_is_not_found(lab: JupyterProcess, path: str) -> None:
    response = lab.api.send("GET", path)
    if path != "/../x":  # which the client itself resolves to another address
        assert failure(response)["code"] == "not_found"
    assert response.status_code == 404


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_a_wrong_verb_is_refused(lab: JupyterProcess, method: str) -> None:
    response = lab.api.send(method, "/status", json={})
    assert response.status_code == 405
    assert failure(response)["code"] == "method_not_allowed"


def test_a_head_request_is_refused(lab: JupyterProcess) -> None:
    assert lab.api.send("HEAD", "/status").status_code == 405


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("?nonsense=1", "nonsense"),
        ("?folder=a&folder=b", "more than once"),
        ("?folder=%00", "null character"),
        ("?folder=%ff", "UTF-8"),
        ("?page=x", "int"),
    ],
)
def test_a_query_that_does_not_fit_is_refused_with_words(lab: JupyterProcess, query: str, words: str) -> None:
    response = lab.api.send("GET", f"/commits{query}")
    assert response.status_code == 400
    reply = failure(response)
    assert reply["code"] == "bad_request"
    assert words in reply["message"]


def test_jupyters_own_parameters_are_passed_over(lab: JupyterProcess) -> None:
    assert lab.api.send("GET", "/status?1732352461000&no_track_activity=1&_xsrf=x").status_code == 200


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b'"text"',
        b'{"unknown": 1}',
        b"\xff\xfe",
        b'{"paths": ["a\\u0000b"], "message": "\\u0000", "name": "\\u0000"}',
        b'{"paths": "\\ud800"}',
        b"[" * 100_000,
    ],
    ids=range(10),
)
@pytest.mark.parametrize("operation", WITH_BODY, ids=lambda operation: operation.name)
def test_a_body_that_does_not_fit_is_refused_with_words(lab: JupyterProcess, operation: Operation, body: bytes) -> None:
    response = lab.api.send(operation.method, address(operation), data=body)
    assert response.status_code == 400
    assert failure(response)["code"] == "bad_request"


def test_a_null_character_is_refused_and_its_spelling_is_not(lab: JupyterProcess) -> None:
    refused = lab.api.send("POST", "/branches", json={"name": "a\0b"})
    assert "null character" in failure(refused)["message"]
    spelled = lab.api.send("POST", "/branches", json={"name": "a\\u0000b"})
    assert failure(spelled)["code"] == "not_a_repository"


def test_replies_are_never_stored_and_never_sniffed(lab: JupyterProcess) -> None:
    response = lab.api.send("GET", "/status")
    assert response.headers["Cache-Control"] == "no-store"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in response.headers["Content-Security-Policy"]
    assert "Etag" not in response.headers


def test_the_status_names_the_versions(lab: JupyterProcess) -> None:
    status = lab.api("get_status")
    assert status.version
    assert status.git and status.git[0].isdigit()


def test_a_request_from_another_site_is_refused(lab: JupyterProcess) -> None:
    session = requests.Session()
    session.get(f"{lab.url}/?token={lab.token}", timeout=30)
    response = session.post(f"{lab.url}{PREFIX}/fetches", json={}, timeout=30)
    assert response.status_code == 403  # signed in by cookie, but without the XSRF token
    assert failure(response)["code"] == "unauthorized"
