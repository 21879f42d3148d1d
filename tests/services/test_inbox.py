"""What waits for the user across projects, and merge requests of projects that were never cloned."""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from api_client import Api, FailedError
from git_workspace import Workspace, notebook
from gitlab.v4.objects import Project
from jupyter_process import JupyterProcess
from sandbox_server import Person, SandboxGitlab

from jupyterlab_gitlab.contract.diffs import NotebookDiff

from .conftest import Opened

Clone = Callable[[JupyterProcess, Person], tuple[Workspace, Api]]


@dataclass
class Far:
    """A merge request of the reviewer's in a project that the author has never cloned."""

    project: Project
    iid: int
    sha: str
    address: str
    api: Api
    """The author's, at that address."""


@pytest.fixture
def far(gitlab_server: SandboxGitlab, author: Person, reviewer: Person, opened: Opened) -> Iterator[Far]:
    project = gitlab_server.project(reviewer, visibility="public")
    project.members.create({"user_id": author.id, "access_level": 40})
    commit(project, "main", {"far.ipynb": notebook("1"), "big.txt": "never fetched\n" * 1_000})
    commit(project, "topic", {"far.ipynb": notebook("1", "2")}, "main")
    made: Any = project.mergerequests.create(
        {"title": "Far away", "source_branch": "topic", "target_branch": "main", "reviewer_ids": [author.id]}
    )
    items = opened.api("list_inbox", scope="for_review").items
    item = next(each for each in items if each.project_path == project.path_with_namespace)
    far = Far(project, made.iid, made.sha, item.address, opened.api.at(item.address))
    yield far
    made.state_event = "close"
    made.save()


def commit(project: Project, branch: str, files: dict[str, str | bytes], start: str | None = None) -> str:
    actions = [
        {
            "action": "create" if start is None else "update",
            "file_path": path,
            "encoding": "base64",
            "content": base64.b64encode(text.encode() if isinstance(text, str) else text).decode(),
        }
        for path, text in files.items()
    ]
    more = {} if start is None else {"start_branch": start}
    body = {"branch": branch, "commit_message": f"Change {branch}", "actions": actions, **more}
    return str(project.commits.create(body).id)


def failure(api: Api, name: str, body: object = None, **parameters: object) -> FailedError:
    with pytest.raises(FailedError) as caught:
        api(name, body, **parameters)
    return caught.value


def test_the_inbox_lists_what_waits_in_every_project(opened: Opened, far: Far) -> None:
    found = opened.api("list_inbox", scope="for_review")
    [item] = [each for each in found.items if each.address == far.address]
    assert item.merge_request.title == "Far away"
    assert item.project_path == far.project.path_with_namespace
    counts = opened.api("count_inbox")
    assert counts.for_review == found.total
    assert counts.waiting >= 1


def test_what_is_in_the_clone_opens_in_the_clone(opened: Opened) -> None:
    items = opened.api("list_inbox", scope="mine").items
    assert next(each.address for each in items if each.merge_request.title == "Use pi") == opened.api.folder


def test_the_inbox_is_searched_and_paged(opened: Opened, far: Far) -> None:
    assert [
        each.merge_request.title for each in opened.api("list_inbox", scope="for_review", search="far aw").items
    ] == ["Far away"]
    assert opened.api("list_inbox", scope="for_review", search="no such thing").items == []
    numbered = opened.api("list_inbox", scope="for_review", search=f"!{far.iid}").items
    assert {each.merge_request.iid for each in numbered} == {far.iid}
    for bad in ({"page": 0}, {"per_page": 101}, {"page": 10**9}):
        assert failure(opened.api, "list_inbox", scope="mine", **bad).code == "bad_request"


def test_without_a_repository_the_inbox_is_that_of_a_known_host(far: Far, author_lab: JupyterProcess) -> None:
    first = author_lab.api("list_hosts").hosts[0]
    assert first.has_token and first.address != far.address
    api = author_lab.api.at(first.address)
    assert api("get_account").username == "author"
    [item] = [each for each in api("list_inbox", scope="for_review").items if each.address == far.address]
    assert author_lab.api.at(item.address)("get_merge_request", iid=far.iid).title == "Far away"
    mine = api("list_inbox", scope="mine").items
    assert all(each.address.startswith("gitlab-project:") for each in mine)
    assert api("count_inbox").waiting >= 1
    assert isinstance(api("list_todos").todos, list)
    assert api("list_replies").replies == []
    assert failure(api, "list_changes").code == "not_a_repository"


def test_no_inbox_is_asked_for_where_only_the_browser_leads(author_lab: JupyterProcess) -> None:
    for host in ("evil.example", "127.0.0.1%3A9"):
        assert failure(author_lab.api.at(f"gitlab-host:{host}"), "count_inbox").code == "host_unknown"


def test_one_signs_in_and_out_without_a_repository(
    clone_into: Clone, reviewer_lab: JupyterProcess, reviewer: Person, gitlab_server: SandboxGitlab
) -> None:
    _, in_clone = clone_into(reviewer_lab, reviewer)
    in_clone("sign_out")  # the clone has led to the host by now

    def host() -> Any:
        return next(each for each in reviewer_lab.api("list_hosts").hosts if each.url == gitlab_server.url)

    assert not host().has_token
    api = reviewer_lab.api.at(host().address)
    assert not api("get_account").signed_in
    assert failure(api, "count_inbox").code == "not_signed_in"
    assert failure(api, "sign_in", {"host": "elsewhere.example", "token": reviewer.token}).code == "bad_request"
    assert api("sign_in", {"host": host().host, "token": reviewer.token}).username == "reviewer"
    assert host().has_token
    assert reviewer_lab.api("list_hosts").hosts[0] == host()
    assert in_clone("get_account").signed_in
    assert not api("sign_out").signed_in


def test_a_to_do_is_listed_and_marked_as_done(opened: Opened, far: Far, reviewer: Person) -> None:
    merge_request = far.project.mergerequests.get(far.iid)
    merge_request.notes.create({"body": "@author, please have a look"})
    before = opened.api("count_inbox")
    todos = opened.api("list_todos").todos
    mention = next(each for each in todos if each.text == "@author, please have a look")
    assert (mention.action, mention.author.username) == ("directly_addressed", "reviewer")
    assert (mention.item.address, mention.item.merge_request.iid) == (far.address, far.iid)
    after = opened.api("finish_todo", todo_id=mention.id)
    assert (after.todos, after.waiting) == (before.todos - 1, before.waiting - 1)
    assert mention.id not in {each.id for each in opened.api("list_todos").todos}
    assert failure(opened.api, "finish_todo", todo_id=10**9).code == "not_found"


def test_replies_are_told_from_the_first_look_on(opened: Opened, far: Far, reviewer: Person, project: Project) -> None:
    theirs = far.project.mergerequests.get(far.iid)
    old = theirs.discussions.create({"body": "Before"})
    opened.api.at(far.address)("create_note", {"body": "I answer"}, iid=far.iid, discussion_id=old.id)
    first = opened.api("list_replies")
    assert first.replies == []
    old.notes.create({"body": "Thanks"})
    theirs.discussions.create({"body": "A thread of others"})
    mine = reviewer.gl.projects.get(project.id).mergerequests.get(opened.iid)
    mine.discussions.create({"body": "On yours"})
    second = opened.api("list_replies", since=first.checked_at)
    assert [reply.text for reply in second.replies] == ["Thanks", "On yours"]
    assert [reply.item.address for reply in second.replies] == [far.address, opened.api.folder]
    assert opened.api("list_replies", since=second.checked_at).replies == []


def test_a_merge_request_of_a_project_without_a_clone_is_reviewed(far: Far, author_lab: JupyterProcess) -> None:
    found = far.api("list_merge_request_files", iid=far.iid)
    assert found.from_git
    [file] = found.files
    refs = found.diff_refs
    diff = far.api("get_file_diff", old=refs.base_sha, new=refs.head_sha, old_path=file.path.id, new_path=file.path.id)
    assert isinstance(diff, NotebookDiff)
    assert far.api("get_merge_request", iid=far.iid).title == "Far away"
    assert far.api("approve", {"sha": far.sha}, iid=far.iid).approvals.user_has_approved
    assert far.api("merge", {"sha": far.sha}, iid=far.iid).state == "merged"


def test_versions_and_commits_are_compared_without_a_clone(far: Far) -> None:
    far.api("list_merge_request_files", iid=far.iid)
    head = commit(far.project, "topic", {"far.ipynb": notebook("1", "3")}, "topic")
    newest, first = far.api("list_versions", iid=far.iid).versions
    found = far.api("list_merge_request_files", iid=far.iid, version_id=newest.id, since_id=first.id)
    of_commit = far.api("list_commit_files", iid=far.iid, sha=head)
    for files in (found, of_commit):
        assert files.from_git
        assert [(file.path.display, file.additions) for file in files.files] == [("far.ipynb", 1)]
        refs = files.diff_refs
        sides = {"old": refs.base_sha, "new": refs.head_sha, "old_path": "far.ipynb", "new_path": "far.ipynb"}
        assert isinstance(far.api("get_file_diff", **sides), NotebookDiff)
    assert failure(far.api, "get_check_out", iid=far.iid).code == "no_work_tree"


def test_only_what_the_diff_needs_is_fetched(far: Far, author_lab: JupyterProcess) -> None:
    far.api("list_merge_request_files", iid=far.iid)
    kept = author_lab.root.parent.rglob("clones/*/*.git")
    clones = [
        Workspace(place, {}) for place in kept if place.name.startswith(far.project.path_with_namespace.split("/")[0])
    ]
    texts = [clone.git("cat-file", "--batch-check", "--batch-all-objects") for clone in clones]
    assert any(" blob " in text for text in texts)
    sizes = [int(line.split()[2]) for text in texts for line in text.splitlines() if " blob " in line]
    assert max(sizes) < 10_000


def test_what_needs_files_is_refused_with_the_way_out(far: Far) -> None:
    for name, body in (("list_changes", None), ("list_branches", None), ("stage", {"paths": ["x"]}), ("pull", {})):
        found = failure(far.api, name, body)
        assert (found.code, found.status) == ("no_work_tree", 422)
        assert "git clone" in found.reply.hint


def test_what_is_kept_is_listed_removed_and_comes_again(far: Far) -> None:
    far.api("list_merge_request_files", iid=far.iid)
    found = far.api("list_cached_projects")
    [kept] = [each for each in found.projects if each.address == far.address]
    assert 0 < kept.size <= found.size <= found.limit
    assert far.api("clear_cached_projects").projects == []
    assert far.api("list_merge_request_files", iid=far.iid).from_git


@pytest.mark.parametrize("folder", ["gitlab-project:evil.example/a/b", "gitlab-project:127.0.0.1%3A9/a/b"])
def test_no_host_is_asked_that_only_the_browser_has_named(opened: Opened, folder: str) -> None:
    assert failure(opened.api.at(folder), "get_project").code == "host_unknown"


@pytest.mark.parametrize("path", ["a", "../b", "a/..", "a//b", "a/b\\c"])
def test_an_address_that_no_project_has_is_refused(far: Far, path: str) -> None:
    host = far.address.split("/")[0]
    assert failure(far.api.at(f"{host}/{path}"), "get_project").code in ("bad_request", "forbidden_path")
