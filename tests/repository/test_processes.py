"""Bounds on time and output, and the end of whole families of processes."""

from __future__ import annotations

import os
import sys
import threading
import time
from pathlib import Path

import pytest

from jupyterlab_gitlab.repository import processes


def run(script: str, *, timeout: float = 30.0, limit: int = 1 << 20, **more: object) -> processes.Finished:
    options = {"stdin": None, "merge": False, "cancel": None} | more
    argv = [sys.executable, "-I", "-S", "-c", script]
    return processes.run(argv, cwd=str(Path.cwd()), env=os.environ, timeout=timeout, limit=limit, **options)  # type: ignore[arg-type]


def gone(pid: int) -> bool:
    """Whether a process has ended (waits a little for the system to notice)."""
    for _ in range(200):
        try:
            os.kill(pid, 0)
            state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
        except (ProcessLookupError, FileNotFoundError):
            return True
        if state == "Z":
            return True
        time.sleep(0.02)
    return False


def test_output_and_exit_code_come_back() -> None:
    done = run("import sys; print('out'); print('err', file=sys.stderr); sys.exit(3)")
    assert (done.returncode, done.stdout, done.stderr, done.ending) == (3, b"out\n", b"err\n", "exit")


def test_merged_output_keeps_the_order() -> None:
    script = "import os; os.write(1, b'one '); os.write(2, b'two '); os.write(1, b'three')"
    assert run(script, merge=True).stdout == b"one two three"


def test_a_large_input_meets_a_large_output() -> None:
    data = os.urandom(4 << 20)
    done = run("import sys, shutil; shutil.copyfileobj(sys.stdin.buffer, sys.stdout.buffer)", stdin=data, limit=8 << 20)
    assert done.stdout == data


def test_an_input_that_nobody_reads_does_no_harm() -> None:
    assert run("pass", stdin=b"x" * (1 << 20)).returncode == 0


def test_too_much_output_ends_the_process() -> None:
    done = run("import sys\nwhile True: sys.stdout.write('x' * 65536)", limit=1 << 20)
    assert done.ending == "output"


def test_too_many_messages_are_cut_and_do_not_block_it() -> None:
    done = run("import sys; sys.stderr.write('x' * (4 << 20)); print('done')")
    assert done.stdout == b"done\n" and 0 < len(done.stderr) <= 1 << 20


CHILD = """
import subprocess, sys, time
child = subprocess.Popen([sys.executable, '-c', 'import signal, time; {ignore} time.sleep(600)'])
print(child.pid, flush=True)
time.sleep(600)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="reads /proc")
@pytest.mark.parametrize("ignore", ["", "signal.signal(signal.SIGTERM, signal.SIG_IGN);"])
def test_a_timeout_ends_the_children_too(ignore: str) -> None:
    before = time.monotonic()
    done = run(CHILD.replace("{ignore}", ignore), timeout=1.5)
    assert done.ending == "timeout"
    assert time.monotonic() - before < 10
    assert gone(int(done.stdout))


@pytest.mark.skipif(sys.platform == "win32", reason="reads /proc")
def test_a_cancellation_ends_it_at_once() -> None:
    cancel = threading.Event()
    threading.Timer(0.5, cancel.set).start()
    before = time.monotonic()
    done = run(CHILD.replace("{ignore}", ""), timeout=60, cancel=cancel)
    assert done.ending == "cancelled"
    assert time.monotonic() - before < 10


@pytest.mark.skipif(sys.platform == "win32", reason="reads /proc")
def test_a_daemon_that_keeps_the_pipe_open_is_not_waited_for() -> None:
    script = (
        "import os, subprocess, sys\n"
        "child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(600)'], start_new_session=True)\n"
        "print(child.pid)"
    )
    before = time.monotonic()
    done = run(script, timeout=60)
    assert done.ending == "exit" and time.monotonic() - before < 20
    os.kill(int(done.stdout), 9)


def test_a_process_has_no_terminal_to_ask_at() -> None:
    assert run("open('/dev/tty')").returncode != 0
