"""How long a Jupyter server takes to answer while it compares notebooks.

``python benchmarks/server_latency.py [ROUNDS]`` starts a server with the extension, asks it for twenty diffs of
150-cell notebooks at once, none of which it has seen before, and meanwhile for ``/api/status`` again and again. Exit
code 1 if that takes longer than the goal allows.
"""

from __future__ import annotations

import http.client
import subprocess
import sys
import tempfile
import time
import urllib.parse
from pathlib import Path

import synthetic
from jupyter_servers import TOKEN, jupyter_server
from measure import Report, machine, median, quantile

from jupyterlab_gitlab.contract.operations import PREFIX

AT_ONCE = 20
CELLS = 150
DELAY = 0.05
"""Seconds by which an answer may be late."""
_HEADERS = {"Authorization": f"token {TOKEN}"}


def repository(folder: Path, notebooks: int) -> list[str]:
    """A clone whose work tree has *notebooks* notebooks that were run again since HEAD; their names."""
    names = [f"n{number}.ipynb" for number in range(notebooks)]
    pairs = [synthetic.rerun(CELLS, seed=2 * number) for number in range(notebooks)]
    for name, (old, _) in zip(names, pairs, strict=True):
        (folder / name).write_bytes(old)
    identity = ["-c", "user.name=Benchmark", "-c", "user.email=benchmark@example.com"]
    for arguments in (["init", "-q"], ["add", "-A"], [*identity, "commit", "-q", "-m", "Start"]):
        subprocess.run(["git", *arguments], cwd=folder, check=True)
    for name, (_, new) in zip(names, pairs, strict=True):
        (folder / name).write_bytes(new)
    return names


# asks for all diffs at once, from a process of its own, so that reading them does not slow down the asking for status
_ASKER = """
import http.client, sys, threading
host, header, *paths = sys.argv[1:]
def ask(path):
    connection = http.client.HTTPConnection(host)
    connection.request("GET", path, headers={"Authorization": header})
    response = connection.getresponse()
    if response.status != 200 or b'"type":"notebook"' not in response.read():
        print("failed", response.status, flush=True)
threads = [threading.Thread(target=ask, args=(path,)) for path in paths]
print("ready", flush=True)
sys.stdin.readline()
for thread in threads: thread.start()
for thread in threads: thread.join()
print("done", flush=True)
"""


class Asker:
    """Twenty requests for diffs that wait for the word."""

    def __init__(self, host: str, folder: str, names: list[str]) -> None:
        query = {"folder": folder, "old": "HEAD", "new": "WORKTREE"}
        paths = [
            f"{PREFIX}/diffs?{urllib.parse.urlencode({**query, 'old_path': name, 'new_path': name})}" for name in names
        ]
        self.process = subprocess.Popen(
            [sys.executable, "-c", _ASKER, host, _HEADERS["Authorization"], *paths],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            bufsize=1,
        )
        self._expect("ready")

    def start(self) -> None:
        """Sends all requests."""
        assert self.process.stdin is not None
        self.process.stdin.write("\n")
        self.process.stdin.flush()

    def _expect(self, word: str) -> None:
        assert self.process.stdout is not None
        line = self.process.stdout.readline().strip()
        if line != word:
            raise RuntimeError(f"a diff was refused: {line}")

    def finish(self) -> None:
        """Checks that all were answered."""
        self._expect("done")
        self.process.communicate()


def status_times(host: str, while_running: subprocess.Popen[str] | None, seconds: float = 2.0) -> list[float]:
    """Seconds that each of many requests for the status takes, one after the other, as long as another process runs
    or for a while."""
    connection = http.client.HTTPConnection(host)
    times, end = [], time.monotonic() + seconds
    while while_running.poll() is None if while_running else time.monotonic() < end:
        begun = time.perf_counter()
        connection.request("GET", "/api/status", headers=_HEADERS)
        response = connection.getresponse()
        response.read()
        times.append(time.perf_counter() - begun)
        if response.status != 200:
            raise RuntimeError(f"/api/status answered {response.status}")
        time.sleep(0.005)
    connection.close()
    return times


def report(into: Report, rounds: int = 3) -> None:
    """Prints the times with and without diffs."""
    with tempfile.TemporaryDirectory() as root:
        folder = Path(root) / "project"
        folder.mkdir()
        names = repository(folder, AT_ONCE * rounds + 1)
        with jupyter_server(Path(root)) as host:
            warm = Asker(host, "project", names[-1:])
            warm.start()
            warm.finish()
            idle = status_times(host, None)
            busy: list[float] = []
            spent = []
            for number in range(rounds):
                asker = Asker(host, "project", names[AT_ONCE * number : AT_ONCE * (number + 1)])
                begun = time.perf_counter()
                asker.start()
                busy += status_times(host, asker.process)
                spent.append(time.perf_counter() - begun)
                asker.finish()
    into.section(f"GET /api/status while {AT_ONCE} diffs of {CELLS}-cell notebooks are asked for at once")
    into.figure("all diffs answered within", f"{median(spent) * 1e3:.0f} ms")
    into.figure(f"status, idle ({len(idle)} requests): median", f"{median(idle) * 1e3:.1f} ms")
    into.figure("status, idle: 95th percentile", f"{quantile(idle, 0.95) * 1e3:.1f} ms")
    into.figure(f"status, busy ({len(busy)} requests): median", f"{median(busy) * 1e3:.1f} ms")
    into.figure("status, busy: 95th percentile", f"{quantile(busy, 0.95) * 1e3:.1f} ms")
    into.figure("status, busy: the slowest", f"{max(busy) * 1e3:.0f} ms")
    delay = quantile(busy, 0.95) - quantile(idle, 0.95)
    into.figure("delay (95th percentiles)", f"{delay * 1e3:.1f} ms", f"<= {DELAY * 1e3:.0f} ms", reached=delay <= DELAY)


def main() -> int:
    print(machine())
    into = Report()
    report(into, int(sys.argv[1]) if len(sys.argv) > 1 else 3)
    return into.close()


if __name__ == "__main__":
    sys.exit(main())
