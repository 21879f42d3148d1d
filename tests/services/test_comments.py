"""Comments on several lines, on cells and on outputs over HTTP: on which raw line they come to stand."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from api_client import Api, FailedError
from git_workspace import Workspace, notebook, stream
from gitlab.v4.objects import Project
from jupyter_process import JupyterProcess
from sandbox_server import Person

from jupyterlab_gitlab.contract.diffs import NotebookDiff
from jupyterlab_gitlab.contract.discussions import Discussion

from .conftest import Opened

Clone = Callable[[JupyterProcess, Person], tuple[Workspace, Api]]

TABLE = {"output_type": "display_data", "metadata": {}, "data": {"text/html": "<table><tr><td>1</td></tr></table>"}}


def refs_of(opened: Opened) -> dict[str, str]:
    refs = opened.api("get_merge_request", iid=opened.iid).diff_refs
    return {"base_sha": refs.base_sha, "start_sha": refs.start_sha, "head_sha": refs.head_sha}


def position(opened: Opened, path: str = "train.ipynb", **lines: Any) -> dict[str, Any]:
    return {**refs_of(opened), "old_path": path, "new_path": path, **lines}


def on_cell(opened: Opened, index: int, output: int | None = None, side: str = "new") -> dict[str, Any]:
    return position(opened, side=side, index=index, output=output)


def comment(opened: Opened, **place: Any) -> Discussion:
    return opened.api("create_discussion", {"body": "Why?", **place}, iid=opened.iid)  # type: ignore[no-any-return]


def rows_of(opened: Opened, cell: int) -> list[Any]:
    refs = refs_of(opened)
    opened.api("list_merge_request_files", iid=opened.iid)
    diff = opened.api(
        "get_file_diff", old=refs["base_sha"], new=refs["head_sha"], old_path="train.ipynb", new_path="train.ipynb"
    )
    assert isinstance(diff, NotebookDiff)
    return list(diff.cells[cell].rows)


def test_a_comment_on_several_lines_hangs_on_the_last_and_remembers_the_first(opened: Opened, project: Project) -> None:
    rows = rows_of(opened, 1)  # def area(r): unchanged, then a removed and an added line
    first, last = rows[0].anchor, rows[-1].anchor
    assert (first.old_line, last.old_line) == (first.old_line, None)
    start = {"old_line": first.old_line, "new_line": first.new_line}
    made = comment(opened, position=position(opened, new_line=last.new_line, start=start))
    assert made.position is not None and made.position.start == first
    (seen,) = [each for each in opened.api("list_discussions", iid=opened.iid).discussions if each.id == made.id]
    assert seen.position.start == first and seen.position.new_line == last.new_line
    stored = project.mergerequests.get(opened.iid).discussions.get(made.id).attributes["notes"][0]["position"]
    ends = stored["line_range"]
    assert (ends["start"]["type"], ends["end"]["type"]) == (None, "new")
    assert ends["start"]["new_line"] == first.new_line and ends["end"]["new_line"] == last.new_line
    assert ends["end"]["line_code"].endswith(f"_{last.new_line}")


def test_a_range_in_a_new_text_file(opened: Opened) -> None:
    made = comment(opened, position=position(opened, "new%20file.txt", new_line=2, start={"new_line": 1}))
    assert made.position is not None and made.position.start is not None
    assert (made.position.start.old_line, made.position.start.new_line) == (None, 1)


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        ({"new_line": 1, "start": {"new_line": 2}}, "bad_request"),
        ({"new_line": 2, "start": {"new_line": 99}}, "position_refused"),
        ({"new_line": 2, "start": {"old_line": 1}}, "position_refused"),
        ({"new_line": 2, "start": {}}, "position_refused"),
    ],
)
def test_a_range_that_gitlab_would_not_show_is_refused(opened: Opened, lines: dict[str, Any], code: str) -> None:
    with pytest.raises(FailedError) as caught:
        comment(opened, position=position(opened, "new%20file.txt", **lines))
    assert caught.value.code == code
    assert opened.api("list_discussions", iid=opened.iid).discussions == []


def test_a_comment_on_a_cell_stands_on_its_first_changed_line_and_names_its_cell(opened: Opened) -> None:
    made = comment(opened, cell=on_cell(opened, 1))
    (changed,) = [row.anchor for row in rows_of(opened, 1) if row.kind == "added"]
    assert made.position is not None
    assert (made.position.old_line, made.position.new_line) == (None, changed.new_line)
    assert made.cell is not None
    assert (made.cell.path.id, made.cell.side, made.cell.index, made.cell.id, made.cell.output) == (
        "train.ipynb",
        "new",
        1,
        "cell-1",
        None,
    )
    assert made.notes[0].body == "Why?"


def test_a_place_can_be_asked_for_before_it_is_used(opened: Opened) -> None:
    refs = refs_of(opened)
    where = {"base_sha": refs["base_sha"], "head_sha": refs["head_sha"]}
    paths = {"old_path": "train.ipynb", "new_path": "train.ipynb"}
    found = opened.api("locate_comment", side="new", index=1, **where, **paths)
    assert (found.rung, found.shown, found.words) == ("changed_source", True, "`train.ipynb`, cell 2")
    assert opened.api("locate_comment", side="new", index=0, **where, **paths).rung in ("context", "unfolded")
    with pytest.raises(FailedError) as caught:
        opened.api("locate_comment", side="new", index=77, **where, **paths)
    assert caught.value.code == "not_found"


def test_it_can_be_asked_whether_gitlabs_page_has_a_row_for_a_line(opened: Opened) -> None:
    refs = refs_of(opened)
    where = {"base_sha": refs["base_sha"], "head_sha": refs["head_sha"]}
    paths = {"old_path": "train.ipynb", "new_path": "train.ipynb"}
    for row in rows_of(opened, 1):
        lines = {"old_line": row.anchor.old_line, "new_line": row.anchor.new_line}
        assert opened.api("locate_line", **lines, **where, **paths).shown
    assert not opened.api("locate_line", new_line=1, **where, **paths).shown
    with pytest.raises(FailedError) as caught:
        opened.api("locate_line", new_line=1, **{**where, "head_sha": "main"}, **paths)
    assert caught.value.code == "bad_request"


def test_a_comment_on_an_output_that_gitlab_does_not_show_names_it(
    clone_into: Clone, author_lab: JupyterProcess, author: Person
) -> None:
    workspace, api = clone_into(author_lab, author)
    api("create_branch", {"name": "tables"})
    content = notebook("import math", "table()", outputs={1: [stream("one\n"), TABLE]})
    workspace.write("train.ipynb", content)
    api("stage", {"paths": ["train.ipynb"]})
    sha = api("commit", {"message": "Show a table"}).commit.sha
    api("push", {})
    iid = api("create_merge_request", {"title": "T", "source_branch": "tables", "target_branch": "main"}).iid
    opened = Opened(workspace, api, iid, sha)
    text = comment(opened, cell=on_cell(opened, 1, 0))
    line = content[: content.index('"one')].count("\n") + 1
    assert text.position is not None and text.position.new_line == line
    assert text.notes[0].body == "Why?"
    table = comment(opened, cell=on_cell(opened, 1, 1))
    assert table.notes[0].body == "`train.ipynb`, cell 2, output 2 (table):\n\nWhy?"
    assert table.cell is not None and table.cell.output == 1
    assert table.position is not None and table.position.new_line != line


def test_a_cell_of_a_file_that_has_no_diff_is_discussed_in_general(opened: Opened) -> None:
    refs = refs_of(opened)
    same = {**refs, "base_sha": refs["head_sha"], "old_path": "train.ipynb", "new_path": "train.ipynb"}
    made = comment(opened, cell={**same, "side": "new", "index": 0})
    assert made.position is None and made.cell is not None and made.cell.index == 0
    assert made.notes[0].body == "`train.ipynb`, cell 1:\n\nWhy?"


def test_a_place_is_either_lines_or_a_cell(opened: Opened) -> None:
    with pytest.raises(FailedError) as caught:
        comment(opened, position=position(opened, new_line=1), cell=on_cell(opened, 0))
    assert caught.value.code == "bad_request"


def test_a_removed_cell_is_commented_on_the_old_side(opened: Opened) -> None:
    made = comment(opened, cell=on_cell(opened, 3, side="old"))
    assert made.position is not None and made.position.new_line is None
    assert made.cell is not None and (made.cell.side, made.cell.id) == ("old", "cell-3")


def test_a_range_moves_with_its_thread_to_a_new_version(opened: Opened) -> None:
    made = comment(opened, position=position(opened, "new%20file.txt", new_line=2, start={"new_line": 1}))
    opened.workspace.write("new file.txt", "zero\none\ntwo\n")
    opened.api("stage", {"paths": ["new%20file.txt"]})
    sha = opened.api("commit", {"message": "Count from zero"}).commit.sha
    opened.api("push", {})
    (seen,) = [each for each in opened.api("list_discussions", iid=opened.iid).discussions if each.id == made.id]
    assert (seen.position.outdated, seen.position.diff_refs.head_sha) == (False, sha)
    assert (seen.position.start.new_line, seen.position.new_line) == (2, 3)
