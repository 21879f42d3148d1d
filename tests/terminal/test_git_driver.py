"""Real git, which starts the driver that was installed."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from git_workspace import Workspace, notebook, stream
from hypothesis import given
from hypothesis import strategies as st

from jupyterlab_gitlab.terminal import driver, git_driver, textconv

from .any_files import FILES
from .conftest import NEW, OLD

HEADING = "── cell 2 · code · changed"
CHANGE = ["- r = 1", "+ r = 22", "  print(r)", "▸ output · text · +1 −1", "│ - 1", "│ + 22"]


def body(shown: str) -> list[str]:
    """The lines after the heading of the second cell."""
    lines = shown.splitlines()
    return lines[lines.index(HEADING) + 1 :]


def test_git_diff_shows_cells(repository: Workspace) -> None:
    repository.write("n.ipynb", NEW)
    shown = repository.git("diff")
    assert shown.splitlines()[:4] == [
        "diff --git a/n.ipynb b/n.ipynb",
        "--- a/n.ipynb",
        "+++ b/n.ipynb",
        "1 cell changed, 1 output changed",
    ]
    assert body(shown) == CHANGE
    repository.git("add", "n.ipynb")
    assert repository.git("diff") == ""
    assert repository.git("diff", "--cached") == shown
    assert repository.git("diff", "HEAD") == shown


def test_git_diff_works_from_every_folder(repository: Workspace) -> None:
    repository.commit("More", {"sub/m.ipynb": OLD})
    repository.write("sub/m.ipynb", NEW)
    inside = Workspace(repository.top / "sub", repository.environment)
    assert inside.git("diff") == repository.git("diff")
    outside = Workspace(repository.top.parent, repository.environment)
    (outside.top / "one.ipynb").write_text(OLD, "utf-8")
    (outside.top / "two.ipynb").write_text(NEW, "utf-8")
    assert body(outside.git("diff", "--no-index", "one.ipynb", "two.ipynb", check=False)) == CHANGE


def test_modules_of_the_repository_are_never_run(repository: Workspace) -> None:
    trap = "raise SystemExit('a module of the repository was run')\n"
    for name in ("json", "re", "msgspec", "hashlib"):
        repository.write(f"{name}.py", trap)
    repository.write("jupyterlab_gitlab/__init__.py", trap)
    repository.write("n.ipynb", NEW)
    assert body(repository.git("diff", "--", "n.ipynb")) == CHANGE
    assert "%% code" in repository.git("diff", "--no-ext-diff", "--", "n.ipynb")


def test_added_deleted_and_renamed_notebooks(repository: Workspace) -> None:
    repository.write("added.ipynb", NEW)
    repository.git("add", "-N", "added.ipynb")
    added = repository.git("diff", "--", "added.ipynb")
    assert added.splitlines()[:5] == [
        "diff --git a/added.ipynb b/added.ipynb",
        "new file mode 100644",
        "--- /dev/null",
        "+++ b/added.ipynb",
        "2 cells added",
    ]
    (repository.top / "added.ipynb").unlink()
    repository.git("rm", "-q", "--cached", "added.ipynb")
    repository.git("rm", "-q", "n.ipynb")
    assert repository.git("diff", "--cached").splitlines()[:5] == [
        "diff --git a/n.ipynb b/n.ipynb",
        "deleted file mode 100644",
        "--- a/n.ipynb",
        "+++ /dev/null",
        "2 cells removed",
    ]
    repository.write("other name.ipynb", NEW)
    repository.git("add", "-A")
    renamed = repository.git("diff", "--cached", "-M30%").splitlines()
    assert renamed[0] == "diff --git a/n.ipynb b/other name.ipynb"
    assert renamed[1].startswith("similarity index ")
    assert renamed[2:6] == [
        "rename from n.ipynb",
        "rename to other name.ipynb",
        "--- a/n.ipynb",
        "+++ b/other name.ipynb",
    ]
    assert renamed[-6:] == CHANGE


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps no such mode")
def test_a_changed_mode_is_told(repository: Workspace) -> None:
    (repository.top / "n.ipynb").chmod(0o755)
    assert repository.git("diff").splitlines() == [
        "diff --git a/n.ipynb b/n.ipynb",
        "old mode 100644",
        "new mode 100755",
    ]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows takes no such names")
@pytest.mark.parametrize(
    "name", ['it\'s a $HOME `x` "q".ipynb', "-n.ipynb", "tab\tand\nline.ipynb", "nötebook 保存.ipynb", "*.ipynb"]
)
def test_any_file_name_is_shown(repository: Workspace, name: str) -> None:
    repository.commit("Add", {name: OLD})
    repository.write(name, NEW)
    shown = repository.git("diff")
    assert body(shown) == CHANGE
    visible = name.replace("\n", "\\n").replace("\t", "\\t")
    assert shown.splitlines()[1] == f"--- a/{visible}"
    assert "-r = 1\n+r = 22" in repository.git("diff", "--no-ext-diff")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such names")
def test_a_file_name_that_is_no_utf8_is_shown(repository: Workspace) -> None:
    name = os.fsdecode(b"\xff.ipynb")
    repository.commit("Add", {name: OLD})
    repository.write(name, NEW)
    assert repository.git("diff").splitlines()[1] == "--- a/\\xff.ipynb"


def test_what_is_no_notebook_is_shown_line_by_line_with_the_reason(repository: Workspace) -> None:
    repository.write("n.ipynb", OLD[:-30])
    lines = repository.git("diff").splitlines()
    assert lines[3].startswith("The new version can't be read as a notebook: its JSON ends too early")
    assert lines[4].startswith("@@ -")
    repository.write("n.ipynb", b"\0\1")
    assert "can't be read as a notebook" in repository.git("diff")


def test_a_notebook_in_conflict_is_shown(repository: Workspace) -> None:
    repository.git("checkout", "-q", "-b", "side")
    repository.commit("Theirs", {"n.ipynb": OLD.replace("r = 1", "r = 3")})
    repository.git("checkout", "-q", "main")
    repository.commit("Ours", {"n.ipynb": NEW})
    repository.git("merge", "side", check=False)
    assert "<<<<<<<" in (repository.top / "n.ipynb").read_text("utf-8")
    combined = repository.git("diff").splitlines()
    assert combined[0] == "diff --cc n.ipynb"
    assert [line for line in combined[4:] if not line.startswith("  ")] == [
        combined[4],
        "++<<<<<<< HEAD",
        " +r = 22",
        "++=======",
        "+ r = 3",
        "++>>>>>>> side",
    ]
    ours = repository.git("diff", "--ours")
    assert "* Unmerged path n.ipynb" in ours
    assert "it holds conflict markers" in ours


def test_history_and_blame_read_the_notebook_as_text(repository: Workspace) -> None:
    first = repository.git("rev-parse", "HEAD")
    second = repository.commit("Larger", {"n.ipynb": NEW})
    for command in (("log", "-p", "-1"), ("show",), ("diff", "--no-ext-diff", "HEAD~")):
        shown = repository.git(*command).splitlines()
        assert [line for line in shown if line.startswith(("+", "-")) and line[:3] not in ("+++", "---")] == [
            "-r = 1",
            "+r = 22",
            "-1",
            "+22",
        ]
    blamed = [line.split(" ", 1)[0] for line in repository.git("blame", "-s", "-l", "n.ipynb").splitlines()]
    text = repository.git("show", "--textconv", "HEAD:n.ipynb").splitlines()
    assert {line: by.removeprefix("^")[:39] for line, by in zip(text, blamed, strict=True)} == {
        line: (second if line in ("r = 22", "22") else first)[:39] for line in text
    }


def test_the_head_of_a_hunk_names_the_function_or_the_heading(repository: Workspace) -> None:
    lines = "".join(f"    step({number})\n" for number in range(9))
    repository.commit("A", {"m.ipynb": notebook("## Training", f"def fit(x):\n{lines}")})
    repository.commit("B", {"m.ipynb": notebook("## Training", f"def fit(x):\n{lines}    done()\n")})
    assert any(line.startswith("@@") and line.endswith("def fit(x):") for line in repository.git("show").splitlines())


def test_running_a_notebook_again_is_no_change_in_its_history(repository: Workspace) -> None:
    repository.commit("Again", {"n.ipynb": OLD.replace('"execution_count": null', '"execution_count": 7')})
    assert "@@" not in repository.git("show", "--format=")
    shown = repository.git("diff", "HEAD~")
    assert "only execution counts changed" in shown and "2 cells ran again" in shown


def test_other_users_of_the_diff_see_the_file_itself(repository: Workspace) -> None:
    repository.write("n.ipynb", NEW)
    raw = repository.git("diff", "--no-ext-diff", "--no-textconv")
    assert '+    "r = 22\\n",' in raw
    assert '+    "r = 22\\n",' in repository.git("diff-files", "-p", "--no-ext-diff")
    patch = subprocess.run(
        ["git", "add", "-p"], cwd=repository.top, env=repository.environment, input=b"q\n", capture_output=True
    )
    assert b'+    "r = 22\\n",' in patch.stdout
    repository.commit("Larger")
    assert '+    "r = 22\\n",' in repository.git("format-patch", "--stdout", "-1")


def test_many_notebooks_are_shown_each_under_its_name(repository: Workspace) -> None:
    repository.commit("Add", {"a.ipynb": OLD, "b.py": "x\n"})
    for name in ("a.ipynb", "n.ipynb"):
        repository.write(name, NEW)
    repository.write("b.py", "y\n")
    shown = repository.git("diff")
    assert [line for line in shown.splitlines() if line.startswith("diff ")] == [
        f"diff --git a/{name} b/{name}" for name in ("a.ipynb", "b.py", "n.ipynb")
    ]


def test_a_failure_of_the_driver_does_not_end_git_diff(repository: Workspace, tmp_path: Path) -> None:
    script = Path(git_driver.__file__)
    done = subprocess.run(
        [sys.executable, "-I", str(script), "diff", "n.ipynb", str(tmp_path / "gone"), "1", "100644", "/x", "2", "3"],
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    assert done.returncode == 0 and done.stderr == ""
    assert "can't be shown" in done.stdout and "--no-ext-diff" in done.stdout
    done = subprocess.run([sys.executable, "-I", str(script)], capture_output=True, text=True)
    assert done.returncode == 2 and "--install" in done.stderr
    alone = tmp_path / "jupyterlab_gitlab" / "terminal" / script.name
    alone.parent.mkdir(parents=True)
    shutil.copy(script, alone)
    done = subprocess.run([sys.executable, "-I", "-S", alone, "diff", "n.ipynb", *"abcdef"], capture_output=True)
    assert done.returncode == 0 and b"--install` again" in done.stdout


@given(FILES, FILES, st.lists(st.sampled_from(["100644", "100755", "120000", "."]), min_size=2, max_size=2))
def test_no_file_makes_the_driver_fail(
    tmp_path_factory: pytest.TempPathFactory, old: bytes, new: bytes, modes: list[str]
) -> None:
    folder = tmp_path_factory.mktemp("versions")
    (folder / "old").write_bytes(old)
    (folder / "new").write_bytes(new)
    output = io.TextIOWrapper(io.BytesIO())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "stdout", output)
        arguments = ["n.ipynb", str(folder / "old"), "1", modes[0], str(folder / "new"), "2", modes[1]]
        assert driver.main(arguments) == 0
        assert textconv.main(str(folder / "new")) == 0
    printed = output.buffer.getvalue()  # type: ignore[attr-defined]
    assert printed.startswith(b"diff --git a/n.ipynb b/n.ipynb\n")
    assert b"This can't be shown" not in printed


@pytest.mark.skipif(sys.platform == "win32", reason="Windows can't tell")
def test_files_that_nobody_will_see_are_not_compared() -> None:
    read, write = os.pipe()
    os.close(read)
    command = [sys.executable, "-I", "-X", "importtime", str(Path(git_driver.__file__)), "diff", "n.ipynb", *"abcdef"]
    done = subprocess.run(command, stdout=write, stderr=subprocess.PIPE, text=True)
    os.close(write)
    assert done.returncode == 0
    assert "select" in done.stderr and "msgspec" not in done.stderr and "Error" not in done.stderr


def test_the_text_needs_no_installed_package(tmp_path: Path) -> None:
    (tmp_path / "n.ipynb").write_text(notebook("x", outputs={0: [stream("y\n")]}), "utf-8")
    script = Path(git_driver.__file__)
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-X", "importtime", str(script), "textconv", str(tmp_path / "n.ipynb")],
        capture_output=True,
        text=True,
    )
    assert done.stdout.endswith("%% code\nx\n\n%% output stdout\ny\n")
    imported = {line.rpartition("|")[2].strip() for line in done.stderr.splitlines()}
    assert "json" in imported
    assert imported.isdisjoint({"typing", "pathlib", "subprocess", "argparse", "hashlib", "msgspec", "orjson"})
