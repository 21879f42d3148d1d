"""The demo's seed: what it holds, that it is planted once, and that an interrupted one leaves nothing behind."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import time
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

import pytest
import requests
from sandbox_server import sandbox_gitlab

from jupyterlab_gitlab.sandbox.server import Running, running

PROJECT = "/projects/analytics%2Fchurn-model"
TITLES = {
    "Check the calibration": "merged",
    "Draft: Say clients, not customers": "opened",
    "Raise the learning rate": "opened",
}


def ask(gitlab: Running, route: str, username: str = "root") -> Any:
    """The decoded answer to a GET."""
    headers = {"PRIVATE-TOKEN": gitlab.token(username)}
    answer = requests.get(f"{gitlab.url}/api/v4{route}", headers=headers, timeout=30)
    answer.raise_for_status()
    return answer.json()


def assert_whole(gitlab: Running) -> None:
    """The project is there once, with all its merge requests, threads and branches."""
    assert [user["username"] for user in gitlab.users] == ["root", "mira", "jonas"]
    assert len(ask(gitlab, "/projects")) == 1
    found = ask(gitlab, f"{PROJECT}/merge_requests", "mira")
    assert {each["title"]: each["state"] for each in found} == TITLES
    review = next(each for each in found if each["title"] == "Raise the learning rate")
    threads = ask(gitlab, f"{PROJECT}/merge_requests/{review['iid']}/discussions", "jonas")
    written = [thread for thread in threads if not thread["notes"][0]["system"]]
    assert [len(thread["notes"]) for thread in written] == [1, 2, 1]
    # the last thing that is planted
    assert ask(gitlab, f"{PROJECT}/repository/branches/feature%2Fauc-metric", "mira")["commit"]["author_name"]


def kill_half_way(data: Path) -> None:
    """Start with the seed and kill the process once the first merge request is there."""
    process = subprocess.Popen(
        [sys.executable, "-m", "jupyterlab_gitlab.sandbox", "--data", str(data), "--seed", "demo"],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    deadline = time.monotonic() + 60
    try:
        while not merge_requests(data):
            assert process.poll() is None and time.monotonic() < deadline
            time.sleep(0.005)
    finally:
        process.kill()
        out, _ = process.communicate(timeout=10)
    assert out == b"", "the seed was complete before the process was killed"


def merge_requests(data: Path) -> int:
    """How many are in the records, of which another process may have made only a part yet."""
    with (
        suppress(sqlite3.OperationalError),
        closing(sqlite3.connect(f"{(data / 'gitlab.sqlite3').as_uri()}?mode=ro", uri=True)) as connection,
    ):
        return int(connection.execute("SELECT COUNT(*) FROM merge_requests").fetchone()[0])
    return 0


def test_the_demo_is_planted_once(tmp_path: Path) -> None:
    with running(tmp_path, seed="demo") as gitlab:
        assert_whole(gitlab)
        begun = ask(gitlab, PROJECT)["created_at"]
    with running(tmp_path, seed="demo") as gitlab:
        assert_whole(gitlab)
        assert ask(gitlab, PROJECT)["created_at"] == begun
    assert not list(tmp_path.glob("before-seed*"))


def test_a_killed_seed_is_planted_again_from_the_start(tmp_path: Path) -> None:
    kill_half_way(tmp_path)
    with running(tmp_path, seed="demo") as gitlab:
        assert_whole(gitlab)


def test_a_killed_seed_takes_nothing_away_that_was_there_before(tmp_path: Path) -> None:
    with sandbox_gitlab(tmp_path) as server:
        ada = server.person("ada")
    kill_half_way(tmp_path)
    with sandbox_gitlab(tmp_path) as again:
        assert again.root.token == server.root.token
        assert again.call("GET", "/user", ada.token).json()["username"] == "ada"
        assert {user["username"] for user in again.call("GET", "/users").json()} == {"root", "ada"}
        assert again.call("GET", "/projects").json() == again.call("GET", "/groups").json() == []
        assert again.project(initialize_with_readme=True).branches.get("main").commit["id"]


def test_a_seed_that_fails_keeps_the_sandbox_from_starting_and_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr("jupyterlab_gitlab.sandbox.seed.history.FILES", tmp_path / "missing")
        with pytest.raises(FileNotFoundError), running(tmp_path / "data", seed="demo"):
            pass
    with running(tmp_path / "data") as gitlab:
        assert ask(gitlab, "/projects") == ask(gitlab, "/groups") == []
