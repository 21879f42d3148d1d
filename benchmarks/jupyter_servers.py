"""Jupyter servers for a benchmark, each on a folder and without settings of the user's, with every extension that is
installed.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
import urllib.parse
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

START_TIMEOUT = 60  # s
TOKEN = "benchmark"
WITHOUT_US = (
    "--ServerApp.jpserver_extensions={'jupyterlab_gitlab': False}",
    "--LabApp.disabled_extensions={'jupyterlab-gitlab-workflow': True}",
)
"""Options of a JupyterLab that does not load this extension."""


@contextmanager
def jupyter_lab(folder: Path, options: Sequence[str] = (), settings: Mapping[str, Any] | None = None) -> Iterator[str]:
    """The address of a JupyterLab on *folder*; *options* are added to its command.

    *settings* are JupyterLab's, by plugin.
    """
    with tempfile.TemporaryDirectory() as home:
        for plugin, values in (settings or {}).items():
            package, _, name = plugin.partition(":")
            path = Path(home, "jupyter_config_dir", "lab", "user-settings", package, f"{name}.jupyterlab-settings")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(json.dumps(values), encoding="utf-8")
        with _running(Path(home), "jupyterlab", folder, options) as url:
            yield f"{url}lab?token={TOKEN}"


@contextmanager
def jupyter_server(folder: Path) -> Iterator[str]:
    """Host and port of a Jupyter server on *folder* that has no user interface."""
    with (
        tempfile.TemporaryDirectory() as home,
        _running(
            Path(home), "jupyter_server", folder, ["--ServerApp.jpserver_extensions={'jupyterlab_gitlab': True}"]
        ) as url,
    ):
        yield urllib.parse.urlsplit(url).netloc


@contextmanager
def _running(home: Path, module: str, folder: Path, options: Sequence[str]) -> Iterator[str]:
    """The address, with a slash at its end, of a server that lives as long as the block.

    Raises RuntimeError if it does not start.
    """
    names = ("HOME", "JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "IPYTHONDIR")
    runtime = home / "runtime"
    command = [
        *(sys.executable, "-m", module, "--ServerApp.open_browser=False", "--ServerApp.port=0", "--allow-root"),
        f"--ServerApp.root_dir={folder}",
        f"--IdentityProvider.token={TOKEN}",
        *options,
    ]
    process = subprocess.Popen(
        command,
        env={**os.environ, **{name: str(home / name.lower()) for name in names}, "JUPYTER_RUNTIME_DIR": str(runtime)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        deadline = time.monotonic() + START_TIMEOUT
        while not (found := list(runtime.glob("jpserver-*.json"))):
            if process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"{module} did not start")
            time.sleep(0.1)
        yield str(json.loads(found[0].read_text())["url"])
    finally:
        process.terminate()
        try:
            process.wait(30)
        except subprocess.TimeoutExpired:  # busy with what nobody waits for any more
            process.kill()
            process.wait()
