"""The quick reader of Jupyter's layout against the exact one."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given

from jupyterlab_gitlab.notebooks.layout import Layout, lines_by_layout
from jupyterlab_gitlab.notebooks.model import Notebook
from jupyterlab_gitlab.notebooks.parse import parse
from jupyterlab_gitlab.notebooks.places import CellLines, Value
from jupyterlab_gitlab.notebooks.rawtext import RawText
from jupyterlab_gitlab.notebooks.scanner import lines_by_scan
from jupyterlab_gitlab.notebooks.view_text import mapped_values

from .builders import code, display, document, files, markdown, notebook, odd_files, read, stream


def value(found: Value | None) -> object:
    return found and (found.line, None if found.elements is None else list(found.elements))


def told(notebook: Notebook, lines: list[CellLines] | None) -> object:
    """What is asked of the lines."""
    if lines is None:
        return None
    return [
        (
            at.line,
            value(at.source),
            value(at.outputs),
            [
                (place.line, {key: value(place.values.get(key)) for key in mapped_values(output)})
                for output, place in zip(cell.outputs, at.output_lines, strict=True)
            ],
        )
        for cell, at in zip(notebook.cells, lines, strict=True)
    ]


@given(files())
def test_the_layout_tells_what_the_scan_tells(data: bytes) -> None:
    found = read(data)
    by_layout = lines_by_layout(found)
    assert by_layout is None or told(found, by_layout) == told(found, lines_by_scan(found))


@given(odd_files)
def test_odd_files_are_either_another_layout_or_told_alike(data: bytes) -> None:
    found = parse(RawText(data))
    if isinstance(found, Notebook):
        by_layout = lines_by_layout(found)
        assert by_layout is None or told(found, by_layout) == told(found, lines_by_scan(found))


ERROR = {"output_type": "error", "ename": "E", "evalue": "", "traceback": ["t1", "t2"]}
RICH = display(text_plain=["a\n", "b"], text_html="<b>", image_png="x", application_json={"a": [1, {"b": []}]})
CELLS: list[Any] = [
    code("a\nb", [stream("one\ntwo"), ERROR], execution_count=3, id="a"),
    markdown("text", attachments={"a.png": {"image/png": "x"}}),
    code("", [RICH, {**RICH, "execution_count": 3, "output_type": "execute_result"}], metadata={"tags": ["x"]}),
    {**markdown(), "source": "one\nstring"},
    code("z"),
]


@pytest.mark.parametrize("indent", [1, 2, 4])
@pytest.mark.parametrize("end", [b"\n", b"\r\n"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("order", [False, True])
def test_what_jupyter_writes_is_read_by_its_layout(indent: int, end: bytes, mark: bytes, order: bool) -> None:
    text = json.dumps(document(CELLS), indent=indent, sort_keys=order)
    found = read(mark + text.encode().replace(b"\n", end))
    by_layout = lines_by_layout(found)
    assert by_layout is not None
    assert told(found, by_layout) == told(found, lines_by_scan(found))


def test_worksheets_are_read_by_their_layout() -> None:
    outputs = [
        {"output_type": "pyout", "text": ["7"], "png": "x", "metadata": {}},
        {"output_type": "stream", "text": "a"},
    ]
    cells = [
        {"cell_type": "code", "input": ["a\n", "b"], "outputs": outputs},
        {"cell_type": "heading", "source": ["T"]},
    ]
    found = read(json.dumps({"nbformat": 3, "worksheets": [{"cells": cells, "metadata": {}}]}, indent=1).encode())
    by_layout = lines_by_layout(found)
    assert by_layout is not None
    assert told(found, by_layout) == told(found, lines_by_scan(found))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b'    "a\\n",\n    "b"\n', b'    "a\\n", "b"\n\n'),  # two elements on a line, and a blank one
        (b'   "source": [\n    "z"\n   ]', b'   "source": ["z"]'),
        (b'"source": [\n    "z"', b'"sourc\\u0065": [\n    "z"'),
        (b'   "source": [\n    "z"', b'   "source": [],\n   "source": [\n    "z"'),
        (b'  {\n   "cell_type": "markdown"', b'  { "cell_type": "markdown"'),
    ],
)
def test_what_only_looks_like_the_layout_is_left_to_the_scan(before: bytes, after: bytes) -> None:
    data = notebook(*CELLS)
    assert before in data
    changed = data.replace(before, after)
    found = read(changed)
    by_layout = lines_by_layout(found)
    assert by_layout is None or told(found, by_layout) == told(found, lines_by_scan(found))
    assert told(found, lines_by_scan(found)) is not None


def test_some_cells_can_be_read_alone() -> None:
    found = read(notebook(*CELLS))
    every, layout = lines_by_layout(found), Layout(found.raw, legacy=False)
    assert every is not None and layout.first_line() == every[0].line
    assert layout.cell(found.cells[2], every[2].line, last=False) == (every[2], every[3].line)
    assert lines_by_layout(read(notebook())) == []
