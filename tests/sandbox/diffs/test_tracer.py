from __future__ import annotations

from pathlib import Path

import pytest

from jupyterlab_gitlab.sandbox.diffs.positions import DiffRefs, Position
from jupyterlab_gitlab.sandbox.diffs.tracer import PositionTracer, Traced

from ..little_repo import LittleRepo, numbered

SIZE = 60


class Push:
    """Four contents of one file (A old base, B old head, C new base, D new head), committed and traced through."""

    def __init__(self, path: Path, a: str | None, b: str | None, c: str | None, d: str | None) -> None:
        repo = LittleRepo(path / "data" / "r.git")

        def files(content: str | None) -> dict[str, str | bytes]:
            return {"keep": "k\n"} if content is None else {"keep": "k\n", "f": content}

        base = repo.commit_files(files(a))
        head = repo.commit_files(files(b), base)
        new_base = base if c == a else repo.commit_files(files(c), base)
        new_head = repo.commit_files(files(d), head, new_base)
        self.old, self.new = DiffRefs(base, base, head), DiffRefs(new_base, new_base, new_head)
        self.comparisons = repo.comparisons()

    def trace(self, old: int | None, new: int | None) -> Traced:
        refs = self.old
        position = Position(refs.base_sha, refs.start_sha, refs.head_sha, "text", "f", "f", old, new)
        result = PositionTracer(self.comparisons, self.old, self.new, ["f"]).trace(position)
        assert result is not None
        return result

    def kept(self, old: int | None, new: int | None) -> tuple[int | None, int | None]:
        result = self.trace(old, new)
        assert not result.outdated and result.position is not None
        assert result.position.refs == self.new
        return result.position.old_line, result.position.new_line


PLAIN = numbered(SIZE)
CHANGED = numbered(SIZE, {30: "thirty"})


def test_an_added_line_moves_with_the_file(tmp_path: Path) -> None:
    push = Push(tmp_path, PLAIN, CHANGED, PLAIN, "top\n" + CHANGED)
    assert push.kept(None, 30) == (None, 31)


def test_an_added_line_that_is_gone_is_outdated_by_the_push(tmp_path: Path) -> None:
    push = Push(tmp_path, PLAIN, CHANGED, PLAIN, numbered(SIZE, {30: "THIRTY"}))
    result = push.trace(None, 30)
    assert result.outdated and result.position is not None
    assert result.position.refs == DiffRefs(push.old.head_sha, push.old.head_sha, push.new.head_sha)
    assert (result.position.old_line, result.position.new_line) == (30, None)


def test_an_added_line_that_the_target_took_over_stays_while_it_is_shown(tmp_path: Path) -> None:
    push = Push(tmp_path, PLAIN, CHANGED, CHANGED, numbered(SIZE, {30: "thirty", 32: "two"}))
    assert push.kept(None, 30) == (30, 30)
    far = Push(tmp_path / "far", PLAIN, CHANGED, CHANGED, numbered(SIZE, {30: "thirty", 50: "fifty"}))
    assert far.kept(None, 30) == (30, 30), "a far line is unfolded"


def test_an_added_line_of_a_file_the_merge_request_no_longer_changes_is_outdated(tmp_path: Path) -> None:
    push = Push(tmp_path, PLAIN, CHANGED, CHANGED, CHANGED)
    result = push.trace(None, 30)
    assert result.outdated and result.position is not None
    assert result.position.refs == DiffRefs(push.old.base_sha, push.old.base_sha, push.new.base_sha)
    assert (result.position.old_line, result.position.new_line) == (None, 30)


def test_a_removed_line_moves_with_the_target(tmp_path: Path) -> None:
    push = Push(tmp_path, PLAIN, numbered(SIZE, {30: None}), "top\n" + PLAIN, "top\n" + numbered(SIZE, {30: None}))
    assert push.kept(30, None) == (31, None)


def test_a_removed_line_that_came_back_is_outdated(tmp_path: Path) -> None:
    push = Push(tmp_path, PLAIN, numbered(SIZE, {30: None}), PLAIN, numbered(SIZE, {10: "ten"}))
    result = push.trace(30, None)
    assert result.outdated and result.position is not None
    assert (result.position.old_line, result.position.new_line) == (None, 30)


def test_a_removed_line_that_the_target_removed_too_is_outdated(tmp_path: Path) -> None:
    gone = numbered(SIZE, {30: None})
    result = Push(tmp_path, PLAIN, gone, gone, gone + "more\n").trace(30, None)
    assert result.outdated and result.position is not None
    assert (result.position.old_line, result.position.new_line) == (30, None)


def test_an_unchanged_line_stays_and_moves_on_both_sides(tmp_path: Path) -> None:
    push = Push(tmp_path, PLAIN, CHANGED, "top\n" + PLAIN, "top\nand more\n" + CHANGED)
    assert push.kept(31, 31) == (32, 33)
    assert push.kept(5, 5) == (6, 7)


def test_an_unchanged_line_that_only_the_branch_keeps_becomes_an_added_one(tmp_path: Path) -> None:
    push = Push(tmp_path, PLAIN, CHANGED, numbered(SIZE, {31: None}), CHANGED)
    assert push.kept(31, 31) == (None, 31)


def test_an_unchanged_line_that_the_branch_drops_is_outdated(tmp_path: Path) -> None:
    result = Push(tmp_path, PLAIN, CHANGED, PLAIN, numbered(SIZE, {30: "thirty", 31: None})).trace(31, 31)
    assert result.outdated and result.position is not None
    assert (result.position.old_line, result.position.new_line) == (31, None)


def test_an_unchanged_line_nobody_shows_any_more_is_outdated_without_a_place(tmp_path: Path) -> None:
    assert Push(tmp_path, PLAIN, CHANGED, CHANGED, CHANGED).trace(31, 31) == Traced(None, outdated=True)


def test_a_file_that_goes_away_takes_its_comments_along(tmp_path: Path) -> None:
    assert Push(tmp_path, PLAIN, CHANGED, PLAIN, None).trace(None, 30).outdated


def test_line_ranges_go_along_untouched(tmp_path: Path) -> None:
    push = Push(tmp_path, PLAIN, CHANGED, PLAIN, "top\n" + CHANGED)
    span = {"start": {"line_code": "x_30_29", "new_line": 29}, "end": {"line_code": "x_31_30", "new_line": 30}}
    old = push.old
    position = Position(old.base_sha, old.start_sha, old.head_sha, "text", "f", "f", None, 30, line_range=span)
    result = PositionTracer(push.comparisons, old, push.new).trace(position)
    assert result is not None and result.position is not None
    assert (result.position.new_line, result.position.line_range) == (31, span)


def test_positions_of_another_version_are_left_alone(tmp_path: Path) -> None:
    push = Push(tmp_path, PLAIN, CHANGED, PLAIN, "top\n" + CHANGED)
    position = Position("a" * 40, "b" * 40, "c" * 40, "text", "f", "f", None, 30)
    assert PositionTracer(push.comparisons, push.old, push.new).trace(position) is None


@pytest.mark.parametrize("kind", ["image", "file"])
def test_comments_on_whole_files_stay_until_the_file_changes_again(tmp_path: Path, kind: str) -> None:
    same = Push(tmp_path / "same", PLAIN, CHANGED, PLAIN, CHANGED)
    again = Push(tmp_path / "again", PLAIN, CHANGED, PLAIN, "top\n" + CHANGED)
    away = Push(tmp_path / "away", PLAIN, CHANGED, CHANGED, CHANGED)
    for push, outdated in ((same, False), (again, True), (away, True)):
        old = push.old
        position = Position(old.base_sha, old.start_sha, old.head_sha, kind, "f", "f", x=1, y=1, width=9, height=9)
        result = PositionTracer(push.comparisons, old, push.new).trace(position)
        assert result is not None and result.outdated is outdated
        if not outdated:
            assert result.position is not None and result.position.refs == push.new and result.position.x == 1
