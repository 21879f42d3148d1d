from __future__ import annotations

from typing import Any

from jupyterlab_gitlab.contract.diffs import Anchor
from jupyterlab_gitlab.notebooks.numbering import is_viewable
from jupyterlab_gitlab.notebooks.positions.ladder import Ladder
from jupyterlab_gitlab.notebooks.raw import RawPairing
from jupyterlab_gitlab.notebooks.rawtext import RawText
from jupyterlab_gitlab.notebooks.shown import NotebookView, notebook_view
from jupyterlab_gitlab.notebooks.versions import Versions, read_versions

from .builders import code, compare_notebooks, display, markdown, notebook, read, stream


def view(old: bytes | None, new: bytes | None) -> NotebookView:
    texts = [None if data is None else RawText(data) for data in (old, new)]
    versions = read_versions(*texts, RawPairing(*texts))
    assert isinstance(versions, Versions)
    found = notebook_view(versions)
    assert found is not None
    return found


def shows(old: bytes, new: bytes, anchor: Anchor | None) -> bool:
    assert anchor is not None
    return Ladder(old, new).shows((anchor.old_line, anchor.new_line))


def shown_lines(data: bytes) -> list[bytes]:
    """The raw lines that an added file's view shows, in the file's order."""
    raw = data.split(b"\n")
    lines = {new for _, new in view(None, data).positions if new}
    return [raw[line - 1].strip().rstrip(b",") for line in sorted(lines)]


def test_a_cell_shows_its_brace_its_source_and_its_text_outputs() -> None:
    data = notebook(code("a\nb", [stream("out\n")], metadata={"tags": ["x"]}), markdown("text"))
    assert shown_lines(data) == [
        b"{",
        b'"outputs": [',
        b'"out\\n"',
        b'"source": [',
        b'"a\\n"',
        b'"b"',
        b"{",
        b'"text"',
    ]


def test_html_and_json_outputs_have_no_row_and_display_data_no_plain_text() -> None:
    rich = {"text_html": "<b>", "text_plain": ["plain"], "application_json": {}}
    assert b'"plain"' not in shown_lines(notebook(code("a", [display(**rich)])))
    result = {**display(**rich), "output_type": "execute_result"}
    assert b'"plain"' in shown_lines(notebook(code("a", [result])))


def test_every_traceback_line_hangs_on_its_entry() -> None:
    error: dict[str, Any] = {"output_type": "error", "ename": "E", "evalue": "", "traceback": ["a\nb", "", "c"]}
    lines = shown_lines(notebook(code("a", [error])))
    assert b'"a\\nb"' in lines and b'"c"' in lines and b'""' not in lines


def test_colours_do_not_make_text_differ() -> None:
    old, new = (
        notebook(code("a", [{"output_type": "stream", "name": "stdout", "text": [text]}]), execution_count=n)
        for n, text in ((1, "\x1b[31mred\x1b[0m"), (2, "red"))
    )
    line = next(number for number, text in enumerate(new.split(b"\n"), 1) if b'"red"' in text)
    assert (line, line) in view(old, new).positions


def test_a_line_of_which_only_the_comma_changed_has_no_row_for_either_side() -> None:
    old, new = notebook(code("a\nb")), notebook(code("a\nb\nc"))
    first, second, added = compare_notebooks(old, new).cells[0].rows
    assert second.old_half is not None and first.old_half is None
    assert [(row.text, shows(old, new, row.anchor)) for row in (first, second, added)] == [
        ("a", True),
        ("b", False),
        ("c", True),
    ]
    assert not shows(old, new, second.old_half.anchor)


def test_the_view_does_not_count_the_line_end_after_a_number_that_closes_an_object() -> None:
    sized = {**display(image_png="x"), "metadata": {"image/png": {"width": 5}}}
    old, new = (notebook(code("a", [sized]), code(text)) for text in ("b\nc", "b\nx\nc"))
    diff = compare_notebooks(old, new)
    row = next(row for row in diff.cells[1].rows if row.text == "x")
    assert row.new is not None and row.anchor is not None
    assert b'"x\\n"' in new.split(b"\n")[row.new - 1]
    assert (row.anchor.old_line, row.anchor.new_line) == (None, row.new)  # the true line, whatever the view says
    assert [(listed.old, listed.new) for listed in row.view_rows] == [(None, row.new - 1)]
    assert (None, row.new - 1) in view(old, new).positions


def test_other_formats_and_very_long_notebooks_have_no_view() -> None:
    small, large = read(notebook(code("a"))), read(notebook(code("a", [stream("line\n" * 60_000)])))
    legacy = read(b'{"nbformat": 3, "worksheets": []}')
    assert is_viewable(small, small)
    assert not is_viewable(small, large)
    assert not is_viewable(small, legacy)


def test_without_a_view_every_accepted_anchor_counts_as_shown() -> None:
    old, new = (
        b'{"nbformat": 3, "worksheets": [{"cells": [{"cell_type": "code", "input": [\n"%s"]}]}]}' % text
        for text in (b"a", b"b")
    )
    assert all(shows(old, new, row.anchor) for row in compare_notebooks(old, new).cells[0].rows)
