"""A JupyterLab of its own for a benchmark, on a folder, with every extension that is installed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

START_TIMEOUT = 60  # s


@contextmanager
def jupyter_lab(folder: Path, options: Sequence[str] = (), settings: Mapping[str, Any] | None = None) -> Iterator[str]:
    """The address of a JupyterLab on *folder*, without settings of the user's; *options* are added to its command.

    *settings* are JupyterLab's, by plugin.
    """
    with tempfile.TemporaryDirectory() as home:
        for plugin, values in (settings or {}).items():
            package, _, name = plugin.partition(":")
            path = Path(home, "jupyter_config_dir", "lab", "user-settings", package, f"{name}.jupyterlab-settings")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(json.dumps(values), encoding="utf-8")
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
            try:
                process.wait(30)
            except subprocess.TimeoutExpired:  # busy with what nobody waits for any more
                process.kill()
                process.wait()
