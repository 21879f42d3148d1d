"""A JupyterLab of its own for a benchmark, on a folder, with every extension that is installed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

START_TIMEOUT = 60  # s


@contextmanager
def jupyter_lab(folder: Path, options: Sequence[str] = ()) -> Iterator[str]:
    """The address of a JupyterLab on *folder*, without settings of the user's; *options* are added to its command."""
    with tempfile.TemporaryDirectory() as home:
        places = {name: f"{home}/{name.lower()}" for name in ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "IPYTHONDIR")}
        runtime = Path(home) / "runtime"
        command = [
            *(sys.executable, "-m", "jupyterlab", "--no-browser", "--ServerApp.port=0", "--allow-root"),
            f"--ServerApp.root_dir={folder}",
            "--IdentityProvider.token=benchmark",
            *options,
        ]
        process = subprocess.Popen(
            command,
            env={**os.environ, **places, "JUPYTER_RUNTIME_DIR": str(runtime)},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            deadline = time.monotonic() + START_TIMEOUT
            while not (found := list(runtime.glob("jpserver-*.json"))):
                if process.poll() is not None or time.monotonic() > deadline:
                    raise RuntimeError("JupyterLab did not start")
                time.sleep(0.1)
            yield f"{json.loads(found[0].read_text())['url']}lab?token=benchmark"
        finally:
            process.terminate()
            process.wait(30)
