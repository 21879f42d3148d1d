"""The commits that changed one file."""

from __future__ import annotations

import pytest

from jupyterlab_gitlab.contract.errors import ErrorCode

from .conftest import Refused, World

TEXT = "".join(f"line {number}\n" for number in range(20))


def test_history_goes_through_renames_and_copies_of_names(world: World) -> None:
    workspace, clone = world.repository("project", {"first.txt": TEXT, "other.txt": "x\n"})
    workspace.commit("Change the first line", {"first.txt": TEXT.replace("line 0", "line zero")})
    workspace.commit("Leave it alone", {"other.txt": "y\n"})
    workspace.git("mv", "first.txt", "second name.txt")
    workspace.commit("Rename it", {"second name.txt": TEXT.replace("line 0", "nought")})
    workspace.commit("Change it again", {"second name.txt": TEXT + "end\n"})

    found = clone.file_history("second%20name.txt").items
    assert [(item.commit.title, item.status, item.path.display) for item in found] == [
        ("Change it again", "modified", "second name.txt"),
        ("Rename it", "renamed", "second name.txt"),
        ("Change the first line", "modified", "first.txt"),
        ("Start", "added", "first.txt"),
    ]
    assert [item.old_path and item.old_path.display for item in found] == [None, "first.txt", None, None]
    assert found[0].path.contents_path == "project/second name.txt"


def test_pages_go_on_behind_a_rename(world: World) -> None:
    workspace, clone = world.repository("project", {"a.txt": TEXT})
    for number in range(3):
        workspace.commit(f"Change {number}", {"a.txt": f"{TEXT}{number}\n"})
    workspace.git("mv", "a.txt", "b.txt")
    workspace.commit("Rename")
    titles, page = [], 1
    while page is not None:
        found = clone.file_history("b.txt", page=page, per_page=2)
        titles.append([item.commit.title for item in found.items])
        page = found.next_page
    assert titles == [["Rename", "Change 2"], ["Change 1", "Change 0"], ["Start"]]


def test_a_deleted_file_has_a_history(world: World) -> None:
    workspace, clone = world.repository("project", {"a.txt": TEXT, "b.txt": "b\n"})
    workspace.git("rm", "-q", "a.txt")
    workspace.commit("Remove it")
    assert [item.status for item in clone.file_history("a.txt").items] == ["deleted", "added"]


def test_names_and_messages_of_any_bytes_are_kept_apart(world: World) -> None:
    name = "new\nline \N{SNOWMAN} [x]*.txt"
    workspace, clone = world.repository("project", {name: TEXT})
    workspace.write(name, TEXT + "more\n")
    workspace.git("add", "-A")
    workspace.git("commit", "-q", "-m", "M\n\nR100\nA\n\n0123456789012345678901234567890123456789")
    found = clone.file_history("new%0Aline%20%E2%98%83%20%5Bx%5D%2A.txt").items
    assert [(item.commit.title, item.path.display) for item in found] == [("M", name), ("Start", name)]
    assert found[0].commit.body == "R100\nA\n\n0123456789012345678901234567890123456789"


def test_a_branch_has_a_history_of_its_own(world: World) -> None:
    workspace, clone = world.repository("project", {"a.txt": TEXT})
    workspace.git("switch", "-q", "-c", "topic")
    workspace.commit("On the branch", {"a.txt": "other\n"})
    workspace.git("switch", "-q", "main")
    assert [item.commit.title for item in clone.file_history("a.txt", "topic").items] == ["On the branch", "Start"]
    assert [item.commit.title for item in clone.file_history("a.txt").items] == ["Start"]
    assert clone.file_history("nothing.txt").items == []


@pytest.mark.parametrize(("number", "size"), [(0, 10), (1, 0), (1, 501), (100_000, 500)])
def test_an_impossible_page_is_refused(world: World, number: int, size: int, refused: Refused) -> None:
    _, clone = world.repository("project", {"a.txt": TEXT})
    refused(ErrorCode.BAD_REQUEST, clone.file_history, "a.txt", page=number, per_page=size)


def test_paths_outside_the_work_tree_are_refused(world: World, refused: Refused) -> None:
    _, clone = world.repository("project", {"a.txt": TEXT})
    refused(ErrorCode.FORBIDDEN_PATH, clone.file_history, "../a.txt")
