"""Line codes and ranges."""

from __future__ import annotations

import itertools
import json
import os
import subprocess
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jupyterlab_gitlab.notebooks.positions.ranges import (
    current_start,
    end_of,
    in_order,
    line_code,
    line_range,
    line_type,
)

from ..builders import pairing

SHA = "86f7e437faa5a7fce15d1ddcb9eaeaea377667b8"  # sha1 of "a"
GOLDEN = Path(os.environ.get("GITLAB_FACTS") or Path(__file__).parents[4] / "shared" / "data") / "gitlab" / "golden"

OLD = b"".join(b"%d\n" % i for i in range(1, 21))
NEW = OLD.replace(b"10\n11\n", b"ten\neleven\nmore\n").replace(b"15\n", b"")


def test_a_changed_line_carries_the_other_sides_counter() -> None:
    pairs = pairing(OLD, NEW)
    assert line_code("a", (9, 9), pairs) == f"{SHA}_9_9"
    assert line_code("a", (10, None), pairs) == f"{SHA}_10_10"
    assert line_code("a", (11, None), pairs) == f"{SHA}_11_10"
    assert line_code("a", (None, 10), pairs) == f"{SHA}_12_10"
    assert line_code("a", (None, 12), pairs) == f"{SHA}_12_12"
    assert line_code("a", (15, None), pairs) == f"{SHA}_15_16"
    assert line_code("a", (16, 16), pairs) == f"{SHA}_16_16"


def test_the_lines_of_new_and_deleted_files_count_the_other_side_as_nothing() -> None:
    assert line_code("a", (None, 2), pairing(None, b"1\n2\n")) == f"{SHA}_0_2"
    assert line_code("a", (2, None), pairing(b"1\n2\n", None)) == f"{SHA}_2_0"


def test_a_range_names_both_ends() -> None:
    found = line_range("a", (9, 9), (None, 11), pairing(OLD, NEW))
    assert (found.start.type, found.start.old_line, found.start.new_line) == (None, 9, 9)
    assert (found.end.type, found.end.old_line, found.end.new_line) == ("new", None, 11)
    assert found.end.line_code == f"{SHA}_12_11"
    assert line_type((3, None)) == "old"


@given(st.lists(st.integers(0, 3), max_size=20), st.lists(st.integers(0, 3), max_size=20))
def test_lines_are_in_the_order_of_the_diff(old: list[int], new: list[int]) -> None:
    pairs = pairing(*(b"".join(b"%d\n" % number for number in side) for side in (old, new)))
    rows = list(pairs.rows())
    for first, second in itertools.pairwise(rows):
        assert in_order(first, second, pairs) and not in_order(second, first, pairs)
        assert in_order(first, first, pairs)


def test_a_range_that_another_client_wrote_without_lines_is_read_from_its_codes() -> None:
    assert end_of(f"{SHA}_12_10", "new", None, None) == (None, 10)
    assert end_of(f"{SHA}_12_10", "old", None, None) == (12, None)
    assert end_of(f"{SHA}_12_10", None, None, None) == (12, 10)
    assert end_of("nonsense", "new", None, None) is None
    assert end_of("nonsense", "new", None, 4) == (None, 4)


def test_the_beginning_of_a_range_moves_with_its_thread() -> None:
    assert current_start((None, 3), (None, 5), (None, 5)) == (None, 3)
    assert current_start((None, 3), (None, 5), (None, 9)) == (None, 7)
    assert current_start((3, 4), (5, 6), (5, 9)) == (3, 7)
    assert current_start((3, None), (5, None), (7, None)) == (5, None)


def test_a_range_whose_sides_part_is_told_as_far_as_it_is_known() -> None:
    # a removed line before an added one: how far the old side has moved, nobody says
    assert current_start((4, None), (None, 5), (None, 6)) is None
    assert current_start((4, None), (None, 5), (None, 5)) == (4, None)
    # an unchanged line that has become an added one
    assert current_start((3, 4), (5, 6), (None, 8)) == (None, 6)
    assert current_start((None, 1), (None, 5), (None, 2)) is None


def test_a_single_line_is_no_range() -> None:
    assert current_start((None, 5), (None, 5), (None, 5)) is None


@pytest.mark.skipif(not GOLDEN.exists(), reason=f"GitLab's own answers are not at {GOLDEN} (set GITLAB_FACTS)")
def test_line_codes_are_gitlabs(tmp_path: Path) -> None:
    checked = 0
    for file in sorted(GOLDEN.glob("*.json")):
        answer = json.loads(file.read_bytes())
        clone = tmp_path / file.stem
        subprocess.run(["git", "clone", "-q", "--mirror", file.with_suffix(".bundle"), clone], check=True)
        sides = [
            blob(clone, answer["v1"][sha], answer["path"][name])
            for sha, name in (("base_sha", "old"), ("head_sha", "new"))
        ]
        pairs = pairing(*sides)
        for row in answer["raw"]["lines"]:
            if row["discussable"]:
                position = row["old_line"], row["new_line"]
                assert line_code(answer["raw"]["new_path"], position, pairs) == row["line_code"], file.stem
                checked += 1
    print(f"{checked} line codes")
    assert checked > 1_000


def blob(clone: Path, sha: str, path: str) -> Any:
    done = subprocess.run(["git", "-C", clone, "cat-file", "blob", f"{sha}:{path}"], capture_output=True)
    return done.stdout if done.returncode == 0 else None
