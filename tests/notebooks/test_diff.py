from __future__ import annotations

import json

import msgspec
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from jupyterlab_gitlab.contract.diffs import BinaryDiff, FileDiff, NotebookDiff, SourceRow, TextDiff
from jupyterlab_gitlab.notebooks.diff import diff_files

from .builders import (
    anchors,
    code,
    compare,
    compare_notebooks,
    display,
    files,
    markdown,
    notebook,
    odd_files,
    only_cell,
    read,
    stream,
)
from .builders import pairing as pairing_of

anything = st.one_of(st.none(), st.binary(max_size=60), files(), odd_files)


@settings(max_examples=150, deadline=None)
@given(anything, anything, st.sampled_from([b"a.ipynb", b"a.py", b"\xff\n -.ipynb"]))
@example(None, None, b"a.ipynb")
@example(b"", b"", b"a.ipynb")
def test_any_two_files_have_a_diff_that_can_be_sent(old: bytes | None, new: bytes | None, path: bytes) -> None:
    found = diff_files(old, new, path, path)
    assert found.equal == (old == new)
    assert msgspec.json.decode(msgspec.json.encode(found), type=FileDiff) == found


@settings(deadline=None)
@given(files(), files(), st.data())
def test_damaged_files_have_a_diff(old: bytes, new: bytes, data: st.DataObject) -> None:
    cut = data.draw(st.integers(0, len(new)))
    compare(old, new[:cut])
    at = data.draw(st.integers(0, len(old) - 1))
    compare(bytes([*old[:at], old[at] ^ (1 << data.draw(st.integers(0, 7))), *old[at + 1 :]]), new)


@settings(deadline=None)
@given(files())
def test_a_file_compared_with_itself_has_no_change(data: bytes) -> None:
    found = compare_notebooks(data, data)
    assert found.equal and not found.metadata and found.summary.classification is None
    for cell in found.cells:
        assert cell.kind == "same" and not cell.moved
        assert all(row.kind == "same" and row.anchor is None for row in cell.rows)
        assert all(output.kind == "same" for output in cell.outputs)


def sides(rows: list[SourceRow]) -> tuple[list[str], list[str]]:
    return [row.text for row in rows if row.kind != "added"], [row.text for row in rows if row.kind != "removed"]


@settings(deadline=None)
@given(files(), files())
def test_the_rows_give_back_both_sources(old: bytes, new: bytes) -> None:
    before, after = read(old), read(new)
    for cell in compare_notebooks(old, new).cells:
        old_texts, new_texts = sides(cell.rows)
        assert old_texts == (before.cells[cell.old.index].source.texts if cell.old else [])
        assert new_texts == (after.cells[cell.new.index].source.texts if cell.new else [])
        assert [row.old_number for row in cell.rows if row.old_number] == list(range(1, len(old_texts) + 1))
        assert [row.new_number for row in cell.rows if row.new_number] == list(range(1, len(new_texts) + 1))


@settings(deadline=None)
@given(files(), files())
def test_every_anchor_is_accepted_and_every_changed_source_line_covered(old: bytes, new: bytes) -> None:
    pairing = pairing_of(old, new)
    old_lines: set[int] = set()
    new_lines: set[int] = set()
    found: set[tuple[int | None, int | None]] = set()
    for cell in compare_notebooks(old, new).cells:
        for row in cell.rows:
            old_lines.update([row.old] if row.old else [])
            new_lines.update([row.new] if row.new else [])
            for holder in (row, *([row.old_half] if row.old_half else []), *row.view_rows):
                if holder.anchor:
                    found.add((holder.anchor.old_line, holder.anchor.new_line))
    assert all(pairing.accepts(*anchor) for anchor in found)
    if pairing.commentable:
        assert {line for line in old_lines if pairing.of_old(line)[1] is None} <= {o for o, n in found if n is None}
        assert {line for line in new_lines if pairing.of_new(line)[0] is None} <= {n for o, n in found if o is None}


@settings(deadline=None)
@given(files(), files())
def test_swapping_the_sides_swaps_what_can_be_swapped(old: bytes, new: bytes) -> None:
    there, back = compare_notebooks(old, new), compare_notebooks(new, old)
    assert there.equal == back.equal
    assert {(change.path, change.old, change.new) for change in there.metadata} == {
        (change.path, change.new, change.old) for change in back.metadata
    }
    kept = [sum(cell.old is not None and cell.new is not None for cell in diff.cells) for diff in (there, back)]
    summaries = there.summary, back.summary
    if kept[0] == kept[1]:
        assert summaries[0].cells_added == summaries[1].cells_removed
        assert summaries[0].cells_removed == summaries[1].cells_added


def test_swapping_an_everyday_change_mirrors_it() -> None:
    old = notebook(code("a = 1\nb = 2", [stream("1\n")], id="a"), markdown("old text", id="b"), code("gone()", id="c"))
    new = notebook(
        markdown("fresh text", id="d"), code("a = 1\nb = 3", [stream("2\n")], id="a"), markdown("old text", id="b")
    )
    there, back = compare_notebooks(old, new), compare_notebooks(new, old)
    mirror = {"added": "removed", "removed": "added"}

    def shape(diff: NotebookDiff, swapped: bool) -> set[object]:
        cells = set()
        for cell in diff.cells:
            ends = [side.id if side else None for side in (cell.old, cell.new)]
            rows = [(mirror.get(row.kind, row.kind) if swapped else row.kind, row.text) for row in cell.rows]
            kind = mirror.get(cell.kind, cell.kind) if swapped else cell.kind
            cells.add((kind, *(reversed(ends) if swapped else ends), tuple(sorted(rows)), cell.outputs_changed))
        return cells

    assert shape(there, False) == shape(back, True)


def test_a_comment_on_an_unchanged_line_names_both_lines() -> None:
    old, new = notebook(code("a\nb\nc")), notebook(code("a\nx\nc"))
    rows = only_cell(compare_notebooks(old, new)).rows
    assert [(row.kind, row.text) for row in rows] == [("same", "a"), ("removed", "b"), ("added", "x"), ("same", "c")]
    first = rows[0].old
    assert first is not None and rows[0].new == first
    assert anchors(rows) == [(first, first), (first + 1, None), (None, first + 1), (first + 2, first + 2)]


def test_a_line_of_which_only_the_comma_changed_has_an_anchor_on_each_side() -> None:
    rows = only_cell(compare_notebooks(notebook(code("a\nb")), notebook(code("a\nb\nc")))).rows
    row = rows[1]
    assert (row.kind, row.text) == ("same", "b") and row.old and row.new
    assert anchors([row]) == [(None, row.new)]
    assert row.old_half is not None and row.old_half.anchor is not None
    assert (row.old_half.anchor.old_line, row.old_half.anchor.new_line) == (row.old, None)
    assert rows[0].old_half is None and rows[2].old_half is None


def test_a_moved_cell_has_the_anchors_of_gits_own_pairing() -> None:
    cells = [code(f"value_{name} = load('{name}')\nshow(value_{name})", id=name) for name in "abc"]
    diff = compare_notebooks(notebook(*cells), notebook(cells[2], cells[0], cells[1]))
    moved = diff.cells[0]
    assert moved.moved and moved.kind == "same" and diff.summary.cells_moved == 1
    for row in moved.rows:
        assert row.kind == "same" and row.old_half is not None and row.old_half.anchor is not None
        assert row.anchor is not None and (row.anchor.old_line, row.anchor.new_line) == (None, row.new)
        assert (row.old_half.anchor.old_line, row.old_half.anchor.new_line) == (row.old, None)


def test_a_source_that_is_one_string_has_one_anchor_for_all_its_lines() -> None:
    old, new = ({**markdown(), "source": text} for text in ("a\nb", "a\nc"))
    rows = only_cell(compare_notebooks(notebook(old), notebook(new))).rows
    line = rows[-1].new
    assert [(row.kind, row.text) for row in rows] == [("same", "a"), ("removed", "b"), ("added", "c")]
    assert anchors(rows) == [(None, line), (line, None), (None, line)]


def test_an_added_notebook_has_only_added_cells_with_anchors() -> None:
    diff = compare_notebooks(None, notebook(code("a\nb"), markdown("c")))
    assert diff.old is None and [cell.kind for cell in diff.cells] == ["added", "added"]
    assert all(row.anchor and row.anchor.old_line is None for cell in diff.cells for row in cell.rows)
    assert diff.summary.classification is None and not diff.metadata


def test_a_deleted_notebook_has_only_removed_cells() -> None:
    diff = compare_notebooks(notebook(code("a")), None)
    assert diff.new is None and diff.summary.cells_removed == 1
    assert anchors(diff.cells[0].rows)[0] == (diff.cells[0].rows[0].old, None)


def test_an_empty_file_that_became_a_notebook_is_compared_by_cells() -> None:
    diff = compare_notebooks(b"\n", notebook(code("a")))
    assert diff.summary.cells_added == 1 and diff.notes == ["The old version is empty."]


@pytest.mark.parametrize(
    ("change", "classification"),
    [
        ({"outputs": [stream("2\n")], "execution_count": 2}, "outputs"),
        ({"execution_count": 2}, "execution_counts"),
        ({"metadata": {"collapsed": True}}, "metadata"),
        ({"source": ["b"]}, None),
    ],
)
def test_a_change_that_leaves_the_sources_alone_is_classified(change: dict[str, object], classification: str) -> None:
    before = code("a", [stream("1\n")], execution_count=1)
    diff = compare_notebooks(notebook(before), notebook({**before, **change}))
    assert diff.summary.classification == classification
    assert only_cell(diff).kind == "changed"


def test_the_same_values_written_otherwise_are_a_change_of_format() -> None:
    diff = compare_notebooks(notebook(code("a", id="x")), notebook(code("a", id="y"), indent=4))
    assert not diff.equal and diff.summary.classification == "format"
    assert only_cell(diff).kind == "same"
    assert any("ids differ" in note for note in diff.notes)


def test_metadata_changes_are_json_pointers() -> None:
    old = notebook(code("a", metadata={"a/b": {"c~d": 1}, "gone": [1]}), metadata={"kernelspec": {"name": "x"}})
    new = notebook(code("a", metadata={"a/b": {"c~d": 2}}), metadata={"kernelspec": {"name": "y"}}, nbformat_minor=4)
    diff = compare_notebooks(old, new)
    assert [(change.path, change.old, change.new) for change in only_cell(diff).metadata] == [
        ("/metadata/a~1b/c~0d", "1", "2"),
        ("/metadata/gone", "[1]", None),
    ]
    assert [change.path for change in diff.metadata] == ["/nbformat_minor", "/metadata/kernelspec/name"]


def test_changed_attachments_are_listed_with_cut_data() -> None:
    old, new = (notebook(markdown("a", attachments={"a.png": {"image/png": data * 5_000}})) for data in "xy")
    (change,) = only_cell(compare_notebooks(old, new)).metadata
    assert change.path == "/attachments/a.png/image~1png"
    assert change.old is not None and len(change.old) < 1_100 and change.old.endswith("…")


def test_the_language_is_that_of_the_kernel() -> None:
    julia = notebook(metadata={"language_info": {"name": "julia"}})
    assert compare_notebooks(notebook(metadata={"kernelspec": {"language": "R"}}), julia).language == "julia"
    assert compare_notebooks(julia, notebook()).language == "julia"


def test_what_is_no_notebook_is_compared_by_line_with_the_reason() -> None:
    found = compare(notebook(code("a")), b'{"cells": [\n<<<<<<< HEAD\n')
    assert isinstance(found, TextDiff)
    assert (
        found.reason == "The new version can't be read as a notebook: it holds conflict markers (the first in line 2)."
    )
    assert any(row.text == "<<<<<<< HEAD" for row in found.rows)


def test_a_file_with_nul_bytes_is_binary() -> None:
    found = diff_files(b"\0\1", b"\0\2", b"a.png", b"b.png")
    assert isinstance(found, BinaryDiff)
    assert (found.mime_type, found.equal, found.reason) == ("image/png", False, None)


def test_the_sides_name_path_size_and_blob() -> None:
    found = diff_files(b"a\n", b"b\n", b"old.py", b"d/n \xff.py", old_revision="HEAD", new_blob="0123")
    assert found.old is not None and found.new is not None
    assert (found.old.path.id, found.old.revision, found.old.size) == ("old.py", "HEAD", 2)
    assert found.old.blob == "78981922613b2afb6025042ff6bd878ac1994e85"  # git hash-object
    assert (found.new.path.id, found.new.path.display, found.new.blob) == ("d/n%20%FF.py", "d/n \\xff.py", "0123")


def test_notebooks_of_old_formats_compare_with_new_ones() -> None:
    sheet = [{"cell_type": "code", "input": ["x = 1"], "outputs": [], "prompt_number": 1, "language": "python"}]
    old = json.dumps({"nbformat": 3, "metadata": {}, "worksheets": [{"cells": sheet}]}, indent=1).encode()
    diff = compare_notebooks(old, notebook(code("x = 1", execution_count=1)))
    assert only_cell(diff).kind == "same"


def test_two_display_values_that_swap_places_are_told_apart() -> None:
    a, b = display(text_plain="a"), display(image_png="b")
    outputs = only_cell(compare_notebooks(notebook(code("x", [a, b])), notebook(code("x", [b, a])))).outputs
    assert sorted(output.kind for output in outputs) == ["added", "removed", "same"]


def test_values_of_any_depth_in_any_place_do_no_harm() -> None:
    deep: object = "x"
    for _ in range(900):
        deep = [deep]
    places = [
        code([deep], metadata={"tags": [deep]}),
        code("a", [{"output_type": deep}, {"output_type": "error", "traceback": [deep]}]),
        code("b", [{"output_type": "stream", "text": [deep]}, display(text_plain=[deep], image_png=[deep])]),
    ]
    for cell in places:
        text = json.dumps({"nbformat": 4, "metadata": {}, "cells": [cell]})
        msgspec.json.encode(compare(text.encode(), text.replace('"x"', '"y"').encode()))


class StoppedError(Exception):
    pass


@pytest.mark.parametrize("path", [b"a.ipynb", b"a.json"])
def test_work_ends_where_its_caller_says(path: bytes) -> None:
    old, new = (notebook(*(code(f"a{side} = {index}\nb", id=f"c{index}") for index in range(30))) for side in "xy")
    called = 0

    def proceed() -> None:
        nonlocal called
        called += 1
        if called == stop:
            raise StoppedError

    stop = 0
    diff_files(old, new, path, path, proceed=proceed)
    assert called > 30
    for stop in (1, 2, 3, 5, called // 2, called):
        called = 0
        with pytest.raises(StoppedError):
            diff_files(old, new, path, path, proceed=proceed)
        assert called == stop
