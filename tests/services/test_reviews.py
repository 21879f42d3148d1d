"""A review over HTTP: pending comments, and their submission with a summary and a verdict."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from api_client import Api, FailedError
from fault_proxy import FaultProxy, fault_proxy
from git_workspace import Workspace
from gitlab.v4.objects import Project
from jupyter_process import JupyterProcess, clean_environment, jupyter_server
from sandbox_server import Person, SandboxGitlab

from .conftest import Opened

Clone = Callable[[JupyterProcess, Person], tuple[Workspace, Api]]


@pytest.fixture(scope="module")
def proxy(gitlab_server: SandboxGitlab) -> Iterator[FaultProxy]:
    with fault_proxy(gitlab_server.url) as found:
        yield found


@pytest.fixture
def start(
    tmp_path: Path, proxy: FaultProxy, reviewer: Person, clone_into: Clone, opened: Opened
) -> Iterator[Callable[[], Api]]:
    """Starts the reviewer's Jupyter server (again) in a clone whose GitLab can be made to fail."""
    running: list[Any] = []
    made: list[str] = []
    environment = clean_environment(tmp_path, "Test Reviewer", "reviewer@example.com")
    config = {"tokens": {proxy.url.removeprefix("http://"): reviewer.token}}

    def started() -> Api:
        while running:
            running.pop().__exit__(None, None, None)
        server = jupyter_server(tmp_path, tmp_path / "root", config, environment)
        running.append(server)
        found = server.__enter__()
        if not made:
            workspace, api = clone_into(found, reviewer)
            url = workspace.git("remote", "get-url", "origin")
            workspace.git("remote", "set-url", "origin", f"{proxy.url}/{url.split('/', 3)[3]}")
            made.append(api.folder)
        return found.api.at(made[0])

    proxy.clear()
    yield started
    proxy.clear()
    while running:
        running.pop().__exit__(None, None, None)


def place(api: Api, iid: int, **lines: Any) -> dict[str, Any]:
    refs = api("get_merge_request", iid=iid).diff_refs
    shas = {"base_sha": refs.base_sha, "start_sha": refs.start_sha, "head_sha": refs.head_sha}
    return {**shas, "old_path": "new%20file.txt", "new_path": "new%20file.txt", **lines}


def texts(project: Project, iid: int) -> list[str]:
    """What stands on GitLab, by the plain client."""
    found = project.mergerequests.get(iid).notes.list(get_all=True, sort="asc", order_by="created_at")
    return [note.body for note in found if not note.system]


def submit(api: Api, opened: Opened, **more: Any) -> Any:
    return api("submit_review", {"sha": opened.sha, **more}, iid=opened.iid)


def failure(api: Api, name: str, body: object = None, **parameters: object) -> FailedError:
    with pytest.raises(FailedError) as caught:
        api(name, body, **parameters)
    return caught.value


def test_a_review_is_written_changed_and_submitted(start: Callable[[], Api], opened: Opened, project: Project) -> None:
    api, iid = start(), opened.iid
    on_line = api("create_draft_note", {"body": "Typo", "position": place(api, iid, new_line=1)}, iid=iid)
    cell = {**place(api, iid), "old_path": "train.ipynb", "new_path": "train.ipynb", "side": "new", "index": 1}
    on_cell = api("create_draft_note", {"body": "Why?", "cell": cell}, iid=iid)
    general = api("create_draft_note", {"body": "Drop me"}, iid=iid)
    api("update_draft_note", {"body": "Two typos"}, iid=iid, draft_note_id=on_line.id)
    left = api("delete_draft_note", iid=iid, draft_note_id=general.id)
    assert [(each.id, each.body) for each in left.draft_notes] == [(on_line.id, "Two typos"), (on_cell.id, "Why?")]
    assert left.draft_notes[0].position == on_line.position
    assert left.draft_notes[1].cell.index == 1
    assert left.verdicts == ["comment", "approve", "request_changes"]
    assert texts(project, iid) == []
    done = submit(api, opened, summary="Nearly there.", verdict="approve")
    assert (done.published, done.failed, done.summary_sent, done.verdict_given, done.error) == (2, [], True, True, None)
    assert [text.split("\n")[0] for text in texts(project, iid)] == ["Two typos", "Why?", "Nearly there."]
    assert [user.username for user in api("get_merge_request", iid=iid).approvals.approved_by] == ["reviewer"]
    assert api("list_draft_notes", iid=iid).draft_notes == []


def test_a_pending_reply_resolves_its_thread_when_it_is_published(start: Callable[[], Api], opened: Opened) -> None:
    api, iid = start(), opened.iid
    threads = [api("create_discussion", {"body": text}, iid=iid).id for text in ("Resolve me", "Leave me")]
    for thread, resolve in zip(threads, (True, None), strict=True):
        reply = api("create_draft_note", {"body": "Done", "discussion_id": thread, "resolve": resolve}, iid=iid)
        assert reply.resolve is bool(resolve)
    before = {each.id: each.resolved for each in api("list_discussions", iid=iid).discussions}
    assert [before[thread] for thread in threads] == [False, False]
    assert submit(api, opened).published == 2
    after = {each.id: each.resolved for each in api("list_discussions", iid=iid).discussions}
    assert [after[thread] for thread in threads] == [True, False]


def test_a_line_that_gitlab_will_not_publish_is_refused_at_once(start: Callable[[], Api], opened: Opened) -> None:
    api, iid = start(), opened.iid
    body = {"body": "Where?", "position": place(api, iid, new_line=77)}
    assert failure(api, "create_draft_note", body, iid=iid).code == "position_refused"
    range_body = {"body": "Where?", "position": place(api, iid, new_line=1, start={"new_line": 2})}
    assert failure(api, "create_draft_note", range_body, iid=iid).code == "bad_request"
    reply = {"body": "x", "discussion_id": "a" * 40, "position": place(api, iid, new_line=1)}
    assert failure(api, "create_draft_note", reply, iid=iid).code == "bad_request"
    assert failure(api, "create_draft_note", {"body": " "}, iid=iid).code == "bad_request"
    assert failure(api, "update_draft_note", {"body": "x"}, iid=iid, draft_note_id=9).code == "not_found"
    assert api("list_draft_notes", iid=iid).draft_notes == []


def test_changes_are_requested(start: Callable[[], Api], opened: Opened, project: Project) -> None:
    api = start()
    done = submit(api, opened, summary="Please use pi.", verdict="request_changes")
    assert (done.published, done.verdict_given, done.error) == (0, True, None)
    notes = project.mergerequests.get(opened.iid).notes.list(get_all=True)
    assert {"requested changes", "Please use pi."} <= {note.body for note in notes}


def test_a_verdict_that_fails_tells_so_and_is_given_by_the_next_try(
    start: Callable[[], Api], opened: Opened, project: Project, proxy: FaultProxy
) -> None:
    api = start()
    api("create_draft_note", {"body": "Typo"}, iid=opened.iid)
    proxy.fail("POST", "/approve", "unsent")
    done = submit(api, opened, summary="Fine.", verdict="approve")
    assert (done.published, done.summary_sent, done.verdict_given) == (1, True, False)
    assert done.error.code.value == "gitlab_unreachable"
    before = submit(api, opened, summary="", verdict="approve")
    assert (before.published, before.verdict_given, before.error) == (0, True, None)
    assert texts(project, opened.iid) == ["Typo", "Fine."]


def test_an_approval_of_another_head_than_the_one_looked_at_is_refused(
    start: Callable[[], Api], opened: Opened
) -> None:
    done = start()("submit_review", {"sha": "a" * 40, "verdict": "approve"}, iid=opened.iid)
    assert (done.verdict_given, done.error.code.value) == (False, "head_moved")


def test_a_review_that_was_cut_short_is_finished_by_the_next_server_without_a_double(
    start: Callable[[], Api], opened: Opened, project: Project, proxy: FaultProxy, reviewer: Person
) -> None:
    api, iid = start(), opened.iid
    thread = opened.api("create_discussion", {"body": "Look"}, iid=iid)
    api("create_draft_note", {"body": "One", "position": place(api, iid, new_line=1)}, iid=iid)
    api("create_draft_note", {"body": "A reply", "discussion_id": thread.id}, iid=iid)
    api("create_draft_note", {"body": "Two"}, iid=iid)
    project.mergerequests.get(iid).notes.delete(thread.notes[0].id)  # so that GitLab stops in the middle
    proxy.fail("GET", "/discussions", "error")
    assert failure(api, "submit_review", {"sha": opened.sha, "summary": "Done."}, iid=iid).code == "gitlab_error"
    assert texts(project, iid) == ["One"]
    assert len(api("list_draft_notes", iid=iid).draft_notes) == 3
    api = start()
    done = submit(api, opened, summary="Done.")
    assert (done.published, [each.draft_note.body for each in done.failed]) == (1, ["A reply"])
    assert not done.summary_sent and done.failed[0].error.hint
    assert sorted(texts(project, iid)) == ["One", "Two"]
    api("delete_draft_note", iid=iid, draft_note_id=done.failed[0].draft_note.id)
    assert submit(api, opened, summary="Done.").summary_sent
    assert sorted(texts(project, iid)) == ["Done.", "One", "Two"]


@pytest.mark.parametrize("fault", ["unsent", "lost", "error", "error_after"])
def test_a_summary_is_said_once_though_its_answer_is_lost(
    start: Callable[[], Api], opened: Opened, project: Project, proxy: FaultProxy, fault: Any
) -> None:
    api = start()
    proxy.fail("POST", "/notes", fault)
    done = submit(api, opened, summary="Fine.")
    if not done.summary_sent:
        assert done.error is not None
        done = submit(api, opened, summary="Fine.")
    assert done.summary_sent and texts(project, opened.iid) == ["Fine."]


def test_a_summary_whose_submission_the_browser_never_heard_of_is_not_said_again(
    start: Callable[[], Api], opened: Opened, project: Project
) -> None:
    api = start()
    assert submit(api, opened, summary="Fine.", known_note=0).summary_sent
    assert submit(api, opened, summary="Fine.", known_note=0).summary_sent
    assert texts(project, opened.iid) == ["Fine."]
