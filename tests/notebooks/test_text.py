from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from jupyterlab_gitlab.contract.diffs import TextDiff
from jupyterlab_gitlab.notebooks import text

from .builders import anchors, compare

plain = st.lists(st.sampled_from([b"a", b"b", b"  c", b"", b"d\r", b"\xff"]), max_size=20).map(b"\n".join)


def compare_text(old: bytes | None, new: bytes | None) -> TextDiff:
    found = compare(old, new, b"src/a.py")
    assert isinstance(found, TextDiff)
    return found


@settings(deadline=None)
@given(plain, plain)
def test_the_rows_give_back_both_files(old: bytes, new: bytes) -> None:
    rows = compare_text(old, new).rows
    for data, other in ((old, "added"), (new, "removed")):
        lines = data.decode("utf-8", "replace").split("\n")
        assert [row.text for row in rows if row.kind != other] == (lines if lines[-1] else lines[:-1])


def test_rows_carry_numbers_spans_and_anchors() -> None:
    rows = compare_text(b"a\nx = 1\n", b"a\nx = 2\n").rows
    assert [(row.kind, row.old, row.new, row.spans) for row in rows] == [
        ("same", 1, 1, ()),
        ("removed", 2, None, ((4, 5),)),
        ("added", None, 2, ((4, 5),)),
    ]
    assert anchors(rows) == [(1, 1), (2, None), (None, 2)]


def test_equal_files_have_rows_without_anchors() -> None:
    found = compare_text(b"a\n", b"a\n")
    assert found.equal and anchors(found.rows) == [None]


def test_a_lost_last_line_end_is_a_change() -> None:
    rows = compare_text(b"a\nb\n", b"a\nb").rows
    assert [(row.kind, row.text) for row in rows] == [("same", "a"), ("removed", "b"), ("added", "b")]


def test_a_long_file_is_shown_by_its_changes() -> None:
    lines = [b"%d\n" % number for number in range(30_000)]
    found = compare_text(b"".join(lines), b"".join([*lines[:20_000], b"new\n", *lines[20_000:]]))
    assert found.truncated
    assert [(row.kind, row.old, row.new) for row in found.rows] == [
        ("same", 19_998, 19_998),
        ("same", 19_999, 19_999),
        ("same", 20_000, 20_000),
        ("added", None, 20_001),
        ("same", 20_001, 20_002),
        ("same", 20_002, 20_003),
        ("same", 20_003, 20_004),
    ]


def test_a_rewritten_long_file_is_cut() -> None:
    old, new = (b"".join(b"%s %d\n" % (word, number) for number in range(20_000)) for word in (b"a", b"b"))
    found = compare_text(old, new)
    assert found.truncated and len(found.rows) == text.MAX_ROWS


def test_a_very_long_line_is_cut_with_its_spans() -> None:
    found = compare_text(b"a" * 50_000, b"b" * 50_000)
    assert found.truncated
    assert all(len(row.text) == text.MAX_LINE for row in found.rows)
    assert all(stop <= text.MAX_LINE for row in found.rows for _, stop in row.spans)
