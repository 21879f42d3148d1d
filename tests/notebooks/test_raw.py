from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jupyterlab_gitlab.notebooks.raw import Position

from .builders import pairing as pairing_of

raw_lines = st.lists(st.sampled_from([b"a", b"b", b" c", b"  d", b"}", b"", b"e\r"]), max_size=30)


@st.composite
def raw_texts(draw: st.DrawFn) -> bytes:
    return b"\n".join(draw(raw_lines)) + draw(st.sampled_from([b"", b"\n"]))


def git_rows(folder: Path, old: bytes, new: bytes) -> list[Position]:
    """The rows of git's own diff."""
    (folder / "old").write_bytes(old)
    (folder / "new").write_bytes(new)
    command = ["git", "-c", "core.autocrlf=false", "diff", "--no-index", "--no-ext-diff", "--indent-heuristic", "-U3"]
    output = subprocess.run([*command, "--", "old", "new"], cwd=folder, capture_output=True).stdout
    rows: list[Position] = []
    at_old = at_new = 0
    for line in output.split(b"\n"):
        if found := re.match(rb"@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@", line):
            at_old, at_new = int(found[1]) + (found[2] == b"0"), int(found[3]) + (found[4] == b"0")
        elif at_old or at_new:
            if line[:1] in (b" ", b"-", b"+"):
                rows.append((None if line[:1] == b"+" else at_old, None if line[:1] == b"-" else at_new))
            at_old += line[:1] in (b" ", b"-")
            at_new += line[:1] in (b" ", b"+")
    return rows


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(raw_texts(), raw_texts())
def test_the_rows_are_those_of_git(tmp_path: Path, old: bytes, new: bytes) -> None:
    assert list(pairing_of(old, new).rows()) == git_rows(tmp_path, old, new)


@given(raw_texts(), raw_texts())
def test_every_line_has_one_place_and_pairs_agree_from_both_sides(old: bytes, new: bytes) -> None:
    pairing = pairing_of(old, new)
    old_lines, new_lines = old.split(b"\n"), new.split(b"\n")
    for line in range(1, pairing.old_count + 1):
        _, other = pairing.of_old(line)
        if other is not None:
            assert pairing.of_new(other) == (line, other)
            assert old_lines[line - 1] == new_lines[other - 1]
    kept = [line for line in range(1, pairing.new_count + 1) if pairing.of_new(line)[0] is not None]
    assert len(kept) == sum(pairing.of_old(line)[1] is not None for line in range(1, pairing.old_count + 1))


@given(raw_texts(), raw_texts(), st.integers(0, 40), st.integers(0, 40))
def test_a_comment_is_accepted_on_rows_and_on_unchanged_pairs_only(old: bytes, new: bytes, o: int, n: int) -> None:
    pairing = pairing_of(old, new)
    for position in pairing.rows():
        assert pairing.accepts(*position)
    assert not pairing.accepts(None, None)
    if pairing.accepts(o, n):
        assert pairing.of_old(o) == pairing.of_new(n) == (o, n)
    if pairing.accepts(None, n):
        assert (None, n) in set(pairing.rows())


def test_unchanged_lines_outside_the_hunks_need_the_offset_of_the_change_before_them() -> None:
    old = b"".join(b"%d\n" % number for number in range(1, 31))
    new = old.replace(b"10\n", b"10\nnew\n")
    pairing = pairing_of(old, new)
    assert pairing.accepts(2, 2) and pairing.accepts(25, 26)
    assert not pairing.accepts(25, 25) and not pairing.accepts(2, None) and not pairing.accepts(31, 32)


@pytest.mark.parametrize(("old", "new"), [(b"a\n", b"a\n"), (b"a\0\n", b"b\n"), (None, None)])
def test_equal_and_binary_files_take_no_comment(old: bytes | None, new: bytes | None) -> None:
    pairing = pairing_of(old, new)
    assert not pairing.commentable
    assert not pairing.accepts(1, 1)


def test_added_files_take_comments_on_new_lines_only() -> None:
    pairing = pairing_of(None, b"a\nb\n")
    assert list(pairing.rows()) == [(None, 1), (None, 2)]
    assert not pairing.accepts(1, 1)


def test_the_first_changed_line_of_a_range_is_found() -> None:
    pairing = pairing_of(b"1\n2\n3\n4\n5\n6\n", b"1\nx\ny\n3\n4\n6\n")
    assert pairing.changed_new(1, 6) == 2
    assert pairing.changed_new(3, 6) == 3
    assert pairing.changed_new(4, 6) is None
    assert pairing.changed_old(3, 6) == 5
    assert pairing.changed_old(6, 6) is None
