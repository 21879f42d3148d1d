from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jupyterlab_gitlab.notebooks.lines import cell_lines
from jupyterlab_gitlab.notebooks.model import Notebook
from jupyterlab_gitlab.notebooks.parse import parse
from jupyterlab_gitlab.notebooks.rawtext import RawText

from .builders import code, document, files, markdown, notebook, odd_files, read, stream


@given(files())
def test_the_raw_line_of_a_source_element_holds_its_json_string(data: bytes) -> None:
    found = read(data)
    lines = cell_lines(found)[0]
    assert lines is not None
    raw = data.split(b"\n")
    for cell, at in zip(found.cells, lines, strict=True):
        assert at.source is not None
        for index, element in enumerate(cell.source.elements):
            line = at.source.of(index)
            assert line is not None
            written = raw[line - 1]
            assert any(json.dumps(element, ensure_ascii=ascii_only).encode() in written for ascii_only in (True, False))


@pytest.mark.parametrize("indent", [1, 2, 4])
def test_elements_of_equal_text_have_lines_of_their_own(indent: int) -> None:
    data = notebook(code("a\na\na\n\na"), markdown("a\na"), indent=indent)
    raw = [line.strip().rstrip(",") for line in data.decode().split("\n")]
    lines = cell_lines(read(data))[0]
    assert lines is not None
    for cell in lines:
        assert cell.source is not None and cell.source.elements is not None
        assert raw[cell.line - 1] == "{"
        assert raw[cell.source.line - 1] == '"source": ['
        count = len(cell.source.elements)
        assert list(cell.source.elements) == list(range(cell.source.line + 1, cell.source.line + 1 + count))
        assert raw[cell.source.line + len(cell.source.elements)] == "]"


def test_a_source_that_is_one_string_is_on_one_line() -> None:
    data = notebook({**markdown(), "source": "a\nb\nc"})
    lines = cell_lines(read(data))[0]
    assert lines is not None and lines[0].source is not None
    assert lines[0].source.elements is None
    assert b'"source": "a' in data.split(b"\n")[lines[0].source.line - 1]


def test_outputs_know_their_lines() -> None:
    data = notebook(code("x", [stream("one\ntwo\n"), {"output_type": "error", "traceback": ["t1", "t2"]}]))
    raw = data.decode().split("\n")
    lines = cell_lines(read(data))[0]
    assert lines is not None
    (cell,) = lines
    assert cell.outputs is not None and raw[cell.outputs.line - 1].strip() == '"outputs": ['
    first, second = cell.output_lines
    assert [raw[line - 1].strip() for line in first.values["text"].elements or []] == ['"one\\n",', '"two\\n"']
    assert [raw[line - 1].strip() for line in second.values["traceback"].elements or []] == ['"t1",', '"t2"']


def test_legacy_cells_are_found_in_their_worksheets() -> None:
    cells = [
        {"cell_type": "code", "input": ["a\n", "b"], "outputs": [{"output_type": "pyout", "text": ["7"]}]},
        {"cell_type": "heading", "level": 2, "source": ["Title"]},
    ]
    data = json.dumps({"nbformat": 3, "worksheets": [{"cells": cells[:1]}, {"cells": cells[1:]}]}, indent=1).encode()
    raw = data.decode().split("\n")
    lines = cell_lines(read(data))[0]
    assert lines is not None
    found = [raw[line - 1].strip() for cell in lines for line in (cell.source.elements if cell.source else None) or []]
    assert found == ['"a\\n",', '"b"', '"Title"']
    value = lines[0].output_lines[0].values["text/plain"]
    assert raw[(value.of(0) or 0) - 1].strip() == '"7"'


def test_escaped_keys_and_the_last_of_two_equal_keys_count() -> None:
    data = b'{"nbformat": 4, "c\\u0065lls":\n[{"source": ["no"],\n"sou\\u0072ce": [\n"yes"]}]}'
    found = read(data)
    lines = cell_lines(found)[0]
    assert lines is not None and lines[0].source is not None
    assert found.cells[0].source.elements == ["yes"]
    assert lines[0].source.elements == [4]


def test_backslashes_before_quotes_do_not_end_strings() -> None:
    elements = ["\\", '"', '\\"', "\\\\", '\\\\"', "]", "[", "{"]
    data = notebook(code(elements), code(["last"]))
    raw = data.decode().split("\n")
    lines = cell_lines(read(data))[0]
    assert lines is not None
    assert [raw[line - 1].strip().rstrip(",") for line in lines[0].source.elements] == [  # type: ignore[union-attr]
        json.dumps(element) for element in elements
    ]
    assert raw[lines[1].source.elements[0] - 1].strip() == '"last"'  # type: ignore[union-attr,index]


def test_a_very_long_list_is_scanned_in_parts() -> None:
    data = notebook(code("x", [stream("line\n" * 9_001)]), code("y"))
    lines = cell_lines(read(data))[0]
    assert lines is not None
    assert len(lines[0].output_lines[0].values["text"].elements or []) == 9_001
    assert b'"y"' in data.split(b"\n")[(lines[1].source.elements or [0])[0] - 1]  # type: ignore[union-attr]


@given(odd_files)
def test_odd_files_are_scanned_without_complaint(data: bytes) -> None:
    found = parse(RawText(data))
    if isinstance(found, Notebook):
        lines = cell_lines(found)[0]
        assert lines is None or len(lines) == len(found.cells)


@given(
    st.lists(st.one_of(st.none(), st.integers(), st.text(max_size=3), st.lists(st.integers(), max_size=2)), max_size=5)
)
def test_odd_elements_keep_their_places(elements: list[object]) -> None:
    data = json.dumps(document([code(elements)]), indent=1).encode()
    lines = cell_lines(read(data))[0]
    assert lines is not None and lines[0].source is not None
    assert len(lines[0].source.elements or []) == len(elements)
