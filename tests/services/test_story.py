"""The main job, over HTTP only, with two people in two Jupyter servers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from api_client import Api, FailedError
from conftest import host_of
from git_workspace import Workspace, notebook
from gitlab.v4.objects import Project
from jupyter_process import JupyterProcess
from sandbox_server import Person, SandboxGitlab

from jupyterlab_gitlab.contract.diffs import NotebookDiff, SourceRow

Clone = Callable[[JupyterProcess, Person], tuple[Workspace, Api]]

FIRST = notebook("import math", "def area(r):\n    return math.pi * r * r\n", "area(2)", "print('all done')")
SECOND = notebook(
    "import math", '"""Circles."""\ndef area(r):\n    return math.pi * r**2\n', "area(2)", "print('all done')"
)


def row_of(diff: NotebookDiff, text: str) -> SourceRow:
    """The added row with this text."""
    (row,) = [row for cell in diff.cells for row in cell.rows if row.text == text and row.kind == "added"]
    return row


def test_a_notebook_is_edited_reviewed_and_merged_by_two_people(
    gitlab_server: SandboxGitlab,
    project: Project,
    author: Person,
    reviewer: Person,
    author_lab: JupyterProcess,
    reviewer_lab: JupyterProcess,
    clone_into: Clone,
) -> None:
    mine, write = clone_into(author_lab, author)
    theirs, review = clone_into(reviewer_lab, reviewer)
    host = host_of(gitlab_server.url)

    # the author edits a notebook, and the panel says what changed
    assert write("get_repository").branch == "main"
    assert write("get_account").username == "author"
    mine.write("train.ipynb", FIRST)
    (change,) = write("list_changes").files
    assert (change.path.id, change.status, change.staged) == ("train.ipynb", "modified", None)
    summary = write("get_change_summary", path="train.ipynb")
    assert summary.cells_changed == 2

    # commits it on a branch, pushes without a password, and opens a merge request
    write("create_branch", {"name": "feature/pi"})
    (staged,) = write("stage", {"paths": ["train.ipynb"]}).files
    assert staged.staged == "modified" and staged.unstaged is None
    commit = write("commit", {"message": "Use pi\n\nThree is not enough."}).commit
    assert commit.title == "Use pi" and commit.author_name == "Test Author"
    pushed = write("push", {})
    assert (pushed.branch, pushed.ahead, pushed.behind) == ("feature/pi", 0, 0)
    opened = write(
        "create_merge_request",
        {
            "title": "Use pi",
            "source_branch": "feature/pi",
            "target_branch": "main",
            "description": "Better circles.",
            "reviewer_ids": [reviewer.id],
        },
    )
    assert opened.sha == commit.sha
    iid = opened.iid
    assert [one.iid for one in write("list_merge_requests", scope="mine").items] == [iid]

    # the reviewer signs in and finds it
    with pytest.raises(FailedError) as caught:
        review("list_merge_requests", scope="for_review")
    assert caught.value.code == "not_signed_in"
    assert review("sign_in", {"host": host, "token": reviewer.token}).username == "reviewer"
    assert [one.iid for one in review("list_merge_requests", scope="for_review").items] == [iid]
    assert review("count_merge_requests").for_review == 1

    # reads the notebook cell by cell, comments on two lines, approves
    merge_request = review("get_merge_request", iid=iid)
    files = review("list_merge_request_files", iid=iid)
    assert files.from_git
    (file,) = files.files
    refs = files.diff_refs
    diff = review("get_file_diff", old=refs.base_sha, new=refs.head_sha, old_path=file.path.id, new_path=file.path.id)
    assert isinstance(diff, NotebookDiff) and diff.summary.cells_changed == 2
    threads = [
        comment(review, iid, diff, "    return math.pi * r * r", "Square it?"),
        comment(review, iid, diff, "print('all done')", "Who reads this?"),
    ]
    approved = review("approve", {"sha": merge_request.sha}, iid=iid)
    assert [user.username for user in approved.approvals.approved_by] == ["reviewer"]

    # the author sees both at their lines, edits, replies, resolves, pushes
    seen = {one.id: one for one in write("list_discussions", iid=iid).discussions if one.position}
    assert set(seen) == {thread.id for thread in threads}
    assert seen[threads[0].id].position.new_line == row_of(diff, "    return math.pi * r * r").new
    assert write("create_note", {"body": "Done."}, iid=iid, discussion_id=threads[0].id).author.username == "author"
    for thread in threads:
        assert write("resolve_discussion", {"resolved": True}, iid=iid, discussion_id=thread.id).resolved
    mine.write("train.ipynb", SECOND)
    write("stage", {"paths": ["train.ipynb"]})
    second = write("commit", {"message": "Square"}).commit
    write("push", {})
    after = {one.id: one for one in write("list_discussions", iid=iid).discussions if one.position}
    assert after[threads[0].id].position.outdated
    assert not after[threads[1].id].position.outdated
    assert after[threads[1].id].position.new_line == seen[threads[1].id].position.new_line + 1
    assert len(write("list_versions", iid=iid).versions) == 2

    # what was looked at before can no longer be merged; the newest can
    with pytest.raises(FailedError) as caught:
        review("merge", {"sha": commit.sha}, iid=iid)
    assert caught.value.code in ("head_moved", "gitlab_forbidden")
    merged = write("merge", {"sha": second.sha}, iid=iid)
    assert (merged.state, merged.merged_by.username) == ("merged", "author")

    # the clone comes back to an updated main, and says which open documents changed
    switched = write("switch_branch", {"name": "main", "pull": True})
    assert switched.branch == "main"
    assert (mine.top / "train.ipynb").read_text("utf-8") == SECOND

    check_on_gitlab(project, author, iid, threads)
    log = mine.git("log", "--format=%s", "-4")
    assert {"Use pi", "Square", "Start"} <= set(log.splitlines())
    assert mine.git("rev-parse", "main") == author.gl.projects.get(project.id).branches.get("main").commit["id"]
    assert mine.git("status", "--porcelain") == ""
    for clone in (mine, theirs):
        assert_no_token(clone, author, reviewer)


def comment(api: Api, iid: int, diff: NotebookDiff, text: str, body: str) -> Any:
    row = row_of(diff, text)
    assert row.anchor is not None and diff.old is not None and diff.new is not None
    refs = api("get_merge_request", iid=iid).diff_refs
    position = {
        "base_sha": refs.base_sha,
        "start_sha": refs.start_sha,
        "head_sha": refs.head_sha,
        "old_path": diff.old.path.id,
        "new_path": diff.new.path.id,
        "old_line": row.anchor.old_line,
        "new_line": row.anchor.new_line,
    }
    return api("create_discussion", {"body": body, "position": position}, iid=iid)


def check_on_gitlab(project: Project, author: Person, iid: int, threads: list[Any]) -> None:
    """What GitLab itself says, through its usual client."""
    found = author.gl.projects.get(project.id).mergerequests.get(iid)
    assert found.state == "merged" and found.description == "Better circles."
    discussions = {one.id: one.attributes["notes"] for one in found.discussions.list(get_all=True)}
    assert [note["body"] for note in discussions[threads[0].id] if not note["system"]] == ["Square it?", "Done."]
    assert [note["body"] for note in discussions[threads[1].id] if not note["system"]] == ["Who reads this?"]
    assert all(note["resolved"] for thread in threads for note in discussions[thread.id] if note["resolvable"])
    assert [one["user"]["username"] for one in found.approvals.get().approved_by] == ["reviewer"]


def assert_no_token(clone: Workspace, *people: Person) -> None:
    """Nothing in the git directory holds a token."""
    for path in (clone.top / ".git").rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            assert not any(person.token.encode() in content for person in people), path
