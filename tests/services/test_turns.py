from __future__ import annotations

import sys
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from jupyterlab_gitlab.contract.errors import ErrorCode, GitLabWorkflowError
from jupyterlab_gitlab.services.turns import Turns


def test_one_computes_at_a_time() -> None:
    turns, inside, most = Turns(), 0, 0

    def work(_: int) -> None:
        nonlocal inside, most
        with turns.turn():
            inside += 1
            most = max(most, inside)
            threading.Event().wait(0.001)
            inside -= 1

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(work, range(40)))
    assert most == 1


def test_who_has_gone_away_no_longer_waits() -> None:
    turns, cancel = Turns(), threading.Event()

    def wait() -> None:
        with turns.turn(cancel):
            raise AssertionError("got the turn")

    with ThreadPoolExecutor(1) as pool, turns.turn():
        waiting = pool.submit(wait)
        cancel.set()
        with pytest.raises(GitLabWorkflowError) as caught:
            waiting.result(10)
    assert caught.value.code is ErrorCode.CANCELLED


def test_a_turn_that_failed_is_over() -> None:
    turns = Turns()
    with pytest.raises(ValueError, match="x"), turns.turn():
        raise ValueError("x")
    with turns.turn():
        pass


def test_threads_change_more_often_during_a_turn_and_as_before_after_it() -> None:
    turns, usual = Turns(), sys.getswitchinterval()
    with pytest.raises(ValueError, match="broken"), turns.turn():
        assert sys.getswitchinterval() < usual
        raise ValueError("broken")
    assert sys.getswitchinterval() == usual
