"""Setting the diff driver up, and taking it back."""

from __future__ import annotations

import shlex
import stat
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from git_workspace import Workspace
from hypothesis import given
from hypothesis import strategies as st

from jupyterlab_gitlab.terminal import git_command_lines, install
from jupyterlab_gitlab.terminal.attributes import add_line, remove_line

LINE = b"*.ipynb diff=jupyter-gitlab\n"


def files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def git(*arguments: str, cwd: Path) -> str:
    return subprocess.run(["git", *arguments], cwd=cwd, capture_output=True, text=True, check=True).stdout


def set_up(*, scope: str = "global", force: bool = False) -> int:
    return install.run(scope, install=True, force=force)


def take_back(*, scope: str = "global") -> int:
    return install.run(scope, install=False, force=False)


def test_a_home_without_files_is_as_it_was_after_taking_it_back(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert set_up() == 0
    assert files(home) == {
        ".gitconfig": (home / ".gitconfig").read_bytes(),
        ".config/git/attributes": LINE,
    }
    said = capsys.readouterr().out
    assert str(home / ".gitconfig") in said and str(home / ".config/git/attributes") in said
    assert take_back() == 0
    assert files(home) == {}
    assert not (home / ".config/git").exists()


def test_doing_it_twice_changes_nothing(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    set_up()
    before = files(home)
    capsys.readouterr()
    assert set_up() == 0
    assert files(home) == before
    assert "already" in capsys.readouterr().out


def test_taking_back_what_is_not_there_says_so(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert take_back() == 0
    assert "nothing" in capsys.readouterr().out
    assert files(home) == {}


@pytest.mark.parametrize(
    "attributes",
    [b"*.png binary\n", b"*.png binary", b"# mine\r\n*.png binary\r\n", b"*.ipynb text\n\n", b"\xff*.x text\n"],
    ids=["line", "no line end", "crlf", "same files", "no utf-8"],
)
def test_the_lines_of_the_user_stay_byte_by_byte(home: Path, attributes: bytes) -> None:
    (home / ".gitconfig").write_text("[user]\n\tname = x\n[diff]\n\talgorithm = patience\n", "utf-8")
    place = home / ".config/git/attributes"
    place.parent.mkdir(parents=True)
    place.write_bytes(attributes)
    place.chmod(0o640)
    before = files(home)
    set_up()
    assert place.read_bytes().startswith(attributes)
    assert stat.S_IMODE(place.stat().st_mode) == 0o640
    take_back()
    assert files(home) == before


@given(st.lists(st.sampled_from([b"*.x y", b"", b"# c", b"\n", b"\r\n", b"\r", b"*.ipynb diff=other"])).map(b"".join))
def test_taking_the_line_out_brings_back_any_file(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    place = tmp_path_factory.getbasetemp() / "attributes"
    place.write_bytes(content)
    assert add_line(place)
    assert LINE.strip() in place.read_bytes().splitlines()
    assert not add_line(place)
    assert remove_line(place)
    assert (place.read_bytes() if place.exists() else b"") == content
    assert not remove_line(place)


def test_what_the_user_adds_later_stays(home: Path) -> None:
    place = home / ".config/git/attributes"
    set_up()
    place.write_bytes(place.read_bytes() + b"*.png binary\n")
    (home / ".gitconfig").write_bytes((home / ".gitconfig").read_bytes() + b"[user]\n\tname = x\n")
    take_back()
    assert files(home) == {".gitconfig": b"[user]\n\tname = x\n", ".config/git/attributes": b"*.png binary\n"}


def test_the_attributes_file_is_the_one_that_git_reads(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "xdg"))
    set_up()
    assert (tmp_path / "xdg/git/attributes").read_bytes() == LINE
    take_back()
    (home / ".gitconfig").write_text("[core]\n\tattributesFile = ~/my attributes\n", "utf-8")
    set_up()
    assert (home / "my attributes").read_bytes() == LINE
    assert not (tmp_path / "xdg/git/attributes").exists()
    take_back()
    assert not (home / "my attributes").exists()


def test_a_linked_attributes_file_stays_a_link(home: Path, tmp_path: Path) -> None:
    (tmp_path / "dotfiles").write_bytes(b"*.png binary\n")
    place = home / ".config/git/attributes"
    place.parent.mkdir(parents=True)
    place.symlink_to(tmp_path / "dotfiles")
    set_up()
    assert place.is_symlink() and (tmp_path / "dotfiles").read_bytes() == b"*.png binary\n" + LINE
    take_back()
    assert place.is_symlink() and (tmp_path / "dotfiles").read_bytes() == b"*.png binary\n"


@pytest.mark.parametrize(
    ("choice", "words"),
    [("diff=jupyternotebook", "nbdime"), ("diff=mine", "“mine”"), ("-diff", "no diff at all"), ("diff", "git's own")],
)
def test_the_choice_of_another_driver_stands_unless_forced(
    home: Path, capsys: pytest.CaptureFixture[str], choice: str, words: str
) -> None:
    place = home / ".config/git/attributes"
    place.parent.mkdir(parents=True)
    place.write_text(f"*.ipynb {choice}\n", "utf-8")
    before = files(home)
    assert set_up() == 1
    assert files(home) == before
    said = capsys.readouterr().err
    assert words in said and "--force" in said
    assert set_up(force=True) == 0
    assert place.read_bytes() == f"*.ipynb {choice}\n".encode() + LINE
    assert take_back() == 0
    assert files(home) == before


def test_a_driver_of_our_name_that_is_not_ours_stands_unless_forced(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    config = '[diff "jupyter-gitlab"]\n\tcommand = somebody-elses\n'
    (home / ".gitconfig").write_text(config, "utf-8")
    assert set_up() == 1
    assert "somebody-elses" in capsys.readouterr().err
    assert take_back() == 0
    assert files(home) == {".gitconfig": config.encode()}
    assert set_up(force=True) == 0
    assert "somebody-elses" not in (home / ".gitconfig").read_text("utf-8")


def test_a_section_of_an_older_python_is_brought_up_to_date(home: Path) -> None:
    set_up()
    config = (home / ".gitconfig").read_text("utf-8")
    (home / ".gitconfig").write_text(config.replace("/python", "/gone/python"), "utf-8")
    assert set_up() == 0
    assert (home / ".gitconfig").read_text("utf-8") == config


def test_locally_only_this_repository_is_changed(
    home: Path, make_repository: Callable[..., Workspace], monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace = make_repository({"n.ipynb": b"{}", "sub/x": b""})
    before = files(workspace.top / ".git")
    monkeypatch.chdir(workspace.top / "sub")
    assert set_up(scope="local") == 0
    assert files(home) == {}
    assert workspace.git("status", "--porcelain") == ""
    assert workspace.git("check-attr", "diff", "n.ipynb") == "n.ipynb: diff: jupyter-gitlab"
    assert take_back(scope="local") == 0
    assert files(workspace.top / ".git") == before


def test_locally_works_in_a_linked_work_tree(
    make_repository: Callable[..., Workspace], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace = make_repository()
    workspace.git("worktree", "add", "-q", "../other")
    monkeypatch.chdir(tmp_path / "other")
    assert set_up(scope="local") == 0
    assert git("check-attr", "diff", "n.ipynb", cwd=tmp_path / "other").strip() == "n.ipynb: diff: jupyter-gitlab"


def test_locally_outside_of_a_repository_is_refused(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    assert set_up(scope="local") == 1
    assert "no git repository" in capsys.readouterr().err


def test_attributes_of_the_repository_that_go_before_ours_are_told(
    make_repository: Callable[..., Workspace], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    workspace = make_repository({".gitattributes": "*.ipynb diff=theirs\n"})
    monkeypatch.chdir(workspace.top)
    assert set_up() == 0
    assert "“theirs”; --local goes before" in capsys.readouterr().out
    assert set_up(scope="local") == 1
    assert set_up(scope="local", force=True) == 0
    assert workspace.git("check-attr", "diff", "n.ipynb") == "n.ipynb: diff: jupyter-gitlab"


def test_if_one_file_cannot_be_written_the_other_is_not_changed(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (home / ".config").write_bytes(b"no folder")
    assert set_up() == 1
    assert str(home / ".config/git/attributes") in capsys.readouterr().err
    assert files(home) == {".config": b"no folder"}
    (home / ".config").unlink()
    (home / ".gitconfig.lock").write_bytes(b"")
    assert set_up() == 1
    assert files(home) == {".gitconfig.lock": b""}


def test_the_command_lines_are_quoted_for_a_shell(monkeypatch: pytest.MonkeyPatch) -> None:
    python = "/opt/it's $HOME/py thon"
    monkeypatch.setattr(git_command_lines.sys, "executable", python)
    script = Path(git_command_lines.__file__).with_name("git_driver.py")
    assert shlex.split(git_command_lines.diff_command()) == [python, "-I", str(script), "diff"]
    assert shlex.split(git_command_lines.textconv_command()) == [python, "-I", "-S", str(script), "textconv"]


def test_a_virtual_environment_is_named_by_its_own_python(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    link = tmp_path / "python"
    link.symlink_to(git_command_lines.sys.executable)
    monkeypatch.setattr(git_command_lines.sys, "executable", str(link))
    assert shlex.split(git_command_lines.diff_command())[0] == str(link)
