"""A text that is sent again after its answer got lost."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from api_client import Api, FailedError
from conftest import host_of
from fault_proxy import FaultProxy
from gitlab.v4.objects import Project
from jupyter_process import JupyterProcess, jupyter_server
from sandbox_server import Person

from .conftest import Clone, Opened
from .test_reviews import place, texts
from .test_reviews import proxy as proxy

Start = Callable[[], Api]


@pytest.fixture(scope="module")
def lab_on_proxy(
    tmp_path_factory: pytest.TempPathFactory, proxy: FaultProxy, reviewer: Person
) -> Iterator[JupyterProcess]:
    """The reviewer's Jupyter server, whose GitLab can be made to fail."""
    home = tmp_path_factory.mktemp("delivery")
    config = {"tokens": {host_of(proxy.url): reviewer.token}}
    with jupyter_server(home, home / "root", config) as server:
        yield server


@pytest.fixture
def start(
    lab_on_proxy: JupyterProcess, proxy: FaultProxy, reviewer: Person, clone_into: Clone, opened: Opened
) -> Iterator[Start]:
    """Gives the reviewer's side of it, in a clone of its own."""

    def started() -> Api:
        workspace, api = clone_into(lab_on_proxy, reviewer)
        url = workspace.git("remote", "get-url", "origin")
        workspace.git("remote", "set-url", "origin", f"{proxy.url}/{url.split('/', 3)[3]}")
        return api

    proxy.clear()
    yield started
    proxy.clear()


def newest(project: Project, iid: int) -> int:
    return max((note.id for note in project.mergerequests.get(iid).notes.list(get_all=True)), default=0)


def lost(api: Api, proxy: FaultProxy, path: str, name: str, body: dict[str, Any], **parameters: Any) -> None:
    """Sends a text that arrives, with an answer that does not, when GitLab can't be asked either."""
    proxy.fail("POST", path, "lost")
    proxy.fail("GET", "/discussions|/draft_notes", "error")
    with pytest.raises(FailedError) as caught:
        api(name, body, **parameters)
    assert caught.value.code == "gitlab_unreachable"
    assert "arrived" not in caught.value.reply.details
    proxy.clear()


def test_a_text_that_was_changed_after_a_lost_answer_takes_the_place_of_the_first(
    start: Start, opened: Opened, project: Project, proxy: FaultProxy
) -> None:
    api, iid, known = start(), opened.iid, newest(project, opened.iid)
    on_line = {"position": place(api, iid, new_line=1)}
    body = {"body": "Typo", **on_line, "delivery": {"known": known}}
    lost(api, proxy, "/discussions", "create_discussion", body, iid=iid)
    again = {"body": "Two typos", **on_line, "delivery": {"known": known, "tried": ["Typo"]}}
    assert api("create_discussion", again, iid=iid).notes[0].body == "Two typos"
    # and once more, when that answer got lost, too
    third = {"body": "Three", **on_line, "delivery": {"known": known, "tried": ["Typo", "Two typos"]}}
    thread = api("create_discussion", third, iid=iid)
    assert texts(project, iid) == ["Three"]
    reply = {"body": "Or two", "delivery": {"known": newest(project, iid)}}
    lost(api, proxy, "/notes", "create_note", reply, iid=iid, discussion_id=thread.id)
    reply = {"body": "Or one", "delivery": {**reply["delivery"], "tried": ["Or two"]}}
    api("create_note", reply, iid=iid, discussion_id=thread.id)
    assert texts(project, iid) == ["Three", "Or one"]


def test_a_pending_comment_that_was_changed_keeps_its_line(start: Start, opened: Opened, proxy: FaultProxy) -> None:
    api, iid = start(), opened.iid
    on_line = {"position": place(api, iid, new_line=1)}
    lost(api, proxy, "/draft_notes", "create_draft_note", {"body": "Typo", **on_line}, iid=iid)
    api("create_draft_note", {"body": "No", **on_line, "delivery": {"known": 0, "tried": ["Typo"]}}, iid=iid)
    (left,) = api("list_draft_notes", iid=iid).draft_notes
    assert (left.body, left.position.new_line) == ("No", 1)


def test_the_same_words_by_somebody_else_or_elsewhere_or_before_are_another_comment(
    start: Start, opened: Opened, project: Project
) -> None:
    api, iid = start(), opened.iid
    api("create_discussion", {"body": "Fine"}, iid=iid)
    known = newest(project, iid)
    opened.api("create_discussion", {"body": "Fine"}, iid=iid)
    api("create_discussion", {"body": "Fine", "position": place(api, iid, new_line=1)}, iid=iid)
    api("create_discussion", {"body": "Fine", "delivery": {"known": known, "tried": ["Fine"]}}, iid=iid)
    assert texts(project, iid) == ["Fine"] * 4


def test_a_refused_request_is_told_with_what_is_known_of_the_text(
    start: Start, opened: Opened, project: Project, proxy: FaultProxy
) -> None:
    api, iid = start(), opened.iid
    proxy.fail("POST", "/discussions", "error")
    with pytest.raises(FailedError) as caught:
        api("create_discussion", {"body": "Fine", "delivery": {"known": newest(project, iid)}}, iid=iid)
    assert caught.value.reply.details["arrived"] is False
    assert texts(project, iid) == []


def test_a_text_waits_for_its_first_try_that_is_still_under_way(
    start: Start, opened: Opened, project: Project, proxy: FaultProxy
) -> None:
    api, iid, known = start(), opened.iid, newest(project, opened.iid)
    proxy.fail("POST", "/discussions", "delayed")
    body = {"body": "Fine", "delivery": {"known": known}}
    # the page that sent it is gone; another one knows only that it was under way
    first = threading.Thread(target=lambda: api.at(api.folder).response("create_discussion", body, iid=iid))
    first.start()
    assert proxy.held.wait(10)
    again = {"body": "Fine", "delivery": {"known": known, "tried": ["Fine"]}}
    assert api("create_discussion", again, iid=iid).notes[0].body == "Fine"
    first.join()
    assert texts(project, iid) == ["Fine"]


def test_a_commit_whose_answer_got_lost_is_found(
    start: Start, opened: Opened, project: Project, proxy: FaultProxy
) -> None:
    from .test_suggestions import on_gitlab, raw_line, suggest

    line = raw_line(opened, "return math.pi")
    body = {"sha": opened.sha, "suggestions": [suggest(opened, line, line, "    return 3")]}
    api = start()
    proxy.fail("POST", "/repository/commits", "lost")
    proxy.fail("GET", "/repository/branches", "error")
    with pytest.raises(FailedError) as caught:
        api("apply_suggestions", body, iid=opened.iid)
    assert caught.value.code == "gitlab_unreachable"
    done = api("apply_suggestions", body, iid=opened.iid)
    assert project.commits.get(done.commit).parent_ids == [opened.sha]
    assert len(done.resolved) == 1 and done.error is None
    assert "return 3" in on_gitlab(project)
    assert sum(text.startswith("Applied in ") for text in texts(project, opened.iid)) == 1
