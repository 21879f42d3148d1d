"""``jupyter gitlab diff`` outside of a terminal."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest

from jupyterlab_gitlab.contract.diffs import FileDiff
from jupyterlab_gitlab.notebooks.diff import diff_files

OLD = {"cell_type": "code", "id": "a", "execution_count": 1, "metadata": {}, "source": ["x = 1\n", "y = 2"]}
NEW = {**OLD, "execution_count": 2, "source": ["x = 1\n", "y = \x1b]0;3"]}


def write(path: Path, cell: dict[str, object], text: str) -> Path:
    output = {"output_type": "stream", "name": "stdout", "text": [text]}
    document = {"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [{**cell, "outputs": [output]}]}
    path.write_text(json.dumps(document, indent=1), "utf-8")
    return path


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    return write(tmp_path / "old.ipynb", OLD, "1"), write(tmp_path / "new.ipynb", NEW, "2")


def run(*arguments: object, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "jupyterlab_gitlab.cli", *map(str, arguments)]
    environ = {**os.environ, "PYTHONIOENCODING": "utf-8", **environment}
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", env=environ, timeout=60)


def test_json_is_the_contracts_one_document_whether_the_files_differ_or_not(files: tuple[Path, Path]) -> None:
    for pair, equal in ((files, False), ((files[0], files[0]), True)):
        done = run("diff", *pair, "--json", "--color", "always")
        assert (done.returncode, done.stderr) == (0, "")
        expected = diff_files(*(path.read_bytes() for path in pair), *(os.fsencode(path) for path in pair))
        assert expected.equal is equal
        assert done.stdout == msgspec.json.encode(expected).decode() + "\n"
        assert msgspec.json.decode(done.stdout, type=FileDiff) == expected


def test_json_of_any_file_name_and_content_is_printed(tmp_path: Path) -> None:
    name = tmp_path / os.fsdecode(b"\xff.txt")
    try:
        name.write_bytes(b"\xed\xa0\x80\xff\n")
    except OSError as error:
        pytest.skip(f"no such names here: {error}")
    done = subprocess.run(
        [sys.executable, "-m", "jupyterlab_gitlab.cli", "diff", name, name, "--json"], capture_output=True
    )
    assert done.returncode == 0
    assert json.loads(done.stdout)["old"]["path"]["id"].endswith("%FF.txt")


def test_a_file_that_cannot_be_read_is_an_error(files: tuple[Path, Path], tmp_path: Path) -> None:
    for name in (tmp_path / "missing.ipynb", tmp_path):
        done = run("diff", files[0], name, "--json")
        assert (done.returncode, done.stdout) == (2, "")
        assert str(name) in done.stderr


def test_the_output_holds_cells_lines_and_outputs_without_their_control_characters(files: tuple[Path, Path]) -> None:
    done = run("diff", *files)
    assert done.returncode == 0
    assert done.stdout.splitlines() == [
        f"--- {files[0]}",
        f"+++ {files[1]}",
        "1 cell changed, 1 output changed",
        "",
        "── cell 1 · code · In [1] → [2] · changed",
        "  x = 1",
        "- y = 2",
        "+ y = \\x1b]0;3",
        "▸ output · text · +1 −1",
        "│ - 1",
        "│ + 2",
    ]


def test_colours_can_be_forced_and_are_off_outside_a_terminal(files: tuple[Path, Path]) -> None:
    assert "\x1b[31m" in run("diff", *files, "--color", "always", NO_COLOR="1").stdout
    assert "\x1b" not in run("diff", *files, "--color", "never").stdout
    assert "\x1b" not in run("diff", *files, GIT_PAGER="false").stdout


def test_what_is_shown_can_be_chosen(files: tuple[Path, Path]) -> None:
    assert "x = 1" not in run("diff", *files, "-U", "0").stdout
    assert "output ·" not in run("diff", *files, "--outputs", "none").stdout
    write(files[1], {**OLD, "source": ["x  =  1\n", "y = 2 "]}, "1")
    assert "no cell changed" not in run("diff", *files).stdout
    assert "+ x" not in run("diff", *files, "--ignore-all-space").stdout


def test_other_files_are_compared_too(tmp_path: Path) -> None:
    old, new = tmp_path / "a.py", tmp_path / "b.py"
    old.write_bytes(b"a\nb\n")
    new.write_bytes(b"a\nc\n")
    assert run("diff", old, new).stdout.splitlines()[2:] == ["@@ -1,2 +1,2 @@", "  a", "- b", "+ c"]
    new.write_bytes(b"\0")
    assert run("diff", old, new).stdout.splitlines()[2:] == ["Binary files, 4 B → 1 B."]


def test_equal_files_are_said_to_be_equal(files: tuple[Path, Path]) -> None:
    assert run("diff", files[0], files[0]).stdout.splitlines()[-1] == "The files are equal."


def test_a_broken_notebook_is_compared_by_line_with_the_reason(files: tuple[Path, Path], tmp_path: Path) -> None:
    broken = tmp_path / "broken.ipynb"
    broken.write_bytes(files[0].read_bytes()[:-30])
    lines = run("diff", files[0], broken).stdout.splitlines()
    assert "can't be read as a notebook" in lines[2] and lines[2].endswith("Here is the file line by line:")
    assert lines[3].startswith("@@ ")


@pytest.mark.skipif(sys.platform == "win32", reason="pipes end otherwise on Windows")
def test_a_reader_that_goes_away_is_no_error(files: tuple[Path, Path], tmp_path: Path) -> None:
    long = "".join(f"line {number}\n" for number in range(100_000))
    write(files[1], {**OLD, "source": long.splitlines(True)}, "2")
    for extra in ((), ("--json",)):
        command = [sys.executable, "-m", "jupyterlab_gitlab.cli", "diff", *map(str, files), *extra]
        with (tmp_path / "stderr").open("w+b") as errors:
            process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=errors)
            assert process.stdout is not None
            assert process.stdout.read(10)
            process.stdout.close()
            assert process.wait(60) == 0
            errors.seek(0)
            assert errors.read() == b""


def test_a_command_imports_only_what_it_needs(files: tuple[Path, Path]) -> None:
    code = (
        "import sys; from jupyterlab_gitlab.cli import main; main(['diff', *sys.argv[1:]]); "
        "print([m for m in ('tornado', 'git', 'gitlab', 'jupyter_server', 'jupyterlab_gitlab.repository') "
        "if m in sys.modules], file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code, *map(str, files)], capture_output=True, text=True, timeout=60)
    assert done.stderr.strip() == "[]"


def test_the_commands_are_listed_and_an_unknown_one_is_refused() -> None:
    done = run("--help")
    assert done.returncode == 0 and all(name in done.stdout for name in ("diff", "sandbox", "demo"))
    assert run("nonsense").returncode == 2
    assert run().returncode == 2
    assert run("--version").returncode == 0


def test_what_makes_no_sense_is_refused() -> None:
    for arguments in (("x.ipynb",), (), ("--install", "x.ipynb"), ("--install", "--uninstall")):
        done = run("diff", *arguments)
        assert done.returncode == 2
        assert done.stderr.startswith("usage: jupyter gitlab diff [options] OLD NEW\n")
    assert "--outputs" in run("diff", "--help").stdout
