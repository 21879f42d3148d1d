from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

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


def test_json_is_one_document_whether_the_files_differ_or_not(files: tuple[Path, Path]) -> None:
    for pair, equal in ((files, False), ((files[0], files[0]), True)):
        done = run("diff", *pair, "--json")
        assert (done.returncode, done.stderr) == (0, "")
        assert json.loads(done.stdout)["equal"] is equal


def test_a_file_that_cannot_be_read_is_an_error(files: tuple[Path, Path], tmp_path: Path) -> None:
    for name in (tmp_path / "missing.ipynb", tmp_path):
        done = run("diff", files[0], name, "--json")
        assert (done.returncode, done.stdout) == (2, "")
        assert str(name) in done.stderr


def test_the_terminal_shows_cells_lines_and_outputs_without_their_control_characters(files: tuple[Path, Path]) -> None:
    done = run("diff", *files)
    assert done.returncode == 0
    assert "\x1b" not in done.stdout
    lines = done.stdout.splitlines()
    assert "## code cell changed (old 1, new 1)  In [1] → [2]" in lines
    assert lines[lines.index("- y = 2") - 1 :][:3] == ["  x = 1", "- y = 2", "+ y = \\x1b]0;3"]
    assert lines[-1].startswith("   output 1 changed (text, ")


def test_colours_can_be_forced_and_are_off_outside_a_terminal(files: tuple[Path, Path]) -> None:
    assert "\x1b[31m" in run("diff", *files, "--color", "always").stdout
    assert "\x1b[31m" not in run("diff", *files, "--color", "never").stdout


def test_context_is_what_was_asked_for(files: tuple[Path, Path]) -> None:
    assert "x = 1" not in run("diff", *files, "-U", "0").stdout


def test_other_files_are_compared_too(tmp_path: Path) -> None:
    old, new = tmp_path / "a.py", tmp_path / "b.py"
    old.write_bytes(b"a\nb\n")
    new.write_bytes(b"a\nc\n")
    assert run("diff", old, new).stdout.splitlines()[2:] == ["  a", "- b", "+ c"]
    new.write_bytes(b"\0")
    assert "binary" in run("diff", old, new).stdout


def test_equal_files_are_said_to_be_equal(files: tuple[Path, Path]) -> None:
    assert run("diff", files[0], files[0]).stdout.splitlines()[-1] == "The files are equal."


def test_a_broken_notebook_is_compared_by_line_with_the_reason(files: tuple[Path, Path], tmp_path: Path) -> None:
    broken = tmp_path / "broken.ipynb"
    broken.write_bytes(files[0].read_bytes()[:-30])
    assert "can't be read as a notebook" in run("diff", files[0], broken).stdout


def test_a_command_imports_only_what_it_needs(files: tuple[Path, Path]) -> None:
    code = (
        "import sys; from jupyterlab_gitlab.cli import main; main(['diff', *sys.argv[1:], '--json']); "
        "print([m for m in ('tornado', 'git', 'gitlab', 'jupyter_server') if m in sys.modules], file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code, *map(str, files)], capture_output=True, text=True, timeout=60)
    assert done.stderr.strip() == "[]"


def test_the_commands_are_listed_and_an_unknown_one_is_refused() -> None:
    done = run("--help")
    assert done.returncode == 0 and all(name in done.stdout for name in ("diff", "sandbox", "demo"))
    assert run("nonsense").returncode == 2
    assert run().returncode == 2
    assert run("--version").returncode == 0
