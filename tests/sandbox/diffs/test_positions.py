from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from jupyterlab_gitlab.sandbox.diffs.lines import line_code
from jupyterlab_gitlab.sandbox.diffs.positions import (
    PARAM,
    DiffRefs,
    Position,
    position_errors,
    position_line_code,
    read_position,
)
from jupyterlab_gitlab.sandbox.diffs.raw import MAX_PATCH_BYTES, Comparisons
from jupyterlab_gitlab.sandbox.rest.errors import GrapeError
from jupyterlab_gitlab.sandbox.rest.parameters import check

from ..little_repo import LittleRepo, numbered

NO_CODE = {"line_code": ["can't be blank", "must be a valid line code"]}


class Review:
    """A merge request's first version: line 20 of 40 changed, one line added after 30; main moved on meanwhile."""

    def __init__(self, path: Path) -> None:
        self.repo = LittleRepo(path / "data" / "r.git")
        files = {"a.txt": numbered(40), "gone.txt": "x\ny\n", "old.txt": numbered(20, {1: "title"}), "pic.png": b"\0a"}
        self.base = self.repo.commit_files(files)
        self.start = self.repo.commit_files({**files, "other": "1\n"}, self.base, branch="main")
        changed: dict[str, str | bytes] = {
            "a.txt": numbered(40, {20: "twenty", 30: "line 30\nthirty and a half"}),
            "fresh.txt": "new\nfile\n",
            "moved.txt": numbered(20, {1: "title", 10: "ten"}),
            "pic.png": b"\0b",
            "huge.txt": "x" * MAX_PATCH_BYTES + "\n",
        }
        self.head = self.repo.commit_files(changed, self.base, branch="feature")
        self.comparisons: Comparisons = self.repo.comparisons()

    def position(self, old: int | None, new: int | None, path: str = "a.txt", **other: Any) -> Position:
        names = {"old_path": path, "new_path": path, **other}
        return Position(self.base, self.start, self.head, "text", old_line=old, new_line=new, **names)

    def errors(self, *args: Any, **other: Any) -> dict[str, list[str]]:
        return position_errors(self.comparisons, self.position(*args, **other))


@pytest.fixture(scope="module")
def review(tmp_path_factory: pytest.TempPathFactory) -> Review:
    return Review(tmp_path_factory.mktemp("review"))


def test_each_kind_of_row_takes_a_comment(review: Review) -> None:
    assert review.errors(20, None) == {}
    assert review.errors(None, 20) == {}
    assert review.errors(19, 19) == {}
    assert review.errors(None, 31) == {}


def test_unchanged_lines_outside_the_hunks_take_a_comment_when_both_numbers_are_right(review: Review) -> None:
    assert review.errors(1, 1) == {}
    assert review.errors(25, 25) == {}
    assert review.errors(40, 41) == {}


@pytest.mark.parametrize(
    ("old", "new"),
    [(None, 19), (19, None), (20, 20), (None, 1), (1, None), (40, 40), (41, 42), (0, 0), (-3, -3), (None, 42)],
)
def test_one_number_of_an_unchanged_line_or_a_wrong_pair_is_refused(
    review: Review, old: int | None, new: int | None
) -> None:
    assert review.errors(old, new) == NO_CODE


def test_nothing_unfolds_in_an_added_or_removed_file(review: Review) -> None:
    assert review.errors(None, 2, "fresh.txt") == {}
    assert review.errors(2, 2, "fresh.txt") == NO_CODE
    assert review.errors(2, None, "gone.txt") == {}


def test_a_renamed_file_needs_both_paths(review: Review) -> None:
    both = {"old_path": "old.txt", "new_path": "moved.txt"}
    assert review.errors(None, 10, **both) == {}
    assert review.errors(1, 1, **both) == {}
    assert review.errors(1, 1, old_path=None, new_path="moved.txt") == NO_CODE
    assert review.errors(None, 1, old_path=None, new_path="moved.txt") == {}, "seen alone the file is new"
    code = position_line_code(review.comparisons, review.position(None, 10, **both))
    assert code == line_code("moved.txt", 11, 10)


def test_files_without_rows_take_no_comment_on_a_line(review: Review) -> None:
    assert review.errors(None, 1, "pic.png") == NO_CODE
    assert review.errors(None, 1, "huge.txt") == NO_CODE
    assert review.errors(None, 1, "other") == NO_CODE
    assert review.errors(None, 1, "nowhere") == NO_CODE


def test_unknown_commits_have_no_lines(review: Review) -> None:
    for sha in ("base_sha", "start_sha", "head_sha"):
        values = {"base_sha": review.base, "start_sha": review.start, "head_sha": review.head}
        position = Position(**{**values, sha: "f" * 40}, position_type="text", new_path="a.txt", new_line=20)
        expected = {} if sha == "base_sha" else NO_CODE
        assert position_errors(review.comparisons, position) == expected


def test_what_is_left_out_makes_a_position_incomplete(review: Review) -> None:
    assert review.errors(None, None) == {**NO_CODE, "position": ["is incomplete"]}
    no_path = review.errors(None, 20, old_path=None, new_path=None)
    assert no_path == {**NO_CODE, "position": ["is incomplete"]}
    image = Position(review.base, review.start, review.head, "image", new_path="pic.png", x=1, y=2)
    assert position_errors(review.comparisons, image) == {"position": ["is incomplete"]}


def test_images_and_whole_files_need_no_line(review: Review) -> None:
    shas = (review.base, review.start, review.head)
    image = Position(*shas, "image", new_path="pic.png", old_path="pic.png", x=1, y=2, width=10, height=20)
    assert position_errors(review.comparisons, image) == {}
    assert set(image.entity()) >= {"x", "y", "width", "height"}
    whole = Position(*shas, "file", new_path="pic.png", old_path="pic.png")
    assert position_errors(review.comparisons, whole) == {}


def test_a_diff_from_start_itself_is_straight(review: Review) -> None:
    refs = DiffRefs(review.start, review.start, review.head)
    position = Position(refs.base_sha, refs.start_sha, refs.head_sha, "text", old_path="other", old_line=1)
    assert position_line_code(review.comparisons, position) == line_code("other", 1, 0)


def test_the_schema_bounds_what_is_saved(review: Review) -> None:
    long = review.errors(None, 20, new_path="a" * 1001)
    assert long["position"][0] == "must be a valid json schema"
    wide = {"start": {"line_code": "c" * 101}}
    assert "must be a valid json schema" in review.errors(None, 20, line_range=wide)["position"]


def read(value: object) -> Position:
    return read_position(check({"position": value}, [PARAM])["position"])


SENT = {"base_sha": "b", "start_sha": "s", "head_sha": "h", "position_type": "text", "new_path": "p"}


def test_numbers_come_as_text_from_forms_and_empty_ones_are_none() -> None:
    position = read({**SENT, "new_line": "7", "old_line": "", "unknown": "x"})
    assert (position.old_line, position.new_line, position.old_path) == (None, 7, None)


def test_a_line_range_keeps_what_is_sent_with_whole_numbers() -> None:
    start = {"line_code": "x_1_1", "type": "new", "new_line": "1", "else": 3}
    position = read({**SENT, "new_line": 2, "line_range": {"start": start, "end": {"line_code": "x_2_2"}}})
    assert position.line_range == {
        "start": {"line_code": "x_1_1", "type": "new", "new_line": 1},
        "end": {"line_code": "x_2_2"},
    }
    assert read({**SENT, "line_range": None}).line_range is None


@pytest.mark.parametrize(
    ("value", "error"),
    [
        ("text", "position is invalid"),
        ({}, "position[base_sha] is missing, position[start_sha] is missing, position[head_sha] is missing, "
             "position[position_type] is missing"),
        ({**SENT, "position_type": "word"}, "position[position_type] does not have a valid value"),
        ({**SENT, "new_line": "one"}, "position[new_line] is invalid"),
        ({**SENT, "new_line": True}, "position[new_line] is invalid"),
        ({**SENT, "new_path": ["p"]}, "position[new_path] is invalid"),
        ({**SENT, "line_range": "all"}, "position[line_range] is invalid"),
        ({**SENT, "line_range": {"start": 1}}, "position[line_range][start] is invalid"),
    ],
)  # fmt: skip
def test_wrong_shapes_are_named(value: object, error: str) -> None:
    with pytest.raises(GrapeError) as refused:
        read(value)
    assert refused.value.body == {"error": error}


def test_a_position_survives_its_record(review: Review) -> None:
    position = review.position(1, 2, line_range={"start": {"line_code": "é_1_1"}, "end": {}})
    assert Position.from_json(position.to_json()) == position
    assert position.entity() == {
        "base_sha": review.base,
        "start_sha": review.start,
        "head_sha": review.head,
        "old_path": "a.txt",
        "new_path": "a.txt",
        "position_type": "text",
        "old_line": 1,
        "new_line": 2,
        "line_range": {"start": {"line_code": "é_1_1"}, "end": {}},
    }
