from __future__ import annotations

import time
from typing import Any

import msgspec
import pytest

from jupyterlab_gitlab.contract.diffs import OutputSummary
from jupyterlab_gitlab.notebooks.outputs import output_body, output_digest, output_kind, pair_outputs

from .builders import code, compare_notebooks, display, notebook, only_cell, read, stream


@pytest.mark.parametrize(
    ("output", "kind"),
    [
        (stream("a"), "text"),
        ({"output_type": "error", "ename": "E", "evalue": "", "traceback": []}, "error"),
        (display(text_html="<div><table><tr></table>", text_plain="t"), "table"),
        (display(text_html=["<b>", "x</b>"]), "html"),
        (display(image_png="aGk=", text_plain="<Figure>"), "image"),
        (display(**{"image_svg+xml": "<svg/>"}), "image"),
        (display(text_markdown="*a*", text_plain="a"), "markdown"),
        (display(text_latex="$x$", text_plain="x"), "latex"),
        (display(text_plain=["7"]), "text"),
        (display(**{"application_vnd.plotly.v1+json": {}, "text_html": "<div>"}), "interactive"),
        (display(**{"application_vnd.jupyter.widget-view+json": {}, "text_plain": "w"}), "interactive"),
        (display(**{"application_vnd.vegalite.v5+json": {}}), "interactive"),
        (display(application_json={"a": 1}), "data"),
        ({"output_type": "display_data"}, "data"),
        ({}, "data"),
    ],
)
def test_an_output_has_a_readers_word(output: dict[str, Any], kind: str) -> None:
    assert output_kind(output) == kind


def test_a_body_has_its_multi_line_strings_joined_and_its_json_untouched() -> None:
    output = display(text_plain=["a\n", "b"], **{"application_vnd.x+json": ["a", "b"]})
    assert output_body(read(notebook(code("x", [output]))), 0, 0) == display(
        text_plain="a\nb", **{"application_vnd.x+json": ["a", "b"]}
    )


@pytest.mark.parametrize(("cell", "output"), [(1, 0), (0, 1), (-1, 0), (0, -1)])
def test_there_is_no_body_where_there_is_no_output(cell: int, output: int) -> None:
    assert output_body(read(notebook(code("x", [stream("a")]))), cell, output) is None


def test_the_digest_of_a_summary_is_that_of_the_body() -> None:
    data = notebook(code("x", [stream("a\nb"), display(text_plain="7")]))
    cell = only_cell(compare_notebooks(None, data))
    for index, output in enumerate(cell.outputs):
        body = output_body(read(data), 0, index)
        assert body is not None and output.new is not None
        assert (output.new.digest, output.new.size) == output_digest(body)


def test_a_list_of_lines_and_one_string_are_the_same_output() -> None:
    old, new = {**stream("a\nb"), "text": "a\nb"}, stream("a\nb")
    assert not only_cell(compare_notebooks(notebook(code("x", [old])), notebook(code("x", [new])))).outputs_changed


def test_a_new_execution_count_alone_does_not_change_an_output() -> None:
    old, new = (
        notebook(code("x", [{"output_type": "execute_result", "execution_count": n, "data": {}}], execution_count=n))
        for n in (1, 2)
    )
    diff = compare_notebooks(old, new)
    assert diff.summary.classification == "execution_counts"
    assert not only_cell(diff).outputs_changed


def test_deeply_nested_and_huge_numbers_have_digests() -> None:
    nested: Any = 1
    for _ in range(400):
        nested = [nested]
    data = notebook(code("x", [display(application_json=nested), display(application_json=2**70)]))
    diff = compare_notebooks(None, data)
    assert len({output.new.digest for output in only_cell(diff).outputs if output.new}) == 2
    msgspec.json.encode(diff)


def summary(index: int, digest: str, kind: Any = "text") -> OutputSummary:
    return OutputSummary(
        index=index, output_type="display_data", kind=kind, mime_types=[], size=1, digest=digest, line=None
    )


def shape(old: list[OutputSummary], new: list[OutputSummary]) -> list[tuple[str, int | None, int | None]]:
    return [
        (pair.kind, pair.old.index if pair.old else None, pair.new.index if pair.new else None)
        for pair in pair_outputs(old, new)
    ]


def test_outputs_pair_by_digest_then_by_place_and_kind() -> None:
    old = [summary(0, "a"), summary(1, "b", "image"), summary(2, "c")]
    new = [summary(0, "new"), summary(1, "a"), summary(2, "b2", "image"), summary(3, "c")]
    assert shape(old, new) == [("added", None, 0), ("same", 0, 1), ("changed", 1, 2), ("same", 2, 3)]


def test_outputs_of_different_kinds_do_not_pair() -> None:
    assert shape([summary(0, "a", "error")], [summary(0, "b", "image")]) == [("removed", 0, None), ("added", None, 0)]


def test_a_comment_on_an_output_hangs_on_its_first_changed_line_that_gitlab_shows() -> None:
    old, new = (notebook(code("x", [stream(f"same\n{word}\nsame\n")])) for word in ("one", "two"))
    output = only_cell(compare_notebooks(old, new)).outputs[0]
    assert output.old is not None and output.new is not None and output.old.line and output.new.line
    assert b'"one' in old.split(b"\n")[output.old.line - 1]
    assert b'"two' in new.split(b"\n")[output.new.line - 1]


def test_a_comment_on_an_output_that_gitlab_does_not_show_hangs_on_its_brace() -> None:
    data = notebook(code("x", [display(text_html="<b>")]))
    output = only_cell(compare_notebooks(None, data)).outputs[0]
    assert output.new is not None and output.new.line
    assert data.split(b"\n")[output.new.line - 1].strip() == b"{"


def test_many_outputs_that_became_others_are_compared_at_once() -> None:
    errors = [summary(index, f"e{index}", "error") for index in range(20_000)]
    texts = [summary(index, f"t{index}") for index in range(20_000)]
    begun = time.process_time()
    assert len(shape(errors, texts)) == 40_000
    assert time.process_time() - begun < 5
