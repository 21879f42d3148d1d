"""Small things that outlive the server."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest

from jupyterlab_gitlab.contract.errors import ErrorCode, GitLabWorkflowError
from jupyterlab_gitlab.services import records
from jupyterlab_gitlab.services.records import Records

KEY = ("gitlab.example.com:8443/git", 7, 12, 3)


def test_what_was_kept_is_read_by_the_next_server(tmp_path: Path) -> None:
    Records("marks", tmp_path).write(KEY, {"a": 1})
    assert Records("marks", tmp_path).read(KEY) == {"a": 1}
    assert Records("marks", tmp_path).read((*KEY[:-1], 4)) == {}
    assert Records("other", tmp_path).read(KEY) == {}


def test_nothing_is_kept_of_nothing(tmp_path: Path) -> None:
    kept = Records("marks", tmp_path)
    kept.write(KEY, {"a": 1})
    kept.write(KEY, {})
    kept.write(KEY, {})
    assert kept.read(KEY) == {} and not list(tmp_path.rglob("*.json"))


def test_no_key_leads_out_of_the_folder(tmp_path: Path) -> None:
    kept = Records("marks", tmp_path / "inner")
    kept.write(("..", "../..", "/etc"), {"a": 1})
    (file,) = tmp_path.rglob("*.json")
    assert file.is_relative_to(tmp_path / "inner" / "marks")


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"\xff"])
def test_a_damaged_file_is_none(tmp_path: Path, content: bytes) -> None:
    kept = Records("marks", tmp_path)
    kept.write(KEY, {"a": 1})
    (file,) = tmp_path.rglob("*.json")
    file.write_bytes(content)
    assert kept.read(KEY) == {}


def test_the_oldest_files_go(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(records, "_MOST_FILES", 3)
    kept = Records("marks", tmp_path)
    for number in range(5):
        kept.write((number,), {"a": number})
        os.utime(tmp_path / "marks" / f"{number}.json", (number, number))
    kept.write((9,), {"a": 9})
    assert [kept.read((number,)) != {} for number in (0, 1, 2, 3, 4, 9)] == [False, False, False, True, True, True]


def test_readers_never_see_a_half_written_file(tmp_path: Path) -> None:
    kept = Records("marks", tmp_path)
    kept.write(KEY, {"a": "x" * 100_000})
    seen: list[int] = []

    def read() -> None:
        for _ in range(50):
            seen.append(len(kept.read(KEY).get("a", "")))

    thread = threading.Thread(target=read)
    thread.start()
    for _ in range(50):
        kept.write(KEY, {"a": "y" * 100_000})
    thread.join()
    assert set(seen) == {100_000}


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
def test_a_folder_that_can_not_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "marks").write_text("a file")
    with pytest.raises(GitLabWorkflowError) as caught:
        Records("marks", tmp_path).write(KEY, {"a": 1})
    assert caught.value.code is ErrorCode.INTERNAL and "marks" in caught.value.message
