"""Files and diffs by the API."""

from __future__ import annotations

import pytest

from jupyterlab_gitlab.contract.errors import ErrorCode, GitLabWorkflowError

from .world import NOTES, World


def test_the_files_of_a_version(world: World) -> None:
    branch = world.branch()
    actions = [
        {"action": "create", "file_path": "train.ipynb", "content": "{}\n"},
        {"action": "create", "file_path": "plot.png", "content": "iVBORw0KGgoAAAAA", "encoding": "base64"},
        {"action": "move", "previous_path": "notes.txt", "file_path": "docs/new notes.txt"},
    ]
    world.project.commits.create({"branch": branch, "commit_message": "More", "actions": actions})
    opened = world.opened(branch)
    found = world.author.version_files(opened.iid)
    files = {each.path.display: each for each in found.files}
    assert (found.from_git, found.diff_refs) == (False, opened.diff_refs)
    assert set(files) == {"train.ipynb", "plot.png", "docs/new notes.txt"}
    notebook, picture, moved = files["train.ipynb"], files["plot.png"], files["docs/new notes.txt"]
    assert (notebook.status, notebook.notebook, notebook.additions, notebook.deletions) == ("added", True, 1, 0)
    assert (picture.status, picture.additions, picture.deletions) == ("added", None, None)
    assert moved.old_path is not None
    assert (moved.status, moved.old_path.id, moved.path.id) == ("renamed", "notes.txt", "docs/new%20notes.txt")
    assert (moved.additions, moved.deletions) == (1, 1)


def test_the_files_of_an_older_version(world: World) -> None:
    opened = world.opened()
    added = {"action": "create", "file_path": "more.txt", "content": "x\n"}
    world.project.commits.create({"branch": opened.source_branch, "commit_message": "More", "actions": [added]})
    newest, older = world.author.versions(opened.iid).versions
    names = [
        [each.path.display for each in world.author.version_files(opened.iid, version.id).files]
        for version in (newest, older)
    ]
    assert [sorted(each) for each in names] == [["more.txt", "notes.txt"], ["notes.txt"]]


def test_the_bytes_of_a_file_at_a_commit(world: World) -> None:
    content = "äöü\r\n\x00" * 3
    name = "data & más/ü #1.txt"
    action = {"action": "create", "file_path": name, "content": content}
    commit = world.project.commits.create({"branch": "main", "commit_message": "Add", "actions": [action]})
    assert world.author.file_bytes(commit.id, name.encode()) == content.encode()
    assert world.author.file_bytes(commit.id, b"notes.txt") == NOTES.encode()


def test_a_file_that_a_commit_does_not_have_is_null_and_an_unknown_commit_an_error(world: World) -> None:
    assert world.author.file_bytes("main", b"nothing/here.txt") is None
    assert world.author.file_bytes("main", b"\xff\xfe.txt") is None
    with pytest.raises(GitLabWorkflowError) as caught:
        world.author.file_bytes("1" * 40, b"notes.txt")
    assert caught.value.code is ErrorCode.NOT_FOUND
