from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from jupyterlab_gitlab.sandbox.diffs.raw import MAX_PATCH_BYTES, Comparisons, parse_diff
from jupyterlab_gitlab.sandbox.git.repository import Git

from ..little_repo import LittleRepo, numbered


@pytest.fixture
def repo(tmp_path: Path) -> LittleRepo:
    return LittleRepo(tmp_path / "data" / "r.git")


def test_text_starts_at_the_first_hunk_with_three_lines_of_context(repo: LittleRepo) -> None:
    one = repo.commit_files({"a.txt": numbered(20)})
    two = repo.commit_files({"a.txt": numbered(20, {10: "ten"})}, one)
    (file,) = repo.comparisons().files(one, two)
    assert file.text == (
        "@@ -7,7 +7,7 @@ line 6\n line 7\n line 8\n line 9\n-line 10\n+ten\n line 11\n line 12\n line 13\n"
    )
    assert file.entity() == {
        "diff": file.text,
        "collapsed": False,
        "too_large": False,
        "new_path": "a.txt",
        "old_path": "a.txt",
        "a_mode": "100644",
        "b_mode": "100644",
        "new_file": False,
        "renamed_file": False,
        "deleted_file": False,
        "generated_file": False,
    }


def test_unidiff_adds_the_two_file_lines(repo: LittleRepo) -> None:
    one = repo.commit_files({"a": "1\n"})
    two = repo.commit_files({"b": "2\n"}, one)
    gone, new = repo.comparisons().files(one, two)
    assert gone.entity(unidiff=True)["diff"] == "--- a/a\n+++ /dev/null\n@@ -1 +0,0 @@\n-1\n"
    assert new.entity(unidiff=True)["diff"] == "--- /dev/null\n+++ b/b\n@@ -0,0 +1 @@\n+2\n"


def test_the_missing_side_of_an_added_or_removed_file_has_mode_zero(repo: LittleRepo) -> None:
    one = repo.commit_files({"a": "x\n", "keep": ""})
    two = repo.commit_files({"b": "y\n", "keep": ""}, one)
    gone, new = repo.comparisons().files(one, two)
    assert (gone.deleted_file, gone.a_mode, gone.b_mode) == (True, "100644", "0")
    assert (new.new_file, new.a_mode, new.b_mode) == (True, "0", "100644")
    assert (gone.old_path, gone.new_path) == ("a", "a")


def test_a_rename_needs_only_thirty_percent(repo: LittleRepo) -> None:
    one = repo.commit_files({"a": numbered(20)})
    two = repo.commit_files({"b": numbered(20, {line: f"new {line}" for line in range(1, 13)})}, one)
    (file,) = repo.comparisons().files(one, two)
    assert (file.old_path, file.new_path, file.renamed_file) == ("a", "b", True)


def test_a_rename_seen_by_one_of_its_paths_is_an_added_or_removed_file(repo: LittleRepo) -> None:
    one = repo.commit_files({"a": numbered(20)})
    two = repo.commit_files({"b": numbered(20)}, one)
    comparisons = repo.comparisons()
    assert [file.new_file for file in comparisons.files(one, two, ["b"])] == [True]
    assert [file.deleted_file for file in comparisons.files(one, two, ["a"])] == [True]
    assert [file.renamed_file for file in comparisons.files(one, two, ["a", "b"])] == [True]
    assert comparisons.files(one, two, ["other"]) == ()


def test_a_binary_file_shows_gits_notice_and_has_no_rows(repo: LittleRepo) -> None:
    one = repo.commit_files({"a.png": b"\x00\x01"})
    two = repo.commit_files({"a.png": b"\x00\x02"}, one)
    (file,) = repo.comparisons().files(one, two)
    assert file.text == "Binary files a/a.png and b/a.png differ\n"
    assert file.rows == ()
    assert file.entity(unidiff=True)["diff"] == file.text


def test_a_patch_of_two_hundred_kibibytes_is_too_large(repo: LittleRepo) -> None:
    one = repo.commit_files({"a": "", "b": ""})
    two = repo.commit_files({"a": "x" * (MAX_PATCH_BYTES - 40) + "\n", "b": "x" * MAX_PATCH_BYTES + "\n"}, one)
    small, large = repo.comparisons().files(one, two)
    assert small.entity()["too_large"] is False and small.rows
    assert large.entity()["too_large"] is True and large.entity()["diff"] == ""
    assert large.rows == ()


def test_a_change_of_type_is_a_removed_and_an_added_file(repo: LittleRepo) -> None:
    one = repo.commit_files({"a": "text\n"})
    two = repo.commit_files({"a": "elsewhere"}, one, modes={"a": "120000"})
    gone, new = repo.comparisons().files(one, two)
    assert (gone.deleted_file, gone.a_mode, new.new_file, new.b_mode) == (True, "100644", True, "120000")
    assert gone.text == "@@ -1 +0,0 @@\n-text\n"


@pytest.mark.parametrize("name", ['quote"d', "tab\there", "new\nline", "blank here", "Ünï.txt", "-dash", "a => b", "*"])
def test_odd_file_names_come_through(repo: LittleRepo, name: str) -> None:
    one = repo.commit_files({name: "1\n", "z": "1\n"})
    two = repo.commit_files({name: "2\n", "z": "2\n"}, one)
    comparisons = repo.comparisons()
    assert [file.new_path for file in comparisons.files(one, two, [name])] == [name]
    assert sorted(file.new_path for file in comparisons.files(one, two)) == sorted([name, "z"])


def test_rows_that_look_like_headers_stay_rows(repo: LittleRepo) -> None:
    one = repo.commit_files({"a": "diff --git a/x b/x\n@@ -1 +1 @@\n", "b": "1\n"})
    two = repo.commit_files({"a": "Binary files a and b differ\n-- a\n", "b": "2\n"}, one)
    first, second = repo.comparisons().files(one, two)
    assert [row.kind for row in first.rows] == ["old", "old", "new", "new"]
    assert second.text == "@@ -1 +1 @@\n-1\n+2\n"


def test_an_emptied_or_mode_changed_file_has_an_empty_diff(repo: LittleRepo) -> None:
    one = repo.commit_files({"a": "x\n"})
    two = repo.commit_files({"a": "x\n", "empty": ""}, one, modes={"a": "100755"})
    mode, empty = repo.comparisons().files(one, two)
    assert (mode.text, mode.a_mode, mode.b_mode) == ("", "100644", "100755")
    assert (empty.text, empty.new_file) == ("", True)


def test_bytes_that_are_no_text_are_replaced(repo: LittleRepo) -> None:
    one = repo.commit_files({"a": b"caf\xe9\n"})
    two = repo.commit_files({"a": b"caf\xe8\n"}, one)
    (file,) = repo.comparisons().files(one, two)
    assert file.text == "@@ -1 +1 @@\n-caf\ufffd\n+caf\ufffd\n"


def test_no_output_means_no_files() -> None:
    assert parse_diff(b"") == ()


def test_merge_bases_are_known_and_missing_ones_are_none(repo: LittleRepo) -> None:
    root = repo.commit_files({"a": "1\n"})
    left, right = repo.commit_files({"a": "2\n"}, root), repo.commit_files({"a": "3\n"}, root)
    stranger = repo.commit_files({"s": "s\n"})
    comparisons = repo.comparisons()
    assert comparisons.merge_base(left, right) == root
    assert comparisons.merge_base(left, stranger) is None
    assert comparisons.merge_base(left, "0" * 40) is None
    assert comparisons.exists(left) and not comparisons.exists("f" * 40) and not comparisons.exists("main")


def test_a_diff_is_asked_of_git_once_and_forgotten_within_bounds(repo: LittleRepo) -> None:
    one = repo.commit_files({"a": "1\n"})
    two = repo.commit_files({"a": "x" * 3000 + "\n"}, one)
    calls: list[tuple[str, ...]] = []

    class Counting(Git):
        def run(self, *argv: str, **options: Any) -> bytes:
            calls.append(argv)
            return super().run(*argv, **options)

    git = Counting(repo.path, repo.environment)
    tight, roomy = Comparisons(git, max_bytes=2000), Comparisons(git)
    for _ in range(2):
        tight.files(one, two)
    assert len(calls) == 2, "the diff is larger than the bound, so it is not kept"
    for _ in range(2):
        roomy.files(one, two)
    assert len(calls) == 3


def test_blob_lines_count_a_last_line_without_newline(repo: LittleRepo) -> None:
    comparisons = repo.comparisons()
    for content, count in (("", 0), ("a", 1), ("a\n", 1), ("a\nb", 2)):
        blob = repo.text("hash-object", "-w", "--stdin", input=content.encode())
        assert comparisons.blob_lines(blob) == count
