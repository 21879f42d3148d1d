"""Merge requests over HTTP: opening, reading, approving, merging, and every refusal."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from api_client import Api, FailedError
from git_workspace import Workspace
from gitlab.v4.objects import Project
from jupyter_process import JupyterProcess
from sandbox_server import Person, SandboxGitlab

from jupyterlab_gitlab.contract.diffs import NotebookDiff, TextDiff

from .conftest import Opened

Clone = Callable[[JupyterProcess, Person], tuple[Workspace, Api]]


def failure(api: Api, name: str, body: object = None, **parameters: object) -> FailedError:
    with pytest.raises(FailedError) as caught:
        api(name, body, **parameters)
    return caught.value


def test_the_project_and_what_its_form_needs_are_told(opened: Opened, project: Project) -> None:
    found = opened.api("get_project")
    assert (found.id, found.default_branch) == (project.id, "main")
    assert {"author", "reviewer"} <= {user.username for user in opened.api("list_members").users}
    assert [user.username for user in opened.api("list_members", search="revie").users] == ["reviewer"]
    project.labels.create({"name": "data", "color": "#ff0000"})
    assert [label.name for label in opened.api("list_labels").labels] == ["data"]
    assert opened.api("list_templates").templates == []


def test_a_second_one_for_the_branch_is_refused_with_the_number_of_the_first(opened: Opened) -> None:
    body = {"title": "Again", "source_branch": "feature", "target_branch": "main"}
    found = failure(opened.api, "create_merge_request", body)
    assert (found.code, found.reply.details["iid"]) == ("merge_request_exists", opened.iid)


def test_a_branch_that_was_never_pushed_is_named(opened: Opened) -> None:
    opened.api("create_branch", {"name": "local-only"})
    body = {"title": "Early", "source_branch": "local-only", "target_branch": "main"}
    found = failure(opened.api, "create_merge_request", body)
    assert found.code == "no_upstream"
    assert "local-only" in found.reply.message and "Push" in found.reply.hint
    opened.api("push", {})
    assert opened.api("create_merge_request", body).source_branch == "local-only"


def test_a_title_and_both_branches_are_needed(opened: Opened) -> None:
    for body in (
        {"title": " ", "source_branch": "feature", "target_branch": "main"},
        {"title": "x", "source_branch": "", "target_branch": "main"},
        {"title": "x", "source_branch": "feature", "target_branch": ""},
    ):
        assert failure(opened.api, "create_merge_request", body).code == "bad_request"
    assert failure(opened.api, "update_merge_request", {"title": ""}, iid=opened.iid).code == "bad_request"


def test_title_draft_and_labels_are_changed(opened: Opened) -> None:
    changed = opened.api("update_merge_request", {"title": "Use true pi", "draft": True}, iid=opened.iid)
    assert (changed.title, changed.draft) == ("Draft: Use true pi", True)
    assert changed.mergeability.status == "draft_status"
    assert changed.mergeability.reason and not changed.mergeability.mergeable
    assert not opened.api("update_merge_request", {"draft": False}, iid=opened.iid).draft
    assert opened.api("update_merge_request", {"state_event": "close"}, iid=opened.iid).state == "closed"


def test_its_files_come_from_git_and_are_compared_there(opened: Opened) -> None:
    files = opened.api("list_merge_request_files", iid=opened.iid)
    assert files.from_git
    found = {file.path.display: file for file in files.files}
    assert {name: file.status for name, file in found.items()} == {"new file.txt": "added", "train.ipynb": "modified"}
    assert found["new file.txt"].path.id == "new%20file.txt"
    assert (found["new file.txt"].additions, found["new file.txt"].old_blob) == (2, None)
    refs = files.diff_refs
    notebook = opened.api(
        "get_file_diff", old=refs.base_sha, new=refs.head_sha, old_path="train.ipynb", new_path="train.ipynb"
    )
    assert isinstance(notebook, NotebookDiff)
    text = opened.api(
        "get_file_diff", old="EMPTY", new=refs.head_sha, old_path="new%20file.txt", new_path="new%20file.txt"
    )
    assert isinstance(text, TextDiff)


def test_a_clone_of_the_target_branch_alone_fetches_what_it_needs(
    opened: Opened,
    project: Project,
    gitlab_server: SandboxGitlab,
    author_lab: JupyterProcess,
    author: Person,
    clone_into: Clone,
) -> None:
    workspace, api = clone_into(author_lab, author)
    workspace.git("remote", "set-branches", "origin", "main")
    for reference in workspace.git("for-each-ref", "--format=%(refname)", "refs/remotes").splitlines():
        if reference != "refs/remotes/origin/main":
            workspace.git("update-ref", "-d", reference)
    workspace.git("reflog", "expire", "--expire=now", "--all")
    workspace.git("gc", "-q", "--prune=now")
    assert workspace.git("cat-file", "-t", opened.sha, check=False) == ""
    files = api("list_merge_request_files", iid=opened.iid)
    assert files.from_git and files.diff_refs.head_sha == opened.sha
    refs = workspace.git("for-each-ref", "--format=%(refname)").splitlines()
    assert any(reference.startswith("refs/gitlab/merge-requests/") for reference in refs)
    assert (
        not (workspace.top / ".git" / "FETCH_HEAD").exists()
        or opened.sha not in (workspace.top / ".git" / "FETCH_HEAD").read_text()
    )


def test_an_older_version_stays_readable(opened: Opened) -> None:
    opened.workspace.write("new file.txt", "one\ntwo\nthree\n")
    opened.api("commit", {"message": "Three", "restage": ["new%20file.txt"]})
    opened.api("push", {})
    newest, first = opened.api("list_versions", iid=opened.iid).versions
    assert first.diff_refs.head_sha == opened.sha != newest.diff_refs.head_sha
    old = opened.api("list_merge_request_files", iid=opened.iid, version_id=first.id)
    assert [file.additions for file in old.files if file.path.display == "new file.txt"] == [2]
    assert (
        failure(opened.api, "list_merge_request_files", iid=opened.iid, version_id=first.id + 1000).code == "not_found"
    )
    titles = [commit.title for commit in opened.api("list_merge_request_commits", iid=opened.iid).commits]
    assert titles == ["Three", "Use pi"]


def test_without_git_over_http_the_api_serves(
    opened: Opened, author_lab: JupyterProcess, author: Person, clone_into: Clone
) -> None:
    workspace, api = clone_into(author_lab, author)
    for reference in workspace.git("for-each-ref", "--format=%(refname)", "refs/remotes").splitlines():
        if reference != "refs/remotes/origin/main":
            workspace.git("update-ref", "-d", reference)
    workspace.git("reflog", "expire", "--expire=now", "--all")
    workspace.git("gc", "-q", "--prune=now")
    # an unreachable proxy for git alone: what a network that only lets the API through looks like
    workspace.git("config", "http.proxy", "http://127.0.0.1:9")
    files = api("list_merge_request_files", iid=opened.iid)
    assert not files.from_git
    assert {file.path.display for file in files.files} == {"new file.txt", "train.ipynb"}
    refs = files.diff_refs
    found = api("get_file_diff", old=refs.base_sha, new=refs.head_sha, old_path="train.ipynb", new_path="train.ipynb")
    assert isinstance(found, NotebookDiff) and found.summary.cells_changed >= 1
    assert found.new is not None and len(found.new.blob) == 40


def test_an_unknown_one_is_not_found(opened: Opened) -> None:
    for name in ("get_merge_request", "list_merge_request_files", "list_discussions", "list_versions"):
        assert failure(opened.api, name, iid=987654).status == 404


@pytest.mark.parametrize("page", [{"page": 0}, {"per_page": 0}, {"per_page": 101}, {"page": 10**9}, {"page": -1}])
def test_an_impossible_page_is_refused_here(opened: Opened, page: dict[str, int]) -> None:
    assert failure(opened.api, "list_merge_requests", **page).code == "bad_request"


def test_lists_are_paged_and_searched(opened: Opened) -> None:
    for number in range(3):
        opened.api("create_branch", {"name": f"more-{number}"})
        opened.workspace.commit(f"More {number}", {f"{number}.txt": "x\n"})
        opened.api("push", {})
        body = {"title": f"More {number}", "source_branch": f"more-{number}", "target_branch": "main"}
        opened.api("create_merge_request", body)
    first = opened.api("list_merge_requests", per_page=3)
    assert (len(first.items), first.next_page, first.total) == (3, 2, 4)
    second = opened.api("list_merge_requests", per_page=3, page=2)
    assert (len(second.items), second.next_page) == (1, None)
    assert [one.title for one in opened.api("list_merge_requests", search="More 1").items] == ["More 1"]
    (mine,) = opened.api("list_merge_requests", source_branch="feature").items
    assert mine.iid == opened.iid
    counts = opened.api("count_merge_requests")
    assert (counts.for_review, counts.mine, counts.all) == (0, 4, 4)


def test_conflicts_are_said_and_refused(opened: Opened, project: Project) -> None:
    project.commits.create(
        {
            "branch": "main",
            "commit_message": "Meanwhile",
            "actions": [{"action": "update", "file_path": "train.ipynb", "content": "{}\n"}],
        }
    )
    found = opened.api("get_merge_request", iid=opened.iid)
    assert not found.mergeability.mergeable
    assert found.mergeability.status == "conflict" and found.mergeability.reason
    refused = failure(opened.api, "merge", {"sha": opened.sha}, iid=opened.iid)
    assert refused.code == "not_mergeable" and refused.reply.message


def test_only_the_commit_that_was_looked_at_is_merged_or_approved(
    opened: Opened, reviewer: Person, reviewer_lab: JupyterProcess, clone_into: Clone, project: Project
) -> None:
    old = opened.sha
    opened.workspace.write("new file.txt", "1\n")
    new = opened.api("commit", {"message": "One", "restage": ["new%20file.txt"]}).commit.sha
    opened.api("push", {})
    assert failure(opened.api, "merge", {"sha": old}, iid=opened.iid).code == "head_moved"
    for name in ("merge", "approve"):
        assert failure(opened.api, name, {"sha": "main"}, iid=opened.iid).code == "bad_request"
    assert opened.api("merge", {"sha": new}, iid=opened.iid).state == "merged"


def test_a_comment_where_gitlab_has_no_line_is_refused_in_words(opened: Opened) -> None:
    refs = opened.api("get_merge_request", iid=opened.iid).diff_refs
    position = {
        "base_sha": refs.base_sha,
        "start_sha": refs.start_sha,
        "head_sha": refs.head_sha,
        "old_path": "new%20file.txt",
        "new_path": "new%20file.txt",
    }
    wrong = failure(
        opened.api, "create_discussion", {"body": "x", "position": {**position, "new_line": 99}}, iid=opened.iid
    )
    assert wrong.code == "position_refused"
    right = opened.api("create_discussion", {"body": "x", "position": {**position, "new_line": 2}}, iid=opened.iid)
    assert (right.position.new_path.id, right.position.new_path.display) == ("new%20file.txt", "new file.txt")
    assert right.position.new_line == 2


@pytest.mark.parametrize("body", ["", " \n\t"])
def test_an_empty_comment_is_refused(opened: Opened, body: str) -> None:
    assert failure(opened.api, "create_discussion", {"body": body}, iid=opened.iid).code == "bad_request"
    general = opened.api("create_discussion", {"body": "Hm."}, iid=opened.iid)
    found = failure(opened.api, "create_note", {"body": body}, iid=opened.iid, discussion_id=general.id)
    assert found.code == "bad_request"


@pytest.mark.parametrize("discussion_id", ["x", "..", "a" * 39, "A" * 40, "%2e%2e%2f"])
def test_an_impossible_thread_is_not_found(opened: Opened, discussion_id: str) -> None:
    found = failure(opened.api, "create_note", {"body": "x"}, iid=opened.iid, discussion_id=discussion_id)
    assert found.status == 404


def test_everything_of_a_merge_request_is_edited(opened: Opened, project: Project, reviewer: Person) -> None:
    milestone = project.milestones.create({"title": "Spring"})
    assert [each.id for each in opened.api("list_milestones", search="spr").milestones] == [milestone.id]
    change = {
        "title": "Use tau",
        "description": "Half of it.",
        "labels": ["maths"],
        "reviewer_ids": [reviewer.id],
        "assignee_ids": [reviewer.id],
        "milestone_id": milestone.id,
        "squash": True,
        "remove_source_branch": False,
    }
    opened.api("update_merge_request", change, iid=opened.iid)
    found = project.mergerequests.get(opened.iid)
    assert (found.title, found.description, found.labels, found.squash) == ("Use tau", "Half of it.", ["maths"], True)
    assert [person["username"] for person in (*found.reviewers, *found.assignees)] == ["reviewer", "reviewer"]
    assert (found.milestone["title"], found.force_remove_source_branch) == ("Spring", False)
    told = opened.api("update_merge_request", {"milestone_id": 0, "assignee_ids": []}, iid=opened.iid)
    assert (told.milestone, told.assignees, [each.username for each in told.reviewers]) == (None, [], ["reviewer"])


def test_it_is_rebased_and_then_merged_when_its_checks_pass(opened: Opened, project: Project) -> None:
    readme = {"action": "update", "file_path": "README.md", "content": "# Discs\n"}
    project.commits.create({"branch": "main", "commit_message": "Meanwhile", "actions": [readme]})
    assert opened.api("get_merge_request", iid=opened.iid).behind == 1
    rebased = opened.api("rebase", iid=opened.iid)
    assert (rebased.behind, rebased.merge_error) == (0, None)
    assert rebased.sha != opened.sha
    head = project.commits.get(rebased.sha)
    head.statuses.create({"state": "running", "ref": "feature"})
    waiting = opened.api("merge", {"sha": rebased.sha, "auto": True}, iid=opened.iid)
    assert (waiting.state, waiting.auto_merge.user.username) == ("opened", "author")
    assert opened.api("cancel_auto_merge", iid=opened.iid).auto_merge is None
    opened.api("merge", {"sha": rebased.sha, "auto": True}, iid=opened.iid)
    head.statuses.create({"state": "success", "ref": "feature"})
    assert opened.api("get_merge_request", iid=opened.iid).state == "merged"


def test_two_versions_are_compared_without_what_only_the_target_brought(opened: Opened, project: Project) -> None:
    opened.workspace.write("new file.txt", "one\ntwo\nthree\n")
    opened.api("commit", {"message": "Three", "restage": ["new%20file.txt"]})
    opened.api("push", {})
    readme = {"action": "update", "file_path": "README.md", "content": "# Discs\n"}
    project.commits.create({"branch": "main", "commit_message": "Meanwhile", "actions": [readme]})
    rebased = opened.api("rebase", iid=opened.iid)
    newest, second, first = opened.api("list_versions", iid=opened.iid).versions
    assert newest.diff_refs.head_sha == rebased.sha
    found = opened.api("list_merge_request_files", iid=opened.iid, since_id=first.id)
    assert [(file.path.display, file.additions) for file in found.files] == [("new file.txt", 1)]
    refs = found.diff_refs
    assert (refs.base_sha, refs.start_sha, refs.head_sha) == (opened.sha, opened.sha, rebased.sha)
    same = opened.api("list_merge_request_files", iid=opened.iid, version_id=newest.id, since_id=second.id)
    assert same.files == [], "a rebase alone changes nothing"
    line = {"old_path": "new%20file.txt", "new_path": "new%20file.txt", "new_line": 3}
    shas = {"base_sha": refs.base_sha, "start_sha": refs.start_sha, "head_sha": refs.head_sha}
    said = opened.api("create_discussion", {"body": "Three?", "position": {**shas, **line}}, iid=opened.iid)
    assert (said.position.new_line, said.position.outdated) == (3, False), (
        "a comment there stands on the newest version"
    )


def test_the_files_of_one_commit_are_told(opened: Opened) -> None:
    opened.workspace.write("new file.txt", "one\ntwo\nthree\n")
    opened.api("commit", {"message": "Three", "restage": ["new%20file.txt"]})
    opened.api("push", {})
    newest, first = opened.api("list_merge_request_commits", iid=opened.iid).commits
    found = opened.api("list_commit_files", iid=opened.iid, sha=newest.sha)
    assert [(file.path.display, file.status, file.additions) for file in found.files] == [
        ("new file.txt", "modified", 1)
    ]
    assert (found.diff_refs.base_sha, found.diff_refs.head_sha) == (first.sha, newest.sha)
    whole = opened.api("list_commit_files", iid=opened.iid, sha=first.sha)
    assert {file.path.display for file in whole.files} == {"new file.txt", "train.ipynb"}
    assert failure(opened.api, "list_commit_files", iid=opened.iid, sha="main").code == "bad_request"
    assert failure(opened.api, "list_commit_files", iid=opened.iid, sha="0" * 40).status == 404
