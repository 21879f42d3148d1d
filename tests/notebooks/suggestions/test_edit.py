"""Lines replaced, and every other byte as it was."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from jupyterlab_gitlab.notebooks.suggestions.edit import (
    Change,
    EditError,
    edit_notebook,
    edit_text,
    source_lines,
    text_lines,
)
from jupyterlab_gitlab.notebooks.suggestions.spans import source_spans

from ..builders import code, document, files, line_texts, markdown, notebook, stream

THREE = notebook(markdown("# Title"), code("a = 1\nb = 2\nc = 3", [stream("a = 1\n")]), code("é = 'ü'\n"))


def line_of(data: bytes, text: bytes) -> int:
    return data[: data.index(text)].count(b"\n") + 1


def change(data: bytes, first: bytes, last: bytes, *lines: str) -> Change:
    return Change(first=line_of(data, first), last=line_of(data, last), lines=lines)


def sources(data: bytes) -> list[Any]:
    return [cell["source"] for cell in json.loads(data.decode("utf-8-sig"))["cells"]]


def refusal(data: bytes, *changes: Change) -> tuple[str, int]:
    with pytest.raises(EditError) as caught:
        edit_notebook(data, changes)
    return caught.value.refusal, caught.value.index


def test_a_line_is_replaced_and_nothing_else() -> None:
    edited = edit_notebook(THREE, [change(THREE, b'"b = 2', b'"b = 2', "b = 22", "bb = 2")])
    assert edited == THREE.replace(b'    "b = 2\\n",\n', b'    "b = 22\\n",\n    "bb = 2\\n",\n')


def test_the_last_line_keeps_having_no_comma_and_no_line_end() -> None:
    last = change(THREE, b'"c = 3', b'"c = 3', "c = 33", "d = 4")
    assert edit_notebook(THREE, [last]) == THREE.replace(b'    "c = 3"\n', b'    "c = 33\\n",\n    "d = 4"\n')


def test_taking_lines_away() -> None:
    first = change(THREE, b'"a = 1\\n",', b'"a = 1\\n",')
    middle, last = change(THREE, b'"b = 2', b'"b = 2'), change(THREE, b'"c = 3', b'"c = 3')
    start = line_of(THREE, b'"source": [\n    "a = 1') + 1
    first = Change(first=start, last=start, lines=[])
    assert sources(edit_notebook(THREE, [first]))[1] == ["b = 2\n", "c = 3"]
    assert sources(edit_notebook(THREE, [middle]))[1] == ["a = 1\n", "c = 3"]
    without_end = edit_notebook(THREE, [last])
    assert without_end == THREE.replace(b'"b = 2\\n",\n    "c = 3"\n', b'"b = 2"\n')
    everything = Change(first=start, last=start + 2, lines=[])
    assert b'"source": []' in edit_notebook(THREE, [everything])


def test_several_changes_at_once() -> None:
    start = line_of(THREE, b'"source": [\n    "a = 1') + 1
    changes = [
        change(THREE, b'"c = 3', b'"c = 3'),
        Change(first=start, last=start, lines=["a = 0"]),
        change(THREE, b'"# Title', b'"# Title', "# Other", "", "Text"),
    ]
    edited = edit_notebook(THREE, changes)
    assert sources(edited) == [["# Other\n", "\n", "Text"], ["a = 0\n", "b = 2"], ["é = 'ü'\n"]]
    assert edit_notebook(THREE, changes[::-1]) == edited


def test_the_spelling_of_what_stays_is_kept_and_new_text_is_spelled_alike() -> None:
    spelled = json.dumps(document([code("é = 1\nx = 2\ny = 3")]), indent=2).encode()
    edited = edit_notebook(spelled, [change(spelled, b'"x = 2', b'"y = 3', "é = 1", "ü = 2")])
    assert edited == spelled.replace(b'"x = 2\\n",\n        "y = 3"', b'"\\u00e9 = 1\\n",\n        "\\u00fc = 2"')
    plain = notebook(code("x = 2"))
    assert "ü".encode() in edit_notebook(plain, [change(plain, b'"x = 2', b'"x = 2', "ü")])
    escaped = notebook(code("x = '\x1b[0m'\ny"))
    assert "ü".encode() in edit_notebook(escaped, [change(escaped, b'"y"', b'"y"', "ü")])


def test_a_source_in_one_string_is_replaced_whole() -> None:
    one = notebook({"cell_type": "code", "metadata": {}, "outputs": [], "source": "a\nb\n"})
    edited = edit_notebook(one, [change(one, b'"source"', b'"source"', "c", "d")])
    assert edited == one.replace(b'"a\\nb\\n"', b'"c\\nd\\n"')


def test_what_can_not_be_replaced_is_told_by_reason_and_place() -> None:
    good = change(THREE, b'"b = 2', b'"b = 2', "x")
    assert refusal(THREE, good, change(THREE, b'"source": [\n    "a', b'"b = 2', "x")) == ("overlapping", 1)
    assert refusal(THREE, change(THREE, b'"outputs"', b'"outputs"', "x")) == ("not_source", 0)
    assert refusal(THREE, change(THREE, b'"c = 3"', b'"c = 3"', "x"), good, good) == ("overlapping", 2)
    assert refusal(THREE, Change(first=0, last=1, lines=[])) == ("no_such_line", 0)
    assert refusal(THREE, Change(first=900, last=901, lines=[])) == ("no_such_line", 0)
    assert refusal(b"{", Change(first=1, last=1, lines=[])) == ("unreadable", 0)
    compact = notebook(code("a"), code("b"), indent=None)
    assert refusal(compact, Change(first=1, last=1, lines=["c"])) == ("several_cells", 0)
    legacy = json.dumps({"worksheets": [{"cells": [{"input": ["a"]}]}], "nbformat": 3}).encode()
    assert refusal(legacy, Change(first=1, last=1, lines=["c"])) == ("unreadable", 0)


def test_the_lines_of_a_range_are_told() -> None:
    first, last = line_of(THREE, b'"b = 2'), line_of(THREE, b'"c = 3')
    place, lines = source_lines(THREE, first, last)
    assert ((place.cell, place.first, place.last), lines) == ((1, 1, 2), ["b = 2", "c = 3"])


def test_the_last_of_equal_keys_counts() -> None:
    data = b'{"cells": [], "cells": [\n{"source": ["a"],\n"source": ["b"]}\n], "nbformat": 4}'
    assert edit_notebook(data, [Change(first=3, last=3, lines=["c"])]) == data.replace(b'["b"]', b'["c"]')
    with pytest.raises(EditError):
        edit_notebook(data, [Change(first=2, last=2, lines=["c"])])


@settings(deadline=None)
@given(files())
def test_every_source_is_found_in_every_layout(data: bytes) -> None:
    found = source_spans(data)
    assert found is not None
    for source, expected in zip(found, sources(data), strict=True):
        assert source is not None
        start, end = source.span
        assert json.loads(data[start:end]) == expected
        for element in source.elements:
            assert json.loads(data[slice(*element.span)]) == element.text
            assert data[: element.span[0]].count(b"\n") + 1 == element.line


new_lines = st.lists(line_texts, max_size=4)


@settings(deadline=None, max_examples=300)
@given(files(), st.data())
def test_only_the_source_lines_of_the_range_change(data: bytes, draw: st.DataObject) -> None:
    """The property that matters: the cell says what it should, and all bytes outside of its source are the same."""
    spans = source_spans(data)
    assert spans is not None
    choices = [(cell, number) for cell, one in enumerate(spans) if one for number in range(len(one.elements))]
    assume(choices)
    cell, number = draw.draw(st.sampled_from(choices))
    source = spans[cell]
    assert source is not None
    first = source.elements[number].line
    last = draw.draw(st.sampled_from([each.line for each in source.elements if each.line >= first]))
    lines = draw.draw(new_lines)
    try:
        edited = edit_notebook(data, [Change(first=first, last=last, lines=lines)])
    except EditError as error:
        # a range that reaches over an element of another cell, or over a line between two elements
        assert error.refusal in ("several_cells", "not_source")
        return
    start, end = source.span
    length = len(edited) - len(data)
    assert edited[:start] == data[:start] and edited[end + length :] == data[end:]
    before, after = sources(data), sources(edited)
    assert before[:cell] == after[:cell] and before[cell + 1 :] == after[cell + 1 :]
    assert type(before[cell]) is type(after[cell])
    inside = [k for k, element in enumerate(source.elements) if first <= element.line <= last]
    texts = [element.text for element in source.elements]
    head, old = "".join(texts[: inside[0]]), "".join(texts[inside[0] : inside[-1] + 1])
    tail = "".join(texts[inside[-1] + 1 :])
    end_of_line = "\r\n" if "\r\n" in old else "\n"
    middle = end_of_line.join(lines) + (end_of_line if lines and old.endswith("\n") else "")
    if not lines and not tail and not old.endswith("\n") and inside[0]:
        head = head.removesuffix("\n").removesuffix("\r")
    assert "".join(after[cell]) == head + middle + tail


@settings(deadline=None)
@given(files(), st.data())
def test_a_change_to_the_same_lines_changes_no_byte(data: bytes, draw: st.DataObject) -> None:
    spans = source_spans(data)
    assert spans is not None
    lines = sorted({element.line for one in spans if one for element in one.elements})
    assume(lines)
    line = draw.draw(st.sampled_from(lines))
    try:
        place, now = source_lines(data, line, line)
    except EditError as error:
        assert error.refusal == "several_cells"
        return
    source = spans[place.cell]
    assert source is not None
    texts = [element.text for element in source.elements[place.first : place.last + 1]]
    # what a list of lines can't tell: carriage returns of their own, and strings cut elsewhere than at line ends
    assume("\r" not in "".join(texts) and "".join(texts).splitlines(keepends=True) == texts)
    assert edit_notebook(data, [Change(first=line, last=line, lines=now)]) == data


# other texts


@pytest.mark.parametrize(
    ("data", "first", "last", "lines", "expected"),
    [
        (b"a\nb\nc\n", 2, 2, ["x", "y"], b"a\nx\ny\nc\n"),
        (b"a\nb\nc\n", 1, 3, [], b""),
        (b"a\nb\nc", 3, 3, ["x", "y"], b"a\nb\nx\ny"),
        (b"a\nb\nc", 3, 3, [], b"a\nb"),
        (b"a\nb\nc\n", 3, 3, [], b"a\nb\n"),
        (b"a\r\nb\r\nc\r\n", 2, 2, ["x", "y"], b"a\r\nx\r\ny\r\nc\r\n"),
        (b"a\r\nb", 2, 2, ["x", "y"], b"a\r\nx\r\ny"),
        (b"a\r\nb", 1, 2, ["x", "y"], b"x\r\ny"),
        (b"a\r\nb", 2, 2, [], b"a"),
        (b"a", 1, 1, ["\xfc"], b"\xc3\xbc"),
        (b"\xff\nb\n", 2, 2, ["c"], b"\xff\nc\n"),
    ],
)
def test_lines_of_a_text(data: bytes, first: int, last: int, lines: list[str], expected: bytes) -> None:
    assert edit_text(data, [Change(first=first, last=last, lines=lines)]) == expected


@given(st.lists(line_texts, min_size=1, max_size=6), st.booleans(), st.data())
def test_texts_change_line_by_line(before: list[str], ended: bool, draw: st.DataObject) -> None:
    data = ("\n".join(before) + ("\n" if ended else "")).encode()
    assume(ended or before[-1])
    first = draw.draw(st.integers(1, len(before)))
    last = draw.draw(st.integers(first, len(before)))
    lines = draw.draw(st.lists(line_texts.filter(bool), max_size=3))
    after = [*before[: first - 1], *lines, *before[last:]]
    edited = edit_text(data, [Change(first=first, last=last, lines=lines)])
    assert edited == ("\n".join(after) + ("\n" if ended and after else "")).encode()
    assert text_lines(data, first, last) == before[first - 1 : last]


def test_lines_that_a_text_does_not_have() -> None:
    for first, last in ((0, 1), (2, 1), (1, 3)):
        with pytest.raises(EditError):
            edit_text(b"a\nb\n", [Change(first=first, last=last, lines=[])])
        with pytest.raises(EditError):
            text_lines(b"a\nb\n", first, last)
