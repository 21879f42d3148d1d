"""Histories of files, and files that are in no clone, over HTTP."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from api_client import Api, FailedError
from git_workspace import Workspace, notebook, stream

from jupyterlab_gitlab.contract.diffs import BinaryDiff, NotebookDiff, TextDiff

Make = Callable[..., tuple[Workspace, Api]]


def test_two_commits_of_a_history_can_be_compared_across_a_rename(make_repository: Make) -> None:
    workspace, api = make_repository({"a.ipynb": notebook("x = 1", "y = 2")})
    workspace.git("mv", "a.ipynb", "b.ipynb")
    workspace.commit("Rename", {"b.ipynb": notebook("x = 1", "y = 3")})
    newest, oldest = api("list_file_history", path="b.ipynb").items
    assert newest.status == "renamed"
    found = api(
        "get_file_diff",
        old=oldest.commit.sha,
        old_path=oldest.path.id,
        new=newest.commit.sha,
        new_path=newest.path.id,
    )
    assert isinstance(found, NotebookDiff)
    assert found.old is not None and found.old.path.display == "a.ipynb"
    assert [cell.kind for cell in found.cells] == ["same", "changed"]


def test_a_file_is_located_in_its_clone(make_repository: Make) -> None:
    workspace, api = make_repository({"sub folder/a.txt": "x\n"})
    found = api("locate_file", contents_path=f"{api.folder}/sub folder/a.txt")
    assert (found.folder, found.path.id, found.has_commits) == (api.folder, "sub%20folder/a.txt", True)
    # A file that git does not know yet has its place, too.
    workspace.write("new.txt", "x\n")
    assert api("locate_file", contents_path=f"{api.folder}/new.txt").path.id == "new.txt"
    for path, code in ((f"{api.folder}/../x", "forbidden_path"), ("", "not_a_repository")):
        with pytest.raises(FailedError) as caught:
            api("locate_file", contents_path=path)
        assert caught.value.code in (code, "forbidden_path")


def test_files_of_two_clones_and_of_none_are_compared(make_repository: Make) -> None:
    first, api = make_repository({"a.ipynb": notebook("x = 1", outputs={0: [stream("one\n")]})})
    _, other = make_repository({"b.ipynb": notebook("x = 2", outputs={0: [stream("two\n")]})})
    loose = first.top.parent / f"{api.folder} loose.ipynb"
    loose.write_text(notebook("x = 3"))
    try:
        found = api(
            "get_file_diff",
            old="CONTENTS",
            old_path=f"{api.folder}/a.ipynb",
            new="CONTENTS",
            new_path=f"{other.folder}/b.ipynb",
        )
        assert isinstance(found, NotebookDiff)
        assert found.new is not None
        assert (found.new.revision, found.new.path.contents_path) == ("CONTENTS", f"{other.folder}/b.ipynb")
        (output,) = found.cells[-1].outputs
        assert output.new is not None
        body = api(
            "get_output",
            revision="CONTENTS",
            path=found.new.path.id,
            cell=0,
            output=0,
            digest=output.new.digest,
        )
        assert body.output["text"] == "two\n"
        # No clone is needed.
        outside = api.at("")
        mixed = outside(
            "get_file_diff", old="EMPTY", old_path="x", new="CONTENTS", new_path=f"{api.folder}%20loose.ipynb"
        )
        assert isinstance(mixed, NotebookDiff)
        assert api("get_blob", revision="CONTENTS", path=f"{api.folder}%20loose.ipynb") == loose.read_bytes()
    finally:
        loose.unlink()


def test_a_file_on_the_disk_is_compared_with_a_commit(make_repository: Make) -> None:
    workspace, api = make_repository({"a.txt": "one\n", "b.txt": "two\n"})
    found = api("get_file_diff", old="HEAD", old_path="a.txt", new="CONTENTS", new_path=f"{api.folder}/b.txt")
    assert isinstance(found, TextDiff)
    assert [row.text for row in found.rows] == ["one", "two"]
    workspace.write("c.txt", "one\n")
    assert api("get_file_diff", old="HEAD", old_path="a.txt", new="CONTENTS", new_path=f"{api.folder}/c.txt").equal
    folder = api("get_file_diff", old="HEAD", old_path="a.txt", new="CONTENTS", new_path=api.folder)
    assert isinstance(folder, BinaryDiff)
    assert folder.reason == "This is a folder."


@pytest.mark.parametrize("path", ["../outside", "%2E%2E/x", ".git/config", "a%FF.txt", ""])
def test_no_file_outside_what_jupyter_serves_is_read(make_repository: Make, path: str) -> None:
    _, api = make_repository()
    with pytest.raises(FailedError) as caught:
        api("get_file_diff", old="HEAD", old_path="README.md", new="CONTENTS", new_path=path)
    assert caught.value.code == "forbidden_path"
