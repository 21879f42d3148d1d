"""What GitLab has not changed is not sent again, and belongs to the token that got it."""

from __future__ import annotations

import io
import threading
from typing import Any

import pytest
import requests
from fault_proxy import FaultProxy

from jupyterlab_gitlab.contract.merge_requests import MergeRequestsParams
from jupyterlab_gitlab.remote import Connections, GitLabProject, Secret
from jupyterlab_gitlab.remote.conditional import KnownAnswers
from jupyterlab_gitlab.remote.flights import Flights
from jupyterlab_gitlab.remote.listing import Page, every

from .conftest import Connect
from .fault_server import Answer, Asked, FaultServer
from .world import TOKEN, World, address

PROJECT = {"id": 5, "name": "p", "path_with_namespace": "g/p", "web_url": "http://x/g/p"}
LIST = MergeRequestsParams(folder="")


class Tagged:
    """A GitLab whose lists have an ETag; *statuses* are what it answered about merge requests."""

    def __init__(self) -> None:
        self.tag = 'W/"1"'
        self.more: dict[str, str] = {}
        self.body: Any = []
        self.statuses: list[int] = []

    def __call__(self, asked: Asked) -> Answer:
        if "merge_requests" not in asked.path:
            return Answer(200, PROJECT)
        headers = {"ETag": self.tag, "X-Total": "7", **self.more}
        status = 304 if asked.headers.get("If-None-Match") == self.tag else 200
        self.statuses.append(status)
        return Answer(status, b"" if status == 304 else self.body, headers)


@pytest.fixture
def tagged(faulty: FaultServer) -> Tagged:
    rule = Tagged()
    faulty.rule = rule
    return rule


def project(faulty: FaultServer, connections: Connections) -> GitLabProject:
    return connections.project(address(f"{faulty.url}/g/p.git"))


def test_an_unchanged_answer_is_read_without_being_sent(
    faulty: FaultServer, tagged: Tagged, signed_in: Connections
) -> None:
    here = project(faulty, signed_in)
    first, second = here.merge_requests(LIST), here.merge_requests(LIST)
    assert tagged.statuses == [200, 304]
    assert first == second
    assert second.total == 7


def test_a_changed_answer_is_seen_at_once(faulty: FaultServer, tagged: Tagged, signed_in: Connections) -> None:
    here = project(faulty, signed_in)
    here.merge_requests(LIST)
    tagged.tag = 'W/"2"'
    here.merge_requests(LIST)
    here.merge_requests(LIST)
    assert tagged.statuses == [200, 200, 304]


def test_another_question_is_not_answered_by_it(faulty: FaultServer, tagged: Tagged, signed_in: Connections) -> None:
    here = project(faulty, signed_in)
    here.merge_requests(LIST)
    here.merge_requests(MergeRequestsParams(folder="", page=2))
    assert tagged.statuses == [200, 200]


@pytest.mark.parametrize("more", [{"Cache-Control": "no-store"}, {"ETag": ""}])
def test_what_may_not_be_kept_is_asked_for_whole(
    faulty: FaultServer, tagged: Tagged, signed_in: Connections, more: dict[str, str]
) -> None:
    tagged.more = more
    here = project(faulty, signed_in)
    here.merge_requests(LIST)
    here.merge_requests(LIST)
    assert tagged.statuses == [200, 200]


def test_two_tokens_share_nothing(faulty: FaultServer, tagged: Tagged, connect: Connect) -> None:
    for token in (TOKEN, TOKEN + "x"):
        connections = connect(tokens={f"127.0.0.1:{faulty.port}": Secret(token)}, environ={"GITLAB_HOST": faulty.url})
        project(faulty, connections).merge_requests(LIST)
    assert tagged.statuses == [200, 200]
    assert not any("If-None-Match" in each.headers for each in faulty.asked)


def answered(url: str, size: int) -> tuple[requests.PreparedRequest, requests.Response]:
    response = requests.Response()
    response.status_code = 200
    response.headers.update({"ETag": f'"{url}"', "Content-Type": "application/json"})
    response.raw = io.BytesIO(b"x" * size)
    return requests.Request("GET", url).prepare(), response


def test_the_store_stays_within_its_bytes_and_forgets_the_oldest() -> None:
    store = KnownAnswers(most=40_000)
    for name in "abcde":
        store.settle(*answered(f"http://h/{name}", 8_000), None)
    store.settle(*answered("http://h/huge", 12_000), None)
    known = [
        name for name in ("a", "b", "c", "d", "e", "huge") if store.ask_for_news(answered(f"http://h/{name}", 0)[0])
    ]
    assert known == ["b", "c", "d", "e"]


def test_a_refresh_of_what_is_on_screen_sends_no_body_twice(shaky: World, proxy: FaultProxy) -> None:
    opened = shaky.opened()
    for _ in range(2):
        shaky.author.merge_request(opened.iid)
        shaky.author.discussions(opened.iid)
    proxy.clear()
    shaky.author.merge_request(opened.iid)
    shaky.author.discussions(opened.iid)
    assert proxy.statuses and set(proxy.statuses) == {304}


def test_a_long_list_comes_whole_in_its_order() -> None:
    asked: list[int] = []

    def ask(number: int) -> Page[int]:
        asked.append(number)
        items = list(range(number * 100, number * 100 + (30 if number == 8 else 100)))
        return Page(items, number + 1 if number < 8 else None, 730)

    assert every(ask, 1_000) == [*range(100, 830)]
    assert sorted(asked) == [*range(1, 9)]
    asked.clear()
    assert len(every(ask, 250)) == 250
    assert sorted(asked) == [1, 2, 3]


def test_who_asks_while_the_same_is_under_way_waits_for_it() -> None:
    flights, asked_again = Flights(), threading.Event()
    answers: list[str] = []

    def ask_again() -> str:
        asked_again.set()
        return "another"

    second = threading.Thread(target=lambda: answers.append(flights.share("k", ask_again)))

    def ask() -> str:
        second.start()
        assert not asked_again.wait(0.5)
        return "answer"

    assert flights.share("k", ask) == "answer"
    second.join(5)
    assert answers == ["answer"]


def test_a_failure_is_told_to_all_and_not_kept() -> None:
    flights = Flights()
    with pytest.raises(ZeroDivisionError):
        flights.share("k", lambda: 1 // 0)
    assert flights.share("k", lambda: 1) == 1
