"""``jupyter gitlab diff`` and ``git diff`` in a terminal window: colours, width and pager."""

from __future__ import annotations

import os
import re
import stat
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest
from git_workspace import Workspace, notebook

from .conftest import NEW, OLD

if sys.platform == "win32":
    pytest.skip("Windows has no such terminals", allow_module_level=True)

from .pseudo_terminal import run_in_terminal

DIFF = [sys.executable, "-m", "jupyterlab_gitlab.cli", "diff", "old.ipynb", "new.ipynb"]
HEADING = "── cell 2 · code · changed "
RED = "\x1b[31m"


@pytest.fixture
def folder(home: Path) -> Path:
    folder = home / "work"
    folder.mkdir()
    (folder / "old.ipynb").write_text(OLD, "utf-8")
    (folder / "new.ipynb").write_text(NEW, "utf-8")
    return folder


def shown(argv: list[str], folder: Path, columns: int = 80, **environment: str) -> str:
    variables: Mapping[str, str] = {**os.environ, "TERM": "xterm", "PAGER": "cat", **environment}
    code, text = run_in_terminal(argv, variables, folder, columns)
    assert code == 0
    return text


def script(path: Path, body: str) -> str:
    path.write_text(f"#!/bin/sh\n{body}\n", "utf-8")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return str(path)


def test_a_terminal_gets_colours_unless_they_are_not_wanted(folder: Path) -> None:
    assert RED in shown(DIFF, folder)
    assert RED in shown(DIFF, folder, NO_COLOR="")
    assert "\x1b" not in shown(DIFF, folder, NO_COLOR="1")
    assert "\x1b" not in shown(DIFF, folder, TERM="dumb")
    assert "\x1b" not in shown([*DIFF, "--color", "never"], folder)


@pytest.mark.parametrize("columns", [40, 80, 160])
def test_no_line_is_wider_than_the_terminal(folder: Path, columns: int) -> None:
    text = "The number of customers who left, 离开的客户数量, and the reasons they gave for it. " * 4
    (folder / "new.ipynb").write_text(notebook("import math", f"# {text}"), "utf-8")
    lines = shown([*DIFF, "--color", "never"], folder, columns).splitlines()
    wide = [sum(2 if "\u2e80" <= character <= "\u9fff" else 1 for character in line) for line in lines]
    assert max(wide) <= columns
    assert wide[[line.startswith("── cell") for line in lines].index(True)] == columns
    assert "".join(line[2:] for line in lines if line.startswith(("+ ", "+↳"))).strip() == f"# {text}".strip()
    narrower = shown([*DIFF, "--color", "never"], folder, columns, COLUMNS="30").splitlines()
    assert max(len(line) for line in narrower) <= 30


def test_the_pager_is_the_one_that_git_would_take(folder: Path, tmp_path: Path) -> None:
    pagers = {name: script(tmp_path / name, f"echo {name}; cat") for name in ("one", "two", "three")}
    (folder.parent / ".gitconfig").write_text(f"[core]\n\tpager = {pagers['two']}\n", "utf-8")
    assert shown(DIFF, folder, PAGER=pagers["three"], GIT_PAGER=pagers["one"]).startswith("one\n\x1b[1m--- old.ipynb")
    assert shown(DIFF, folder, PAGER=pagers["three"]).startswith("two\n")
    (folder.parent / ".gitconfig").unlink()
    assert shown(DIFF, folder, PAGER=pagers["three"]).startswith("three\n")
    for quiet in (["--no-pager"], ["--json"]):
        assert "three" not in shown([*DIFF, *quiet], folder, PAGER=pagers["three"])
    assert "three" not in shown(DIFF, folder, PAGER=pagers["three"], GIT_PAGER="")


def test_the_pager_is_told_what_git_tells_it_unless_the_user_did(folder: Path, tmp_path: Path) -> None:
    pager = script(tmp_path / "pager", "echo LESS=$LESS; cat > /dev/null")
    assert shown(DIFF, folder, PAGER=pager) == "LESS=FRX\n"
    assert shown(DIFF, folder, PAGER=pager, LESS="-S") == "LESS=-S\n"


def test_a_pager_that_ends_early_or_is_missing_is_no_error(folder: Path, tmp_path: Path) -> None:
    (folder / "new.ipynb").write_text(notebook("x\n" * 200_000), "utf-8")
    assert shown(DIFF, folder, PAGER=script(tmp_path / "pager", "read line; echo read")) == "read\n"
    assert "1 cell changed" in shown(DIFF, folder, PAGER="no-such-pager -x")


def test_git_diff_has_the_terminals_colours_and_width(repository: Workspace) -> None:
    repository.write("n.ipynb", NEW)
    for pager in ("cat", "cat -"):  # git starts the second one
        text = shown(["git", "diff"], repository.top, 60, PAGER=pager)
        assert RED in text
        assert HEADING + "─" * (60 - len(HEADING)) in re.sub("\x1b\\[[0-9;]*m", "", text).splitlines()
    assert "\x1b" not in shown(["git", "-c", "color.ui=never", "diff"], repository.top)
    assert "\x1b" not in shown(["git", "-c", "color.ui=never", "diff"], repository.top, PAGER="cat -")
    assert "\x1b" not in shown(["git", "diff"], repository.top, NO_COLOR="1")
