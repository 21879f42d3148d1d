"""Starting, stopping, and what outlives a restart."""

from __future__ import annotations

import contextlib
import json
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests
from git_workspace import initialize
from sandbox_server import sandbox_gitlab

from jupyterlab_gitlab.sandbox.server import running


def start(*arguments: str) -> tuple[subprocess.Popen[str], dict[str, Any]]:
    """The sandbox as its own process, and the line that it prints."""
    process = subprocess.Popen(
        [sys.executable, "-m", "jupyterlab_gitlab.sandbox", *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    line = process.stdout.readline()
    assert line, process.communicate()[1]
    return process, json.loads(line)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGTERM to send")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_the_command_prints_one_line_and_ends_on_a_signal(tmp_path: Path, number: signal.Signals) -> None:
    process, line = start("--port", "0", "--data", str(tmp_path), "--root-token", "glpat-mine")
    try:
        assert line["users"] == [{"username": "root", "token": "glpat-mine", "admin": True}]
        assert line["url"].startswith("http://127.0.0.1:")
        answer = requests.get(f"{line['url']}/api/v4/user", headers={"PRIVATE-TOKEN": "glpat-mine"}, timeout=10)
        assert answer.json()["is_admin"] is True
        process.send_signal(number)
        out, err = process.communicate(timeout=10)
    finally:
        process.kill()
    assert process.returncode == 0
    assert out == ""
    assert "sandbox" in err
    assert "glpat-mine" not in err


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="children are read from /proc")
def test_a_git_that_still_runs_ends_with_it(tmp_path: Path) -> None:
    process, line = start("--data", str(tmp_path))
    try:
        auth = ("git", line["users"][0]["token"])
        headers = {"PRIVATE-TOKEN": auth[1]}
        new = {"name": "p", "initialize_with_readme": True}
        project = requests.post(f"{line['url']}/api/v4/projects", json=new, headers=headers, timeout=10).json()

        address = f"{project['http_url_to_repo']}/git-upload-pack"
        kind = "application/x-git-upload-pack-request"

        def never_ending() -> Iterator[bytes]:
            yield b"00"  # half a packet's length
            while process.poll() is None:
                time.sleep(0.05)
            yield b""

        def fetch() -> None:
            with contextlib.suppress(requests.RequestException):
                requests.post(address, never_ending(), headers={"Content-Type": kind}, auth=auth, timeout=20)

        thread = threading.Thread(target=fetch)
        thread.start()
        children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
        deadline = time.monotonic() + 10
        while not (found := children.read_text().split()):
            assert time.monotonic() < deadline, "git never started"
            time.sleep(0.02)
        process.terminate()
        assert process.wait(timeout=10) == 0
        assert not [child for child in found if Path(f"/proc/{child}").exists()]
        thread.join(timeout=10)
    finally:
        process.kill()
        process.communicate()


def test_a_taken_port_is_an_error_and_no_trace(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = subprocess.run(
            [sys.executable, "-m", "jupyterlab_gitlab.sandbox", "--port", str(port), "--data", str(tmp_path)],
            capture_output=True,
            text=True,
            timeout=30,
        )
    assert done.returncode == 1
    assert done.stdout == ""
    assert "Traceback" not in done.stderr


def test_it_listens_on_loopback_only(tmp_path: Path) -> None:
    with running(tmp_path) as found:
        port = int(found.url.rpartition(":")[2])
        with socket.socket() as elsewhere:  # only free because nothing listens on every address
            elsewhere.bind(("127.0.0.2", port))


def test_a_restart_keeps_everything(tmp_path: Path, environment: dict[str, str]) -> None:
    data = tmp_path / "data"
    with sandbox_gitlab(data) as server:
        token = server.root.token
        person = server.person("mira")
        project = server.project(person)
        clone = initialize(tmp_path / "clone", environment)
        clone.git("push", "-q", server.remote(project, person.token), "main")
        project.labels.create({"name": "kept", "color": "red"})
        head = clone.git("rev-parse", "HEAD")
    with sandbox_gitlab(data) as server:
        assert server.root.token == token
        again = server.root.gl.projects.get(project.path_with_namespace)
        assert again.id == project.id
        assert again.branches.get("main").commit["id"] == head
        assert [label.name for label in again.labels.list()] == ["kept"]
        assert again.web_url.startswith(server.url)
        answer = server.call("GET", "/user", person.token)
        assert answer.json()["username"] == "mira"
        clone.commit("More")
        clone.git("push", "-q", server.remote(again, person.token), "main")


def test_a_given_root_token_replaces_the_announced_one(tmp_path: Path) -> None:
    with running(tmp_path) as found:
        first = found.token()
    with running(tmp_path, root_token="glpat-new") as found:
        assert [user["token"] for user in found.users] == ["glpat-new"]
        for token in (first, "glpat-new"):
            answer = requests.get(f"{found.url}/api/v4/user", headers={"PRIVATE-TOKEN": token}, timeout=10)
            assert answer.status_code == 200


def test_many_calls_at_once_lose_nothing(tmp_path: Path) -> None:
    with sandbox_gitlab(tmp_path) as server:
        project = server.project(initialize_with_readme=True)
        statuses: list[int] = []

        def work(number: int) -> None:
            action = {"action": "create", "file_path": f"{number}.txt", "content": "x"}
            body = {"branch": "main", "commit_message": "m", "actions": [action]}
            answer = server.call("POST", f"/projects/{project.id}/repository/commits", json=body)
            statuses.append(answer.status_code)

        threads = [threading.Thread(target=work, args=(number,)) for number in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert statuses == [201] * 8
        assert len(project.commits.list(get_all=True)) == 9
        assert len(project.repository_tree(get_all=True)) == 9
