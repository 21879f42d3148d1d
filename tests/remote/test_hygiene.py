"""A token shows nowhere, and the room costs nothing until it is used."""

from __future__ import annotations

import copy
import logging
import pickle
import subprocess
import sys
import threading
import traceback
from collections.abc import Callable

import pytest

from jupyterlab_gitlab.contract.discussions import CreateDiscussionBody
from jupyterlab_gitlab.contract.errors import GitLabWorkflowError
from jupyterlab_gitlab.remote import Connections, Secret

from .conftest import Connect
from .fault_server import UNAUTHORIZED, Answer, FaultServer
from .test_transport import PROJECT
from .world import TOKEN, World, address

FAULTS = {
    "unauthorized": Answer(401, UNAUTHORIZED),
    "forbidden": Answer(403, {"message": "403 Forbidden"}),
    "broken": Answer(500, b"<html>"),
    "cut": Answer(cut=True),
    "not json": Answer(200, b"<html>"),
    "elsewhere": Answer(302, headers={"Location": "http://127.0.0.1:9/api/v4/user"}),
    "limited": Answer(429, b"", {"Retry-After": "60"}),
}


@pytest.fixture
def everything_logged(caplog: pytest.LogCaptureFixture) -> pytest.LogCaptureFixture:
    caplog.set_level(logging.DEBUG)
    for name in ("urllib3", "requests", "gitlab", "keyring"):
        caplog.set_level(logging.DEBUG, logger=name)
    return caplog


@pytest.mark.parametrize("fault", FAULTS)
def test_no_fault_shows_the_token(
    faulty: FaultServer,
    signed_in: Connections,
    everything_logged: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
    fault: str,
) -> None:
    faulty.always(FAULTS[fault])
    with pytest.raises(GitLabWorkflowError) as caught:
        signed_in.project(address(f"{faulty.url}/g/p.git")).project()
    error = caught.value
    assert error.__cause__ is None and error.__context__ is None, "it drags no request along"
    shown = "".join(traceback.format_exception(error)) + repr(error) + repr(error.reply()) + repr(vars(error))
    printed = capfd.readouterr()
    assert everything_logged.text, "urllib3 logs its requests"
    for text in (shown, everything_logged.text, printed.out, printed.err):
        assert TOKEN not in text
    assert faulty.asked[0].headers["Authorization"] == f"Bearer {TOKEN}", "it was really used"


def test_the_main_job_logs_no_token(world: World, everything_logged: pytest.LogCaptureFixture) -> None:
    opened = world.opened()
    world.author.create_discussion(opened.iid, CreateDiscussionBody(body="Hello"))
    logged = [record.getMessage() for record in everything_logged.records if record.name.startswith("urllib3")]
    assert any("/merge_requests" in message for message in logged)
    assert world.ann.token not in everything_logged.text


def test_nothing_that_holds_a_token_shows_it(faulty: FaultServer, signed_in: Connections) -> None:
    faulty.always(Answer(200, PROJECT))
    project = signed_in.project(address(f"{faulty.url}/g/p.git"))
    project.project()
    host = signed_in.host(address(f"{faulty.url}/g/p.git"))
    clients = signed_in._clients
    client = next(iter(clients._clients.values()))
    credential = host.git_credential(address(f"{faulty.url}/g/p.git"))
    things = [signed_in, clients, clients.settings, clients.tokens, host, project, client, credential]
    for thing in (*things, *(vars(each) for each in things)):
        assert TOKEN not in f"{thing!r} {thing!s}"


def test_a_secret_hides_itself() -> None:
    secret = Secret(TOKEN)
    assert TOKEN not in f"{secret} {secret!r} {[secret]}"
    assert secret.reveal() == TOKEN
    assert secret == Secret(TOKEN) and secret != Secret("other") and hash(secret) == hash(Secret(TOKEN))
    leaks: list[Callable[[Secret], object]] = [pickle.dumps, copy.copy]
    for leak in leaks:
        with pytest.raises(TypeError):
            leak(secret)


def test_importing_the_room_loads_no_heavy_library() -> None:
    code = (
        "import sys, jupyterlab_gitlab.remote;"
        "print([name for name in ('gitlab', 'requests', 'urllib3', 'keyring', 'tornado') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_many_threads_share_one_client(faulty: FaultServer, connect: Connect) -> None:
    # with the usual time-outs: a busy machine may let sixty requests of twelve threads wait for more than a second
    signed_in = connect(tokens={f"127.0.0.1:{faulty.port}": Secret(TOKEN)}, environ={"GITLAB_HOST": faulty.url})
    faulty.rule = lambda asked: Answer(200, PROJECT if asked.path.endswith("g%2Fp") else [])
    failures: list[BaseException] = []

    def work() -> None:
        try:
            for _ in range(5):
                signed_in.project(address(f"{faulty.url}/g/p.git")).members()
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=work) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert len(signed_in._clients._clients) == 1
    # five in a row for each thread; what several ask at the same time is asked once
    assert 5 <= sum("members" in path for path in faulty.paths) <= 60
    assert {each.headers["Authorization"] for each in faulty.asked} == {f"Bearer {TOKEN}"}
