from __future__ import annotations

import difflib
import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jupyterlab_gitlab.sandbox.diffs.lines import find_row, line_code, map_line, parse_rows, unfold_row

DIFF = """@@ -10,5 +10,6 @@ def f():
 ten
-eleven
+ELEVEN
+and a half
 twelve
 thirteen
 fourteen
@@ -30,4 +31,3 @@
 thirty
 thirty-one
-thirty-two
 thirty-three
"""


def test_rows_keep_both_running_counters() -> None:
    rows = parse_rows(DIFF)
    assert [(row.kind, row.old_pos, row.new_pos) for row in rows[:6]] == [
        ("match", 10, 10),
        (None, 10, 10),
        ("old", 11, 11),
        ("new", 12, 11),
        ("new", 12, 12),
        (None, 12, 13),
    ]


def test_a_row_shows_only_the_numbers_of_the_sides_it_is_on() -> None:
    header, context, removed, added = parse_rows(DIFF)[:4]
    assert (header.old_line, header.new_line, header.discussable) == (None, None, False)
    assert (context.old_line, context.new_line, context.discussable) == (10, 10, True)
    assert (removed.old_line, removed.new_line) == (11, None)
    assert (added.old_line, added.new_line) == (None, 11)


def test_the_header_at_the_top_of_the_file_is_no_row() -> None:
    assert parse_rows("@@ -1 +1 @@\n-a\n+b\n")[0].kind == "old"
    assert parse_rows("@@ -0,0 +1 @@\n+b\n")[0] == parse_rows("@@ -0,0 +1,1 @@\n+b\n")[0]


def test_a_missing_last_newline_is_a_row_nobody_can_discuss() -> None:
    rows = parse_rows("@@ -1 +1 @@\n-a\n\\ No newline at end of file\n+a\n")
    assert [row.kind for row in rows] == ["old", "old-nonewline", "new"]
    assert not rows[1].discussable
    assert (rows[2].old_pos, rows[2].new_pos) == (2, 1)


def test_only_line_feeds_end_a_row() -> None:
    rows = parse_rows("@@ -1 +1 @@\n-a\x0bb\u2028c\rd\n+e\n")
    assert [row.kind for row in rows] == ["old", "new"]


def test_a_line_code_is_the_hashed_path_and_both_counters() -> None:
    assert line_code("a/b.ipynb", 3, 4) == hashlib.sha1(b"a/b.ipynb").hexdigest() + "_3_4"


def test_rows_are_found_by_both_numbers_only() -> None:
    rows = parse_rows(DIFF)
    assert find_row(rows, 12, 13) is not None
    assert find_row(rows, 12, None) is None
    assert find_row(rows, None, 13) is None
    assert find_row(rows, 12, 12) is None
    assert find_row(rows, None, None) is None


@pytest.mark.parametrize(
    ("old", "new", "there"),
    [(1, 1, True), (9, 9, True), (15, 16, True), (29, 30, True), (34, 34, True), (40, 40, True)],
)
def test_unchanged_lines_outside_the_hunks_unfold(old: int, new: int, there: bool) -> None:
    assert (unfold_row(parse_rows(DIFF), old, new, 40) is not None) == there


@pytest.mark.parametrize(("old", "new"), [(9, 10), (15, 15), (34, 35), (41, 41), (0, 0), (-1, -1), (12, 13), (31, 30)])
def test_a_wrong_pair_or_a_line_beyond_the_file_does_not_unfold(old: int, new: int) -> None:
    assert unfold_row(parse_rows(DIFF), old, new, 40) is None


def test_nothing_unfolds_in_an_empty_diff() -> None:
    assert unfold_row((), 1, 1, 40) is None


def test_lines_map_across_a_diff() -> None:
    rows = parse_rows(DIFF)
    assert [map_line(rows, line, to_new=True) for line in (5, 10, 11, 12, 20, 32, 33, 50)] == [
        *(5, 10, None, 13, 21, None, 33, 50),
    ]
    assert [map_line(rows, line, to_new=False) for line in (5, 11, 12, 13, 21, 33, 50)] == [
        *(5, None, None, 12, 20, 33, 50),
    ]
    assert map_line((), 7, to_new=True) == 7


words = st.lists(st.sampled_from("abcd"), max_size=25)


@given(words, words)
def test_mapping_agrees_with_the_lines_that_a_diff_keeps(old: list[str], new: list[str]) -> None:
    text = "\n".join(list(difflib.unified_diff(old, new, lineterm=""))[2:]) + "\n"
    rows = parse_rows(text)
    if not rows:
        return
    kept = {}
    for tag, i1, i2, j1, _ in difflib.SequenceMatcher(None, old, new).get_opcodes():
        for offset in range(i2 - i1):
            kept[i1 + offset + 1] = j1 + offset + 1 if tag == "equal" else None
    for number, there in kept.items():
        assert map_line(rows, number, to_new=True) == there
        if there is not None:
            assert map_line(rows, there, to_new=False) == number
            row = find_row(rows, number, there) or unfold_row(rows, number, there, len(old))
            assert row is not None
