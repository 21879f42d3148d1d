"""A notebook as text."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from notebooks.builders import code, display, markdown, notebook, stream

from jupyterlab_gitlab.notebooks.model import Notebook
from jupyterlab_gitlab.notebooks.parse import parse
from jupyterlab_gitlab.notebooks.rawtext import RawText
from jupyterlab_gitlab.terminal import conflicts
from jupyterlab_gitlab.terminal.textconv import main, text_of

from .any_files import FILES


def text(*cells: object, **more: object) -> str:
    return text_of(notebook(*cells, **more)).decode()


def test_sources_and_outputs_are_the_lines_of_the_text() -> None:
    error = {"output_type": "error", "ename": "E", "evalue": "no", "traceback": ["\x1b[31mline 1\x1b[0m", "E: no"]}
    assert text(
        markdown("# Title\n\nText"),
        code("x = 1\nx", [stream("a\n"), display(text_plain="1", text_html="<b>1</b>")], metadata={"tags": ["p", "q"]}),
        code("", [error]),
        metadata={"kernelspec": {"name": "python3", "display_name": "Python 3"}},
    ).splitlines() == [
        "%% notebook 4.5",
        "kernel: python3",
        "",
        "%% markdown",
        "# Title",
        "",
        "Text",
        "",
        "%% code tags: p, q",
        "x = 1",
        "x",
        "",
        "%% output stdout",
        "a",
        "",
        "%% output text/plain",
        "1",
        "",
        "%% code",
        "",
        "%% output error E",
        "line 1",
        "E: no",
    ]


def test_running_again_changes_nothing_and_a_new_picture_changes_its_digest() -> None:
    first, again, other = (
        text(code("p()", [display(image_png=data, text_plain="<Figure>")], execution_count=count))
        for data, count in (("aaaa", 1), ("aaaa", 2), ("aaab", 2))
    )
    assert first == again
    pairs = zip(first.splitlines(), other.splitlines(), strict=True)
    ((before, after),) = [(old, new) for old, new in pairs if old != new]
    assert re.fullmatch("image/png: 4 characters, [0-9a-f]{16}", before) and before[:20] == after[:20]


def test_what_a_terminal_would_show_is_shown_and_nothing_steers_it() -> None:
    lines = text(code("a = '\x1b]0;x\x07'", [stream("1%\r2%\r\nend\x1b[0m\n")])).splitlines()
    assert lines[3:] == ["a = '\\x1b]0;x\\x07'", "", "%% output stdout", "2%", "end"]


def test_a_long_output_is_cut_and_told_by_its_digest() -> None:
    long = "x" * 300_000
    first, other = (text(code("", [stream(long + end)])) for end in "ab")
    assert len(first) < 101_000
    assert first.splitlines()[-1].startswith("… 300,001 characters, ") and first != other


def test_older_formats_are_read_too() -> None:
    old = {
        "nbformat": 3,
        "nbformat_minor": 0,
        "metadata": {},
        "worksheets": [
            {
                "cells": [
                    {"cell_type": "heading", "level": 2, "source": ["Title"]},
                    {
                        "cell_type": "code",
                        "input": ["x"],
                        "prompt_number": 1,
                        "outputs": [{"output_type": "pyout", "prompt_number": 1, "text": ["1"]}],
                    },
                ]
            }
        ],
    }
    assert text_of(json.dumps(old).encode()).decode().splitlines()[2:] == [
        "%% markdown",
        "## Title",
        "",
        "%% code",
        "x",
        "",
        "%% output text/plain",
        "1",
    ]


@pytest.mark.parametrize("base", ["", '||||||| base\n    "x = 0"\n'])
def test_a_conflict_is_shown_by_the_lines_of_the_text(base: str) -> None:
    whole = notebook(markdown("# Title"), code("x = 1")).decode()
    line = '    "x = 1"\n'
    conflict = f'<<<<<<< HEAD\n{line}{base}=======\n    "x = 2"\n>>>>>>> side\n'
    assert text_of(whole.replace(line, conflict).encode()).decode().splitlines()[2:] == [
        "%% markdown",
        "# Title",
        "",
        "%% code",
        "<<<<<<< HEAD",
        "x = 1",
        "=======",
        "x = 2",
        ">>>>>>> side",
    ]
    for broken in (conflict.replace(">>>>>>> side\n", ""), conflict.replace('2"', "2")):
        data = whole.replace(line, broken).encode()
        assert text_of(data) is data


@pytest.mark.parametrize("data", [b"", b"{}", b"[]", b"{", b"\xff\xfe", b'{"cells": 1}', b"[" * 100_000, b"text\n"])
def test_what_is_no_notebook_stays_as_it_is(data: bytes, tmp_path: Path, capfdbinary: pytest.CaptureFixture) -> None:
    assert text_of(data) == data
    (tmp_path / "x").write_bytes(data)
    assert main(str(tmp_path / "x")) == 0
    assert capfdbinary.readouterr().out == data


def test_a_file_that_cannot_be_read_is_told_and_no_failure(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(str(tmp_path / "gone")) == 0
    assert main("\0") == 0
    captured = capsys.readouterr()
    assert captured.out == "" and "gone" in captured.err


LINES = st.lists(st.sampled_from(["a\n", "b\n", "\n", "c d\n"]), max_size=12).map("".join)


@given(LINES, LINES, st.integers(0, 30))
def test_both_sides_can_be_read_out_of_a_marked_conflict(ours: str, theirs: str, most: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(conflicts, "_MOST_LINES", most)
        text = conflicts.marked(ours, theirs, ("HEAD", "side"))
    if ours == theirs:
        assert text == ours
    else:
        assert conflicts.sides(text.encode()) == (ours.encode(), theirs.encode(), "HEAD", "side")


@given(st.lists(st.sampled_from([b"<<<<<<< a\n", b"||||||| b\n", b"=======\n", b">>>>>>> c\n", b"{}\n"]), max_size=9))
def test_markers_in_any_order_are_read(lines: list[bytes]) -> None:
    found = conflicts.sides(b"".join(lines))
    assert found is None or found[2:] == ("a", "c")


@given(FILES)
def test_any_file_has_a_text_that_keeps_every_source_line(data: bytes) -> None:
    found = text_of(data)
    notebook = parse(RawText(data))
    if not isinstance(notebook, Notebook):
        return
    assert found is not data
    shown = found.decode()
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f]", shown)
    for cell in notebook.cells:
        written = [line for line in cell.source.text.split("\n") if re.fullmatch("[a-z ]*", line)]
        assert all(f"\n{line}\n" in shown for line in written)
