from __future__ import annotations

import json

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jupyterlab_gitlab.notebooks.parse import parse
from jupyterlab_gitlab.notebooks.rawtext import RawText

from .builders import code, document, notebook, odd_files, read


def reason(data: bytes) -> str:
    found = parse(RawText(data))
    assert isinstance(found, str)
    return found


@given(st.binary(max_size=200))
def test_arbitrary_bytes_are_refused_with_a_reason(data: bytes) -> None:
    assert reason(data)


@given(odd_files)
def test_any_json_is_a_notebook_or_has_a_reason(data: bytes) -> None:
    found = parse(RawText(data))
    if isinstance(found, str):
        assert found
    else:
        for cell in found.cells:
            assert all(isinstance(element, str) for element in cell.source.elements)
            assert isinstance(cell.cell_type, str) and isinstance(cell.metadata, dict)
            assert all(isinstance(output, dict) for output in cell.outputs)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b" \n\xef\xbb", "not valid JSON"),
        (b"[]", "not a JSON object"),
        (b'{"a": 1}', "not a notebook"),
        (b'{"nbformat": 4}', "no list of cells"),
        (notebook(code("x = 1"))[:-9], "cut off"),
        (notebook(code("x = 1"))[:60], "cut off"),
        (b'{"cells": [1 2]}', "line 1"),
        (b'{"cells": ' + b"[" * 100_000, "nested too deeply"),
        (b'{"a":"\n"}', "not valid JSON"),
    ],
)
def test_what_is_no_notebook_has_a_reason(data: bytes, words: str) -> None:
    assert words in reason(data)


@pytest.mark.parametrize("end", [b"\n", b"\r\n"])
def test_conflict_markers_are_named_with_their_line(end: bytes) -> None:
    text = b'{"cells": [],\n<<<<<<< HEAD\n"nbformat": 4\n=======\n"nbformat": 3\n>>>>>>> other\n}'
    assert reason(text.replace(b"\n", end)) == "it holds conflict markers (the first in line 2)"


def test_markers_inside_strings_are_no_conflict() -> None:
    assert read(notebook(code("<<<<<<< HEAD\n=======\n>>>>>>> x"))).cells[0].source.texts[0] == "<<<<<<< HEAD"


def test_a_byte_order_mark_and_crlf_are_fine() -> None:
    data = b"\xef\xbb\xbf" + notebook(code("a\nb")).replace(b"\n", b"\r\n")
    assert read(data).cells[0].source.texts == ["a", "b"]


def test_what_json_does_not_allow_but_python_writes_is_read() -> None:
    data = json.dumps(document([code("x")], metadata={"a": float("nan"), "b": float("-inf"), "c": 10**40})).encode()
    assert read(data).metadata == {"a": "NaN", "b": "-Infinity", "c": 10**40}


def test_lone_surrogates_are_replaced_everywhere() -> None:
    data = b'{"cells": [{"cell_type": "code", "source": ["a\\ud800b"], "metadata": {"\\udc00": 1}}], "nbformat": 4}'
    cell = read(data).cells[0]
    assert cell.source.elements == ["a�b"]
    assert cell.metadata == {"�": 1}
    orjson.dumps(cell.metadata)


def test_invalid_utf8_is_shown_and_said() -> None:
    found = read(notebook(code("x = 1")).replace(b"x = 1", b"x = \xff"))
    assert found.cells[0].source.texts == ["x = �"]
    assert "UTF-8" in found.notes[0]


def test_nul_characters_in_strings_survive() -> None:
    assert read(notebook(code("a\0b"))).cells[0].source.texts == ["a\0b"]


@pytest.mark.parametrize(
    ("source", "texts", "element_of"),
    [
        ([], [], []),
        ("", [""], [0]),
        (["a\n", "b"], ["a", "b"], [0, 1]),
        ("a\nb", ["a", "b"], [0, 0]),
        (["a\n"], ["a", ""], [0, 0]),
        (["a\n", ""], ["a", ""], [0, 1]),
        (["a", "b"], ["a", "b"], [0, 1]),
        (["a\nb\n", "c"], ["a", "b", "c"], [0, 0, 1]),
        (["a\r\n", "b"], ["a\r", "b"], [0, 1]),
        ([None, 3, {"x": 1}], ["", "3", '{"x":1}'], [0, 1, 2]),
        (7, [], []),
    ],
)
def test_lines_know_their_element(source: object, texts: list[str], element_of: list[int]) -> None:
    cell = read(notebook({"cell_type": "markdown", "source": source})).cells[0]
    assert (cell.source.texts, list(cell.source.element_of)) == (texts, element_of)


def test_nbformat_3_is_seen_as_nbformat_4() -> None:
    outputs = [
        {"output_type": "pyout", "prompt_number": 3, "text": ["7"], "html": ["<b>"], "metadata": {}},
        {"output_type": "pyerr", "ename": "E", "evalue": "v", "traceback": ["t"]},
        {"output_type": "stream", "stream": "stderr", "text": ["w"]},
    ]
    sheets = [
        {"cells": [{"cell_type": "code", "input": ["1+1"], "prompt_number": 3, "collapsed": True, "outputs": outputs}]},
        {"cells": [{"cell_type": "heading", "level": 2, "source": ["Title"]}, {"cell_type": "html", "source": "<i>"}]},
    ]
    found = read(json.dumps({"nbformat": 3, "nbformat_minor": 0, "worksheets": sheets}).encode())
    first, second, third = found.cells
    assert (found.nbformat, first.cell_type, first.execution_count) == (3, "code", 3)
    assert first.source.texts == ["1+1"] and first.metadata == {"collapsed": True}
    assert [output["output_type"] for output in first.outputs] == ["execute_result", "error", "stream"]
    assert first.outputs[0]["data"] == {"text/plain": ["7"], "text/html": ["<b>"]}
    assert first.outputs[2]["name"] == "stderr"
    assert (second.cell_type, second.source.texts) == ("markdown", ["## Title"])
    assert third.cell_type == "markdown"
