"""Parameters as Rack and Grape read them."""

from __future__ import annotations

import pytest
import requests
from hypothesis import given
from hypothesis import strategies as st

from jupyterlab_gitlab.sandbox.rest.bodies import Upload, nested, read_body
from jupyterlab_gitlab.sandbox.rest.errors import GrapeError
from jupyterlab_gitlab.sandbox.rest.parameters import Param, check, require_one


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


def test_a_multipart_body_keeps_its_order_and_its_bytes() -> None:
    every_byte = bytes(range(256)) + b"\r\n--almost\r\n\r\n"
    fields = [
        ("actions[][action]", (None, "create")),
        ("actions[][file_path]", (None, "a")),
        ("actions[][action]", (None, "delete")),
        ("actions[][file_path]", (None, "b\r\nc")),
        ("file", ("Größe 1.png", every_byte, "image/png")),
        ("empty", (None, "")),
    ]
    sent = requests.Request("POST", "http://x/", files=fields).prepare()
    assert isinstance(sent.body, bytes)
    found = read_body(sent.headers["Content-Type"], sent.body)
    assert found["actions"] == [{"action": "create", "file_path": "a"}, {"action": "delete", "file_path": "b\r\nc"}]
    assert found["file"] == Upload("Größe 1.png", every_byte) and found["empty"] == ""
    assert check(found, [Param("file", "file"), Param("actions", "hashes")]) == found
    for kind, value in (("string", found["file"]), ("file", "text")):
        with pytest.raises(GrapeError, match="x is invalid"):
            check({"x": value}, [Param("x", kind)])


@given(st.lists(st.tuples(st.text("abc", min_size=1), st.text()), max_size=5, unique_by=lambda pair: pair[0]))
def test_every_multipart_text_is_read_back(pairs: list[tuple[str, str]]) -> None:
    files = [(name, (None, value.encode("utf-8", "replace"))) for name, value in pairs]
    sent = requests.Request("POST", "http://x/", files=files or [("a", (None, b""))]).prepare()
    assert isinstance(sent.body, bytes)
    wanted = {name: value.encode("utf-8", "replace").decode() for name, value in pairs} or {"a": ""}
    assert read_body(sent.headers["Content-Type"], sent.body) == wanted


@pytest.mark.parametrize(
    "body",
    [b"--x\r\n\r\nno name\r\n--x--\r\n", b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\nno end', b"nothing"],
)
def test_a_broken_multipart_body_is_refused(body: bytes) -> None:
    with pytest.raises(GrapeError, match="multipart body is invalid"):
        read_body("multipart/form-data; boundary=x", body)
    with pytest.raises(GrapeError, match="no boundary"):
        read_body("multipart/form-data", body)


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
