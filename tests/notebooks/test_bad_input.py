"""Files as they occur: each is compared, as what it is, and says what is wrong with it."""

from __future__ import annotations

import json
import time
from typing import Any

import msgspec
import pytest

from jupyterlab_gitlab.contract.diffs import BinaryDiff, FileDiff, NotebookDiff, TextDiff

from .builders import code, compare, compare_notebooks, document, markdown, notebook, stream

GOOD = notebook(code("a = 1", [stream("one\n")], id="a"), markdown("text", id="b"))
V3_CELLS: list[Any] = [
    {"cell_type": "code", "input": ["a = 1"], "language": "python", "outputs": [], "prompt_number": 1},
    {"cell_type": "heading", "level": 2, "source": ["Title"]},
]
V3 = json.dumps({"metadata": {"name": ""}, "nbformat": 3, "nbformat_minor": 0, "worksheets": [{"cells": V3_CELLS}]})
NUMBERS = (
    b'{"cells": [{"cell_type": "code", "source": "a", "metadata": {"a": NaN, "b": [Infinity, -Infinity, 1e999]}}]}'
)
SURROGATE = b'{"cells": [{"cell_type": "code", "id": "\\udc00", "source": ["\\ud800"]}], "nbformat": 4}'


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(V3.encode(), id="nbformat 3"),
        pytest.param(V3.replace('"nbformat": 3', '"nbformat": 2').encode(), id="nbformat 2"),
        pytest.param(GOOD.replace(b"\n", b"\r\n"), id="CRLF"),
        pytest.param(json.dumps(json.loads(GOOD)).encode(), id="compact"),
        pytest.param(notebook(code("a = 1"), markdown("text")), id="without ids"),
        pytest.param(notebook(code("a = 1", id="x"), markdown("text", id="x"), code("c", id="x")), id="ids twice"),
        pytest.param(NUMBERS, id="no numbers"),
        pytest.param(SURROGATE, id="lone surrogates"),
        pytest.param(notebook(code("a\0b", [stream("\0")], metadata={"\0": 1})), id="null characters in strings"),
        pytest.param(notebook(markdown("![](data:image/png;base64," + "iVBORw0KGgo" * 20_000 + ")")), id="200 kB line"),
        pytest.param(json.dumps(document([code("x" * 200_000)])).encode(), id="one line of 200 kB"),
        pytest.param(notebook(code("a", [{"output_type": []}, {}, {"output_type": "error"}])), id="odd outputs"),
        pytest.param(b"", id="empty"),
    ],
)
def test_odd_notebooks_are_compared_by_cells(content: bytes) -> None:
    for old, new in ((GOOD, content), (content, GOOD), (content, content), (None, content), (content, None)):
        found = compare(old, new)
        assert isinstance(found, NotebookDiff) or not content
        assert found.equal == (old == new)
        sent = msgspec.json.encode(found)
        assert msgspec.json.decode(sent, type=FileDiff) == found


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b'{"cells": [', "its JSON ends too early"),
        (GOOD[: len(GOOD) // 2], "its JSON ends too early"),
        (GOOD.replace(b'"text"', b'<<<<<<< HEAD\n"text"\n=======\n"t"\n>>>>>>> main'), "it holds conflict markers"),
        (b"[" * 100_000 + b"]" * 100_000, "nested too deeply"),
        (b'{"cells": ' + b'{"a": ' * 5_000 + b"1" + b"}" * 5_001, ""),
        (b"[1, 2]", "it is not a JSON object"),
        (b'{"name": "no notebook"}', "it is JSON, but not a notebook"),
        (b"{'cells': []}", "it is not valid JSON (line 1"),
        (b"null", "it is not a JSON object"),
    ],
)
def test_what_is_no_notebook_is_compared_as_text_and_says_why(content: bytes, words: str) -> None:
    for name, old, new in (("new", GOOD, content), ("old", content, GOOD)):
        found = compare(old, new)
        assert isinstance(found, TextDiff)
        assert found.reason is not None and words in found.reason
        assert found.reason.startswith(f"The {name} version can't be read as a notebook: ")
        assert not found.equal and any(row.kind != "same" for row in found.rows)


def test_null_bytes_make_a_binary_file_that_says_so() -> None:
    found = compare(GOOD, b'{"cells": [\0]}')
    assert isinstance(found, BinaryDiff) and found.reason is not None and not found.equal


def test_five_thousand_cells_of_which_all_changed_take_a_moment() -> None:
    old, new = (
        notebook(*(code(f"value_{number} = load({number})\nshow({word})", id=f"{number}") for number in range(5_000)))
        for word in ("before", "after")
    )
    begun = time.thread_time()
    found = compare_notebooks(old, new)
    assert time.thread_time() - begun < 10  # seconds; on an idle machine it is less than one
    assert found.summary.cells_changed == 5_000 and not found.summary.cells_moved


def test_an_output_of_many_megabytes_takes_no_time_of_its_lines() -> None:
    old, new = (notebook(code("run()", [stream(f"step {side}\n" + "x" * 79 + "\n" * 200_000)])) for side in "ab")
    begun = time.thread_time()
    found = compare_notebooks(old, new)
    assert time.thread_time() - begun < 10
    assert found.summary.classification == "outputs"
    assert len(msgspec.json.encode(found)) < 10_000
