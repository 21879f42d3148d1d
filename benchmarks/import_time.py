"""Milliseconds that the server extension adds to a Jupyter server's start, on top of what Jupyter imports itself.

``python benchmarks/import_time.py [ROUNDS]`` prints one JSON document. Each round runs two fresh interpreters, one
importing ``jupyter_server.serverapp``, one importing the extension after it and timing only that.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys

_MEASURE = """
import time, jupyter_server.serverapp
import sys
before = set(sys.modules)
start = time.perf_counter()
import jupyterlab_gitlab
jupyterlab_gitlab._jupyter_server_extension_points()
print((time.perf_counter() - start) * 1000)
print(",".join(sorted(set(sys.modules) - before)))
"""


def measure(rounds: int = 5) -> dict[str, object]:
    """The median of the added milliseconds, every round, and the modules that were loaded."""
    times: list[float] = []
    modules: list[str] = []
    for _ in range(rounds):
        output = subprocess.run([sys.executable, "-c", _MEASURE], check=True, capture_output=True, text=True).stdout
        first, second = output.splitlines()
        times.append(float(first))
        modules = second.split(",")
    return {
        "added_ms": round(statistics.median(times), 2),
        "rounds_ms": [round(value, 2) for value in times],
        "modules": modules,
    }


if __name__ == "__main__":
    print(json.dumps(measure(int(sys.argv[1]) if len(sys.argv) > 1 else 5), indent=1))
