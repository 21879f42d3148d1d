"""Parameters as Rack and Grape read them."""

from __future__ import annotations

import pytest
import requests
from hypothesis import given
from hypothesis import strategies as st

from jupyterlab_gitlab.sandbox.rest.errors import GrapeError
from jupyterlab_gitlab.sandbox.rest.parameters import Param, check, nested, read_body, require_one


def test_bracketed_keys_become_nested_hashes_and_lists() -> None:
    pairs = [
        ("body", "x"),
        ("position[base_sha]", "a"),
        ("position[line_range][start][line_code]", "c"),
        ("labels[]", "one"),
        ("labels[]", "two"),
        ("actions[][action]", "create"),
        ("actions[][file_path]", "a"),
        ("actions[][action]", "delete"),
        ("actions[][file_path]", "b"),
    ]
    assert nested(pairs) == {
        "body": "x",
        "position": {"base_sha": "a", "line_range": {"start": {"line_code": "c"}}},
        "labels": ["one", "two"],
        "actions": [{"action": "create", "file_path": "a"}, {"action": "delete", "file_path": "b"}],
    }


@given(st.lists(st.tuples(st.text("ab[]", max_size=8), st.text(max_size=4)), max_size=6))
def test_any_keys_are_read_or_refused(pairs: list[tuple[str, str]]) -> None:
    try:
        found = nested(pairs)
    except GrapeError:
        return
    assert isinstance(found, dict)


@pytest.mark.parametrize("sort", ["json", "urlencoded", "multipart"])
def test_all_three_kinds_of_body_say_the_same(sort: str) -> None:
    flat = {"body": "Grüße", "position[new_line]": "3", "position[new_path]": "a b.ipynb"}
    request = requests.Request("POST", "http://x/")
    if sort == "json":
        request.json = {"body": "Grüße", "position": {"new_line": 3, "new_path": "a b.ipynb"}}
    elif sort == "urlencoded":
        request.data = flat
    else:
        request.files = {name: (None, value) for name, value in flat.items()}
    sent = request.prepare()
    assert isinstance(sent.body, (bytes, str))
    body = sent.body if isinstance(sent.body, bytes) else sent.body.encode()
    position = Param("position", "hash", fields=(Param("new_line", "integer"), Param("new_path")))
    found = check(read_body(sent.headers["Content-Type"], body), [position])
    assert found == {"body": "Grüße", "position": {"new_line": 3, "new_path": "a b.ipynb"}}


@pytest.mark.parametrize("body", [b"{", b"[1]", b'"x"', b"\xff"])
def test_a_json_body_that_is_no_object_is_refused(body: bytes) -> None:
    with pytest.raises(GrapeError) as refused:
        read_body("application/json", body)
    assert refused.value.status == 400
    assert refused.value.body["error"].startswith("There was a problem in the JSON you submitted")


def test_complaints_come_together_in_grapes_words() -> None:
    declared = [
        Param("title", required=True, blank=False),
        Param("branch", required=True),
        Param("count", "integer"),
        Param("state", values=("opened", "closed")),
        Param("position", "hash", fields=(Param("base_sha", required=True),)),
    ]
    sent = {"title": "", "count": "x", "state": "gone", "position": {}}
    with pytest.raises(GrapeError) as refused:
        check(sent, declared)
    assert refused.value.body == {
        "error": "title is empty, branch is missing, count is invalid, state does not have a valid value,"
        " position[base_sha] is missing"
    }


def test_values_are_coerced_and_defaults_filled_in() -> None:
    declared = [
        Param("squash", "boolean"),
        Param("iid", "integer"),
        Param("labels", "strings"),
        Param("ids", "integers"),
        Param("page", "integer", default=1),
        Param("none", "integer"),
    ]
    sent = {"squash": "False", "iid": "7", "labels": "a, b", "ids": "1,2", "none": "", "other": "kept"}
    assert check(sent, declared) == {
        "squash": False,
        "iid": 7,
        "labels": ["a", "b"],
        "ids": [1, 2],
        "page": 1,
        "none": None,
        "other": "kept",
    }


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        *(("integer", value) for value in (True, "1.5", {})),
        *(("boolean", "maybe"), ("hash", "x"), ("date", "soon"), ("datetime", "soon")),
        *(("string", []), ("hashes", [1]), ("strings", {})),
    ],
)
def test_a_value_of_another_type_is_invalid(kind: str, value: object) -> None:
    with pytest.raises(GrapeError, match="x is invalid"):
        check({"x": value}, [Param("x", kind)])  # type: ignore[arg-type]


def test_one_of_several_is_asked_for() -> None:
    with pytest.raises(GrapeError, match="body, resolved are missing, exactly one parameter must be provided"):
        require_one({}, "body", "resolved", exactly=True)
    with pytest.raises(GrapeError, match="body, resolved are mutually exclusive"):
        require_one({"body": "", "resolved": True}, "body", "resolved", exactly=True)
    with pytest.raises(GrapeError, match="name, path are missing, at least one parameter must be provided"):
        require_one({}, "name", "path")
